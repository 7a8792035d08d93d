package io.blemish.jobs;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.blemish.knowledge.KnowledgeBase;
import io.blemish.lm.Decoding;
import io.blemish.tables.ImagesTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Base of the tests of relabelling: inspected warehouses, whose photographs are gone, and runs of {@code relabel} on copies of them. */
abstract class RelabelTest extends CommandLineTest {
    private static final Decoding DECODING = Decoding.greedy().withTokens(3, 8);
    static final Path CLIP = InspectFixture.resource("config.json").getParent();
    static final Path ORANGES = InspectFixture.resource("oranges.yaml");

    @TempDir
    private static Path shared;

    static Path inspected;
    static Path captioned;
    static Path mapper;

    /** Seven photographs, one of them damaged, inspected and, in a second warehouse, captioned; then the photographs go. */
    @BeforeAll
    static void inspect() throws Exception {
        mapper = RandomMapper.forTinyClip(shared, DECODING);
        inspected = Files.createDirectory(shared.resolve("inspected"));
        withoutPhotographs(photographs(inspected));
        captioned = Files.createDirectory(shared.resolve("captioned"));
        withoutPhotographs(photographs(captioned).captions(mapper, RandomMapper.LANGUAGE_MODEL));
    }

    private static InspectFixture photographs(Path warehouse) {
        byte[] damaged = Arrays.copyOf(ImageRows.png(7, 60, 60), 300);
        return new InspectFixture(spark, warehouse)
                .part(1, 4)
                .rows(List.of(ImageRows.row(2, damaged), taken(2, 21, "2025-03-02T00:00:00Z")))
                .rows(List.of(taken(3, 31, "2025-03-03T10:00:00Z")));
    }

    private static Row taken(long part, long seed, String at) {
        Row row = ImageRows.row(part, ImageRows.png(seed, 70, 60));
        Object[] values = new Object[row.length()];
        Arrays.setAll(values, row::get);
        values[ImagesTable.DEFINITION.schema().fieldIndex("captured_at")] = Instant.parse(at);
        return RowFactory.create(values);
    }

    private static void withoutPhotographs(InspectFixture fixture) throws Exception {
        fixture.inspect();
        delete(Path.of(fixture.warehouse().path(ImagesTable.DEFINITION).replace("file:", "")));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }

    /** A copy of the inspected warehouse that a test may write to. */
    Warehouse copy(Path warehouse) throws IOException {
        return copy(warehouse, "warehouse");
    }

    Warehouse copy(Path warehouse, String name) throws IOException {
        Path copy = folder.resolve(name);
        copy(warehouse, copy);
        return Warehouse.at(spark, copy.toString());
    }

    Path knowledge(String name, String... replaced) throws IOException {
        String yaml = Files.readString(ORANGES).replace("name: oranges", "name: " + name);
        for (int i = 0; i < replaced.length; i += 2) {
            assertThat(yaml).contains(replaced[i]);
            yaml = yaml.replace(replaced[i], replaced[i + 1]);
        }
        return Files.writeString(folder.resolve(name + ".yaml"), yaml);
    }

    record Request(
            Path knowledge,
            Map<String, String> settings,
            TimeWindow window,
            Optional<String> against,
            boolean captions,
            InspectOptions.Redo redo) {
        static Request with(Path knowledge) {
            return new Request(
                    knowledge, Map.of(), TimeWindow.always(), Optional.empty(), false, InspectOptions.Redo.NOTHING);
        }

        Request set(String key, String value) {
            Map<String, String> more = new HashMap<>(settings);
            more.put(key, value);
            return new Request(knowledge, more, window, against, captions, redo);
        }

        Request window(String since, String until) {
            TimeWindow chosen = TimeWindow.of(Optional.ofNullable(since), Optional.ofNullable(until));
            return new Request(knowledge, settings, chosen, against, captions, redo);
        }

        Request captionsAnew() {
            return new Request(knowledge, settings, window, against, true, redo);
        }

        Request against(String base) {
            return new Request(knowledge, settings, window, Optional.of(base), captions, redo);
        }

        Request redone() {
            return new Request(knowledge, settings, window, against, captions, InspectOptions.Redo.EVERYTHING);
        }

        InspectFixture fixture(Warehouse warehouse) {
            InspectFixture fixture = new InspectFixture(spark, Path.of(warehouse.toString()));
            settings.forEach(fixture::set);
            return fixture;
        }
    }

    static RelabelResult relabel(Warehouse warehouse, Request request) throws Exception {
        JobContext context = request.fixture(warehouse).context();
        List<RelabelResult> results = new ArrayList<>();
        JobRun.execute(context, warehouse, "relabel", "Relabelling", run -> {
            InspectOptions inspection = InspectOptions.of(
                    spark,
                    context.configuration(),
                    CLIP,
                    request.knowledge,
                    request.captions
                            ? CaptionOptions.of(context.configuration(), mapper, RandomMapper.LANGUAGE_MODEL)
                            : Optional.empty(),
                    request.redo,
                    Claim.TakeOver.ALWAYS);
            RelabelOptions options =
                    RelabelOptions.of(context.configuration(), inspection, request.window, request.against);
            RelabelResult result = new Relabel(warehouse, options).run(run, owner -> true);
            result.report(run);
            results.add(result);
            return result.summary("W");
        });
        return results.get(0);
    }

    static Dataset<Row> rows(Warehouse warehouse, Path knowledge) {
        return warehouse
                .read(InspectionsTable.DEFINITION)
                .where(col("kb_id").equalTo(KnowledgeBase.read(knowledge).id()));
    }

    /** By image; every image has one row. */
    static Map<String, Row> byImage(Warehouse warehouse, Path knowledge) {
        Map<String, Row> byImage = new TreeMap<>();
        for (Row row : rows(warehouse, knowledge).collectAsList()) {
            assertThat(byImage.put(row.getAs("image_id"), row))
                    .as("a second row")
                    .isNull();
        }
        return byImage;
    }

    static Map<String, String> json(Warehouse warehouse, Path knowledge) {
        Map<String, String> json = new TreeMap<>();
        for (Row row : rows(warehouse, knowledge).drop("run_id", "inspected_at").collectAsList()) {
            json.put(row.getAs("image_id"), row.json());
        }
        return json;
    }

    /** The command that relabels with a knowledge base, and more arguments. */
    static String[] command(Warehouse warehouse, Path knowledge, String... more) {
        List<String> command = new ArrayList<>(List.of(
                "relabel",
                "--warehouse",
                warehouse.toString(),
                "--clip",
                CLIP.toString(),
                "--knowledge",
                knowledge.toString(),
                "--quiet"));
        command.addAll(List.of(more));
        return command.toArray(new String[0]);
    }
}
