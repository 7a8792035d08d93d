package io.blemish.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.blemish.jobs.SparkTest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the views show of rows that a test writes. */
class TestViews extends SparkTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path folder;

    private SparkSession own;
    private Warehouse warehouse;

    @BeforeEach
    void open() {
        own = spark.newSession();
        warehouse = Warehouse.at(own, folder.toString());
    }

    private void inspected(String encoder, String captioner, String base, int minute) {
        inspection(Map.of(
                "image_id",
                encoder + captioner + base + minute,
                "encoder_id",
                encoder,
                "captioner_id",
                captioner,
                "kb_id",
                base,
                "inspected_at",
                NOON.plusSeconds(60L * minute)));
    }

    private void inspection(Map<String, Object> values) {
        append(
                InspectionsTable.DEFINITION,
                TableRows.row(
                        InspectionsTable.DEFINITION,
                        TableRows.with(
                                Map.of(
                                        "image_id", "i",
                                        "uri", "file:///i.jpg",
                                        "encoder_id", "e",
                                        "captioner_id", "none",
                                        "kb_id", "k",
                                        "run_id", "r",
                                        "part", 1L,
                                        "status", "ok",
                                        "inspected_at", NOON,
                                        "defective", false),
                                values)));
    }

    private void promoted(String encoder, String captioner, String base, int minute) {
        append(
                ReleasesTable.DEFINITION,
                TableRows.row(
                        ReleasesTable.DEFINITION,
                        Map.of(
                                "promoted_at",
                                NOON.plusSeconds(60L * minute),
                                "encoder_id",
                                encoder,
                                "captioner_id",
                                captioner,
                                "kb_id",
                                base,
                                "author",
                                "Ada",
                                "run_id",
                                "r")));
    }

    private void append(TableDefinition table, Row... rows) {
        warehouse.create(table);
        warehouse.append(table, own.createDataFrame(List.of(rows), table.schema()), "run");
    }

    private List<String> texts(String select) {
        Views.register(warehouse);
        List<String> texts = new ArrayList<>();
        for (Row row : own.sql(select).collectAsList()) {
            texts.add(row.mkString(" "));
        }
        return texts;
    }

    @Test
    void onlyPairCountsWithItsNewestCaptioner() {
        inspected("e", "none", "k", 1);
        inspected("e", "c2", "k", 3);
        inspected("e", "c1", "k", 2);

        assertThat(texts("SELECT encoder_id, captioner_id, kb_id, promoted_at FROM current_release"))
                .containsExactly("e c2 k null");
        assertThat(texts("SELECT image_id FROM current_inspections")).containsExactly("ec2k3");
    }

    @Test
    void nothingCountsWhereNothingIsInspected() {
        warehouse.create(FilesTable.DEFINITION);

        assertThat(texts("SELECT * FROM current_release")).isEmpty();
        assertThat(texts("SELECT * FROM worst_lots")).isEmpty();
        assertThat(texts("SELECT * FROM failures")).isEmpty();
    }

    @Test
    void severalPairsWaitForPromotion() {
        inspected("e", "none", "k1", 1);
        inspected("e", "none", "k2", 2);

        assertThatThrownBy(() -> texts("SELECT count(*) FROM current_inspections"))
                .hasStackTraceContaining("Run blemish promote");
    }

    @Test
    void newestPromotionCounts() {
        inspected("e", "none", "k1", 1);
        inspected("e", "none", "k2", 2);
        promoted("e", "none", "k2", 3);
        promoted("e", "none", "k1", 4);

        assertThat(texts("SELECT kb_id, author FROM current_release")).containsExactly("k1 Ada");
        assertThat(texts("SELECT image_id FROM current_inspections")).containsExactly("enonek11");
        promoted("e", "none", "k2", 5);
        assertThat(own.sql("SELECT image_id FROM current_inspections")
                        .collectAsList()
                        .get(0)
                        .getString(0))
                .as("a view that is registered sees a later promotion")
                .isEqualTo("enonek22");
    }

    @Test
    void failuresOfFilesAndImages() {
        file("a.jpg", 1, "rejected", "truncated");
        file("b.jpg", 1, "rejected", "unreadable");
        file("b.jpg", 2, "ok", null);
        inspection(Map.of("image_id", "bad", "status", "failed", "error", "changed: its bytes are: others"));
        inspected("e", "none", "k", 1);

        assertThat(texts("SELECT job, code, reason FROM failures ORDER BY job"))
                .containsExactly("ingest truncated because", "inspect changed its bytes are: others");
    }

    private void file(String uri, int minute, String status, String code) {
        append(
                FilesTable.DEFINITION,
                TableRows.row(
                        FilesTable.DEFINITION,
                        TableRows.with(
                                code == null ? Map.of() : Map.of("reject_code", code, "reject_reason", "because"),
                                Map.of(
                                        "uri",
                                        uri,
                                        "status",
                                        status,
                                        "ingested_at",
                                        NOON.plusSeconds(60L * minute),
                                        "run_id",
                                        "r"))));
    }

    /** Values of statsmodels.stats.proportion.proportion_confint(x, n, method='wilson'). */
    @Test
    void worstLotIsTheOneThatIsSurelyBad() {
        lot("few", 2, 2, 0);
        lot("many", 40, 20, 3);
        lot("sound", 10, 0, 0);
        lot("unsure", 0, 0, 4);

        Views.register(warehouse);
        List<Row> lots = own.sql("SELECT lot, place, inspected, abstained, defective, rate, rate_low, rate_high"
                        + " FROM worst_lots")
                .collectAsList();
        assertThat(lots).map(row -> row.getString(0)).containsExactly("many", "few", "sound");
        assertThat(lots.get(0).getLong(2)).isEqualTo(40);
        assertThat(lots.get(0).getLong(3)).isEqualTo(3);
        assertThat(lots.get(0).getLong(4)).isEqualTo(20);
        assertThat(lots.get(0).getDouble(6)).isCloseTo(0.35199526933465, within(1e-9));
        assertThat(lots.get(0).getDouble(7)).isCloseTo(0.64800473066535, within(1e-9));
        assertThat(lots.get(1).getDouble(6)).isCloseTo(0.34238022750665, within(1e-9));
        assertThat(lots.get(1).getDouble(7)).isEqualTo(1);
        assertThat(lots.get(2).getDouble(6)).isZero();
        assertThat(lots.get(2).getDouble(7)).isCloseTo(0.27753279986289, within(1e-9));
    }

    private void lot(String lot, int inspected, int defective, int abstained) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < inspected + abstained; i++) {
            rows.add(TableRows.row(
                    InspectionsTable.DEFINITION,
                    Map.ofEntries(
                            Map.entry("image_id", lot + i),
                            Map.entry("uri", "file:///i.jpg"),
                            Map.entry("product", "apple"),
                            Map.entry("site", "Porto"),
                            Map.entry("lot", lot),
                            Map.entry("encoder_id", "e"),
                            Map.entry("captioner_id", "none"),
                            Map.entry("kb_id", "k"),
                            Map.entry("run_id", "r"),
                            Map.entry("part", 1L),
                            Map.entry("status", "ok"),
                            Map.entry("inspected_at", NOON),
                            Map.entry("defective", i < defective || i >= inspected),
                            Map.entry("verdict", i < inspected ? "accept" : "review"))));
        }
        append(InspectionsTable.DEFINITION, rows.toArray(new Row[0]));
    }

    @Test
    void textsAndDatasetsOfTheSameNameAgree() {
        truth("lab", "mould", 1);
        truth("lab", "bruise", 2);
        truth("shop", "sound", 1);
        Dataset<Row> truths = warehouse.read(TruthsTable.DEFINITION);

        assertThat(texts("SELECT * FROM current_truths ORDER BY source"))
                .isEqualTo(TruthsTable.current(truths).orderBy("source").collectAsList().stream()
                        .map(row -> row.mkString(" "))
                        .toList())
                .hasSize(2);
    }

    private void truth(String source, String value, int minute) {
        append(
                TruthsTable.DEFINITION,
                TableRows.row(
                        TruthsTable.DEFINITION,
                        Map.of(
                                "image_id",
                                "i",
                                "kind",
                                "label",
                                "source",
                                source,
                                "stated_at",
                                NOON.plusSeconds(60L * minute),
                                "statement_id",
                                source + value,
                                "run_id",
                                "r",
                                "value",
                                value)));
    }

    @Test
    void latestEventOfRunIsCurrent() {
        for (String state : List.of("started", "heartbeat", "finished")) {
            append(
                    RunsTable.DEFINITION,
                    TableRows.row(RunsTable.DEFINITION, Map.of("run_id", "r", "job", "j", "state", state, "at", NOON)));
        }

        assertThat(texts("SELECT run_id, state FROM current_runs")).containsExactly("r finished");
    }
}
