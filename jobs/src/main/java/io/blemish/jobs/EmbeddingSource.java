package io.blemish.jobs;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.trim;

import io.blemish.checkpoint.Precision;
import io.blemish.clip.Clip;
import io.blemish.error.UserException;
import io.blemish.image.DecodeMode;
import io.blemish.image.Orientation;
import io.blemish.jobs.ingest.FilePaths;
import io.blemish.tables.FilesTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.Warehouse;
import io.blemish.train.CaptionedImage;
import io.blemish.udfs.FloatColumn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Where embeddings and captions for the training of a mapper come from: a warehouse whose photographs were inspected. */
final class EmbeddingSource {
    private static final String IMAGE_ID = "image_id";
    private static final String IMAGE = "image";
    private static final String CAPTION = "caption";
    private static final String CAPTIONS = "captions";

    private EmbeddingSource() {}

    /**
     * The {@code encoder_id} whose embeddings are taken: the newest of those that the checkpoint has in any precision, however photographs
     * are decoded.
     *
     * @throws UserException if the warehouse has none of this checkpoint
     */
    static String encoderId(Warehouse warehouse, Clip clip) {
        warehouse.require("Run blemish inspect first", InspectionsTable.DEFINITION);
        Set<String> identities = new HashSet<>();
        for (Precision precision : Precision.values()) {
            for (Orientation orientation : Orientation.values()) {
                for (DecodeMode mode : DecodeMode.values()) {
                    identities.add(clip.fingerprint(precision, orientation, mode));
                }
            }
        }
        return embedded(warehouse)
                .where(col("encoder_id").isInCollection(identities))
                .groupBy("encoder_id")
                .agg(max("inspected_at").as("newest"))
                .orderBy(col("newest").desc())
                .limit(1)
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .findFirst()
                .orElseThrow(() -> UserException.cannot(
                        "train on the embeddings of " + warehouse,
                        "it has none of this CLIP",
                        "Run blemish inspect with this checkpoint first, or name the one that was used with --clip"));
    }

    /**
     * The images taken within the window that have an embedding and captions: {@code image_id, embedding, captions}. Of several inspections
     * of an image the newest counts.
     */
    static Dataset<Row> captioned(Warehouse warehouse, String encoderId, CaptionChoice choice, TimeWindow window) {
        Column newest = col("inspected_at");
        Dataset<Row> images = window.of(embedded(warehouse), "captured_at")
                .where(col("encoder_id").equalTo(encoderId))
                .groupBy(IMAGE_ID)
                .agg(
                        max_by(col("embedding"), newest).as("embedding"),
                        max_by(col("summary"), newest).as("summary"));
        return switch (choice.kind()) {
            case SUMMARIES ->
                images.where(col("summary").isNotNull())
                        .select(
                                col(IMAGE_ID),
                                col("embedding"),
                                array(col("summary")).as(CAPTIONS));
            case TRUTHS -> joined(images, CaptionSource.captions(warehouse).withColumnRenamed("value", CAPTION));
            case FILE -> joined(images, file(warehouse, choice.file().orElseThrow()));
        };
    }

    /** The rows of {@link #captioned} on the driver. */
    static List<CaptionedImage> collect(Dataset<Row> rows) {
        List<CaptionedImage> images = new ArrayList<>();
        for (Row row : rows.collectAsList()) {
            float[] embedding = FloatColumn.of(row.<Float>getList(row.fieldIndex("embedding")));
            images.add(new CaptionedImage(row.getAs(IMAGE_ID), embedding, row.getList(row.fieldIndex(CAPTIONS))));
        }
        return images;
    }

    private static Dataset<Row> embedded(Warehouse warehouse) {
        return warehouse
                .read(InspectionsTable.DEFINITION)
                .where(col("status")
                        .equalTo(InspectionsTable.OK)
                        .and(col("embedding").isNotNull()));
    }

    private static Dataset<Row> joined(Dataset<Row> images, Dataset<Row> captions) {
        Dataset<Row> together = captions.where(trim(col(CAPTION)).notEqual(""))
                .groupBy(IMAGE_ID)
                .agg(sort_array(collect_set(trim(col(CAPTION)))).as(CAPTIONS));
        return images.join(together, IMAGE_ID).select(IMAGE_ID, "embedding", CAPTIONS);
    }

    /** The captions of a file, each with the image that its column {@code image} names: by identifier, or by file. */
    private static Dataset<Row> file(Warehouse warehouse, Path file) {
        Dataset<Row> rows = CaptionSource.list(warehouse.spark(), file, cause -> refused(file, cause));
        String folder = FilePaths.uri(
                new org.apache.hadoop.fs.Path(file.toAbsolutePath().getParent().toUri()));
        Dataset<Row> files = warehouse
                .read(FilesTable.DEFINITION)
                .where(col("status").equalTo(FilesTable.OK))
                .groupBy("uri")
                .agg(max_by(col(IMAGE_ID), struct(col("modified_at"), col("ingested_at"), col(IMAGE_ID)))
                        .as("found_id"));
        Column uri = concat(lit(folder.endsWith("/") ? folder : folder + "/"), col(IMAGE));
        return rows.select(IMAGE, CAPTION)
                .where(col(CAPTION).isNotNull())
                .join(files, col("uri").equalTo(uri), "left_outer")
                .select(coalesce(col("found_id"), col(IMAGE)).as(IMAGE_ID), col(CAPTION));
    }

    private static UserException refused(Path file, String cause) {
        return UserException.cannot(
                "read the captions of " + file,
                cause,
                "Give a CSV file with a header and the columns image, a file beside it or an image_id, and caption");
    }
}
