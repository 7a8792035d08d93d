package io.blemish.jobs;

import io.blemish.checkpoint.Precision;
import io.blemish.image.CropRounding;
import io.blemish.image.DecodeMode;
import io.blemish.image.Orientation;
import io.blemish.jobs.inspect.EncoderCard;
import io.blemish.jobs.inspect.Registers;
import io.blemish.knowledge.KnowledgeBase;
import io.blemish.tables.BundlesTable;
import io.blemish.tables.FilesTable;
import io.blemish.tables.ImagesTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.KnowledgeBasesTable;
import io.blemish.tables.TableDefinition;
import io.blemish.tables.TruthsTable;
import io.blemish.tables.Warehouse;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A warehouse with inspections that no model made: photographs of 64 × 48 pixels, of which a model of side 48 has seen
 * the middle, and whatever a test says that it found there.
 */
final class EvaluateFixture {
    static final String ENCODER = "e".repeat(64);

    private final SparkSession spark;
    private final Path folder;
    private final Warehouse warehouse;
    private final KnowledgeBase base = KnowledgeBase.read(InspectFixture.resource("oranges.yaml"));
    private final StringBuilder truths = new StringBuilder("image,kind,value,mask_uri\n");

    EvaluateFixture(SparkSession spark, Path folder) {
        this.spark = spark;
        this.folder = folder;
        this.warehouse = Warehouse.at(spark, folder.resolve("warehouse").toString());
        warehouse.create(
                FilesTable.DEFINITION,
                ImagesTable.DEFINITION,
                InspectionsTable.DEFINITION,
                BundlesTable.DEFINITION,
                KnowledgeBasesTable.DEFINITION,
                TruthsTable.DEFINITION);
        new Registers(warehouse, "inspect").record(base);
        encoder(ENCODER, "tiny-clip");
    }

    /** Writes an encoder down. */
    EvaluateFixture encoder(String id, String name) {
        EncoderCard card =
                new EncoderCard(Precision.FP32, 48, CropRounding.TORCHVISION, Orientation.APPLY, DecodeMode.EXACT);
        new Registers(warehouse, "inspect").recordEncoder(id, name, card.toJson());
        return this;
    }

    Warehouse warehouse() {
        return warehouse;
    }

    /** The image_id of a number. */
    static String id(int image) {
        return "%064x".formatted(image);
    }

    /** One description of an inspection's top, and its heat map, if it has one. */
    record Seen(String description, double probability, float... grid) {}

    /** The columns of an inspection that the test is about; best description first. */
    Row inspected(int image, String defect, double margin, Seen... top) {
        return inspected(image, ENCODER, defect, margin, top);
    }

    Row inspected(int image, String encoder, String defect, double margin, Seen... top) {
        List<Row> listed = new ArrayList<>();
        List<Row> maps = new ArrayList<>();
        for (Seen seen : top) {
            boolean isDefect = !seen.description().equals("fresh");
            listed.add(RowFactory.create(seen.description(), isDefect, seen.probability(), 0.2, null));
            if (seen.grid().length > 0) {
                maps.add(RowFactory.create(seen.description(), "relevance", seen.grid()));
            }
        }
        Map<String, Object> values = new HashMap<>(Map.of(
                "status",
                "ok",
                "defective",
                defect != null,
                "margin",
                margin,
                "top",
                listed.toArray(),
                "maps",
                maps.toArray(),
                "map_rows",
                2,
                "map_cols",
                2,
                "region",
                RowFactory.create(8.0, 0.0, 48.0, 48.0)));
        values.put("defect", defect);
        return inspection(image, encoder, values);
    }

    /** An inspection that a captioner has captioned. */
    Row captioned(int image, String captioner, String caption, String summary, float... embedding) {
        return inspection(
                image,
                ENCODER,
                Map.of(
                        "status",
                        "ok",
                        "captioner_id",
                        captioner,
                        "caption",
                        caption,
                        "summary",
                        summary,
                        "defective",
                        true,
                        "defect",
                        "mould",
                        "margin",
                        1.0,
                        "top",
                        new Row[] {RowFactory.create("mould", true, 0.8, 0.2, null)},
                        "embedding",
                        embedding));
    }

    Row failed(int image) {
        return inspection(image, ENCODER, Map.of("status", "failed", "error", "corrupt: half of it is missing"));
    }

    private Row inspection(int image, String encoder, Map<String, Object> found) {
        Map<String, Object> values = new HashMap<>(found);
        values.put("image_id", id(image));
        values.put("uri", "file:/photographs/" + image + ".png");
        values.put("encoder_id", encoder);
        values.putIfAbsent("captioner_id", "none");
        values.put("kb_id", base.id());
        values.put("run_id", "inspect");
        values.put("part", 1L);
        values.put("inspected_at", Instant.parse("2025-03-01T08:00:00Z"));
        return row(InspectionsTable.DEFINITION, values);
    }

    static Row row(TableDefinition table, Map<String, Object> values) {
        StructType schema = table.schema();
        Object[] row = new Object[schema.size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = values.get(schema.apply(i).name());
        }
        return RowFactory.create(row);
    }

    /** Writes inspections, and the images that they are of. */
    EvaluateFixture write(Row... inspections) {
        List<Row> images = new ArrayList<>();
        for (Row inspection : distinctImages(inspections)) {
            images.add(ImageRows.row(inspection.getString(0), 1, new byte[0]));
        }
        append(ImagesTable.DEFINITION, images);
        append(InspectionsTable.DEFINITION, List.of(inspections));
        return this;
    }

    private static List<Row> distinctImages(Row... inspections) {
        Map<String, Row> images = new LinkedHashMap<>();
        for (Row inspection : inspections) {
            images.putIfAbsent(inspection.getString(0), inspection);
        }
        return List.copyOf(images.values());
    }

    private void append(TableDefinition table, List<Row> rows) {
        warehouse.append(table, spark.createDataFrame(rows, table.schema()).coalesce(1), "inspect");
    }

    EvaluateFixture label(int image, String value) {
        truths.append(id(image)).append(",label,").append(value).append(",\n");
        return this;
    }

    EvaluateFixture caption(int image, String value) {
        truths.append(id(image)).append(",caption,").append(value).append(",\n");
        return this;
    }

    /** A mask of a rectangle in pixels of the photograph; none when it is empty. */
    EvaluateFixture mask(int image, String value, int x, int y, int width, int height) {
        String name = "mask-" + image + "-" + value + ".png";
        BufferedImage picture = new BufferedImage(64, 48, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(x, y, width, height);
        graphics.dispose();
        try {
            ImageIO.write(picture, "png", folder.resolve(name).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        truths.append(id(image))
                .append(",mask,")
                .append(value)
                .append(',')
                .append(name)
                .append('\n');
        return this;
    }

    /** Imports what was said so far. */
    EvaluateFixture importTruths() throws Exception {
        Path list = Files.writeString(folder.resolve("truths.csv"), truths.toString());
        JobContext context = new InspectFixture(spark, folder.resolve("unused")).context();
        JobRun.execute(context, warehouse, "truth import", "Importing", run -> {
            TruthImportOptions options = TruthImportOptions.of(
                    context.configuration(), Optional.of(list.toString()), Optional.empty(), Optional.empty());
            return new TruthImport(warehouse, options, run).run().summary("L", "W");
        });
        return this;
    }
}
