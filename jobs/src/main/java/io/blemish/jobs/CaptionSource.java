package io.blemish.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.sort_array;

import io.blemish.error.UserException;
import io.blemish.jobs.ingest.FilePaths;
import io.blemish.tables.ImagesTable;
import io.blemish.tables.TruthsTable;
import io.blemish.tables.Warehouse;
import io.blemish.train.TrainingPair;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Where pictures and what is said of them come from: a list in a file, or the captions in a warehouse. */
final class CaptionSource {
    private static final String IMAGE = "image";
    private static final String CAPTION = "caption";
    private static final List<String> PART = List.of("left", "top", "width", "height");

    private CaptionSource() {}

    /**
     * The rows of a CSV file that has at least the columns {@code image} and {@code caption}.
     *
     * @param refused makes an error of what is wrong with the file
     */
    static Dataset<Row> list(SparkSession spark, Path file, Function<String, UserException> refused) {
        if (!Files.isRegularFile(file)) {
            throw refused.apply("there is no such file");
        }

        Dataset<Row> rows = spark.read()
                .option("header", true)
                .option("multiLine", true)
                .option("escape", "\"")
                .option("mode", "FAILFAST")
                .csv(file.toUri().toString());
        if (!Arrays.asList(rows.columns()).containsAll(List.of(IMAGE, CAPTION))) {
            throw refused.apply("its columns are " + String.join(", ", rows.columns()));
        }
        return rows;
    }

    /**
     * The pairs of a CSV file with the columns {@code image}, a file relative to the list, and {@code caption}; several
     * rows of one image are several captions of it. With the columns {@code left, top, width, height}, whole numbers, a
     * row speaks of that rectangle of its image; where they are empty, of the whole.
     */
    static List<TrainingPair> manifest(SparkSession spark, Path file) {
        Dataset<Row> rows = list(spark, file, cause -> refused(file, cause));
        boolean parts = Arrays.asList(rows.columns()).containsAll(PART);
        Map<Spoken, List<String>> captions = new LinkedHashMap<>();
        for (Row row : rows.collectAsList()) {
            String image = row.getAs(IMAGE);
            String caption = row.getAs(CAPTION);
            if (image == null || caption == null || caption.isBlank()) {
                throw refused(file, "a row of it lacks the image or the caption");
            }
            Spoken spoken = new Spoken(image, parts ? part(row, file) : Optional.empty());
            captions.computeIfAbsent(spoken, unknown -> new ArrayList<>()).add(caption.strip());
        }
        Path folder = file.toAbsolutePath().getParent();
        return captions.entrySet().stream()
                .map(entry -> new TrainingPair(
                        entry.getKey().image(),
                        () -> Files.readAllBytes(folder.resolve(entry.getKey().image())),
                        entry.getKey().part(),
                        entry.getValue()))
                .toList();
    }

    /** What captions speak of. */
    private record Spoken(String image, Optional<TrainingPair.Part> part) {}

    private static Optional<TrainingPair.Part> part(Row row, Path file) {
        List<String> cells = PART.stream().map(row::<String>getAs).toList();
        if (cells.stream().allMatch(cell -> cell == null)) {
            return Optional.empty();
        }
        try {
            int[] numbers = cells.stream().mapToInt(Integer::parseInt).toArray();
            return Optional.of(new TrainingPair.Part(numbers[0], numbers[1], numbers[2], numbers[3]));
        } catch (NumberFormatException e) {
            throw refused(file, "a row of it has the rectangle " + cells);
        }
    }

    /**
     * The pictures of a warehouse that were taken within the window and have captions in {@code truths}, each with those
     * that its sources stated last.
     */
    static Dataset<Row> warehouse(Warehouse warehouse, TimeWindow window) {
        warehouse.require("Run blemish ingest first", ImagesTable.DEFINITION);
        Dataset<Row> captions = captions(warehouse)
                .groupBy("image_id")
                .agg(sort_array(collect_set("value")).as("captions"));
        return window.of(warehouse.read(ImagesTable.DEFINITION), "captured_at")
                .join(captions, "image_id")
                .select("image_id", "uri", "content", "captions");
    }

    /** The captions of a warehouse, those that each source stated last of an image: {@code image_id, value}. */
    static Dataset<Row> captions(Warehouse warehouse) {
        warehouse.require("Import captions with blemish truth import first", TruthsTable.DEFINITION);
        return TruthsTable.current(warehouse.read(TruthsTable.DEFINITION))
                .where(col("kind").equalTo(TruthsTable.CAPTION).and(col("value").isNotNull()))
                .select("image_id", "value");
    }

    /** The rows of {@link #warehouse} one after the other. */
    static Iterator<TrainingPair> pairs(Dataset<Row> rows, Configuration hadoop) {
        Iterator<Row> iterator = rows.toLocalIterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return iterator.hasNext();
            }

            @Override
            public TrainingPair next() {
                Row row = iterator.next();
                byte[] content = row.getAs("content");
                String uri = row.getAs("uri");
                return new TrainingPair(
                        uri,
                        () -> content == null ? read(uri, hadoop) : content,
                        row.getList(row.fieldIndex("captions")));
            }
        };
    }

    private static byte[] read(String uri, Configuration hadoop) throws IOException {
        org.apache.hadoop.fs.Path path = FilePaths.path(uri);
        try (InputStream in = path.getFileSystem(hadoop).open(path)) {
            return in.readAllBytes();
        }
    }

    private static UserException refused(Path file, String cause) {
        return UserException.cannot(
                "read the manifest " + file, cause, "Give a CSV file with a header and the columns image and caption");
    }
}
