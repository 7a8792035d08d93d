package io.blemish.jobs;

import io.blemish.tables.BundlesTable;
import io.blemish.tables.DefectTrendsTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.KnowledgeBasesTable;
import io.blemish.tables.TableDefinition;
import io.blemish.tables.TableRows;
import io.blemish.tables.Warehouse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A warehouse with inspections that nobody made: so many a day, of which some have a defect. */
final class TrendsFixture {
    static final LocalDate FIRST = LocalDate.of(2026, 3, 1);

    private final Warehouse warehouse;
    private final List<Row> rows = new ArrayList<>();
    private String encoder = "e1";
    private String captioner = InspectionsTable.NO_CAPTIONER;
    private String base = "k1";
    private int images;

    TrendsFixture(SparkSession spark, Path folder) {
        this.warehouse = Warehouse.at(spark, folder.toString());
        warehouse.create(InspectionsTable.DEFINITION, BundlesTable.DEFINITION, KnowledgeBasesTable.DEFINITION);
        of("e1", "none", "k1");
    }

    Warehouse warehouse() {
        return warehouse;
    }

    /** What is inspected from now on has been inspected with these, whose names are clip-e1, mapper-c1, base-k1 and so on. */
    TrendsFixture of(String encoder, String captioner, String base) {
        this.encoder = encoder;
        this.captioner = captioner;
        this.base = base;
        bundle(encoder, "clip-" + encoder);
        bundle(captioner, "mapper-" + captioner);
        append(
                KnowledgeBasesTable.DEFINITION,
                TableRows.row(
                        KnowledgeBasesTable.DEFINITION,
                        Map.of("kb_id", base, "name", "base-" + base, "first_used_at", Instant.EPOCH, "run_id", "r")));
        return this;
    }

    private void bundle(String id, String name) {
        append(
                BundlesTable.DEFINITION,
                TableRows.row(
                        BundlesTable.DEFINITION,
                        Map.of(
                                "bundle_id",
                                id,
                                "kind",
                                "encoder",
                                "name",
                                name,
                                "first_used_at",
                                Instant.EPOCH,
                                "run_id",
                                "r")));
    }

    /** A day at a site's line: so many images, the first of which have mould, the next are left to review. */
    TrendsFixture day(int day, String site, String line, int inspected, int mould, int review) {
        for (int i = 0; i < inspected + review; i++) {
            boolean abstained = i >= mould && i < mould + review;
            Map<String, Object> values = TableRows.with(
                    image(FIRST.plusDays(day).atTime(12, 0).toInstant(ZoneOffset.UTC)),
                    Map.of(
                            "site",
                            site,
                            "line",
                            line,
                            "defective",
                            i < mould || abstained,
                            "verdict",
                            abstained ? "review" : "accept"));
            if (i < mould || abstained) {
                values.put("defect", "mould");
            }
            rows.add(TableRows.row(InspectionsTable.DEFINITION, values));
        }
        return this;
    }

    /** One more image, sound, that was taken at the moment, or nobody knows when. */
    TrendsFixture image(String site, Instant capturedAt) {
        Map<String, Object> values = image(capturedAt);
        values.put("site", site);
        rows.add(TableRows.row(InspectionsTable.DEFINITION, values));
        return this;
    }

    private Map<String, Object> image(Instant capturedAt) {
        Map<String, Object> values = TableRows.with(
                Map.of(),
                Map.of(
                        "image_id",
                        "image " + images++,
                        "uri",
                        "file:///i.jpg",
                        "product",
                        "orange",
                        "encoder_id",
                        encoder,
                        "captioner_id",
                        captioner,
                        "kb_id",
                        base,
                        "run_id",
                        "r",
                        "part",
                        1L,
                        "status",
                        "ok",
                        "inspected_at",
                        Instant.EPOCH.plusSeconds(images)));
        values.put("defective", false);
        values.put("captured_at", capturedAt);
        return values;
    }

    /** Appends what was inspected. */
    TrendsFixture inspect() {
        append(InspectionsTable.DEFINITION, rows.toArray(new Row[0]));
        rows.clear();
        return this;
    }

    private void append(TableDefinition table, Row... added) {
        warehouse.append(
                table,
                warehouse
                        .spark()
                        .createDataFrame(List.of(added), table.schema())
                        .coalesce(1),
                "run");
    }

    /** The rows of the table of trends. */
    Dataset<Row> trends() {
        return warehouse.read(DefectTrendsTable.DEFINITION);
    }

    /** The one row of a grain with its places, a day and a defect; null where there is none. */
    Row trend(String grain, int day, String site, String line, String defect) {
        return trends()
                .where("grain = '" + grain + "' AND day = DATE'" + FIRST.plusDays(day) + "' AND site = '" + site
                        + "' AND line = '" + line + "' AND defect = '" + defect + "'")
                .takeAsList(1)
                .stream()
                .findFirst()
                .orElse(null);
    }
}
