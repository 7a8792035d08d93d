package io.blemish.jobs;

import static io.blemish.jobs.EvaluateFixture.ENCODER;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.blemish.jobs.EvaluateFixture.Seen;
import io.blemish.tables.EvaluationsTable;
import io.blemish.tables.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluations of tables whose measures are computed by hand. */
class TestEvaluate extends CommandLineTest {
    private static final float[] UPPER_LEFT = {4, 0, 0, 0};
    private static final float[] LOWER_RIGHT = {0, 0, 0, 4};

    @TempDir
    private static Path shared;

    private static Outcome outcome;
    private static Map<String, Row> found;

    @BeforeAll
    static void evaluate() throws Exception {
        EvaluateFixture fixture = new EvaluateFixture(spark, shared);
        fixture.write(
                        fixture.inspected(
                                1,
                                "mould",
                                2,
                                seen("mould", 0.8, UPPER_LEFT),
                                seen("bruise", 0.15),
                                seen("fresh", 0.05)),
                        fixture.inspected(
                                2,
                                "bruise",
                                1,
                                seen("bruise", 0.6),
                                seen("mould", 0.2, LOWER_RIGHT),
                                seen("fresh", 0.2)),
                        fixture.inspected(
                                3, null, -0.5, seen("fresh", 0.5), seen("bruise", 0.3, UPPER_LEFT), seen("mould", 0.2)),
                        fixture.inspected(
                                4,
                                "mould",
                                0.5,
                                seen("mould", 0.5, UPPER_LEFT),
                                seen("fresh", 0.3),
                                seen("bruise", 0.2)),
                        fixture.inspected(
                                5, null, -2, seen("fresh", 0.9), seen("mould", 0.06, UPPER_LEFT), seen("bruise", 0.04)),
                        fixture.inspected(6, "mould", 0.7, seen("mould", 0.6), seen("fresh", 0.3), seen("bruise", 0.1)),
                        fixture.inspected(
                                7,
                                "bruise",
                                0.2,
                                seen("bruise", 0.4, LOWER_RIGHT),
                                seen("fresh", 0.35),
                                seen("mould", 0.25)),
                        fixture.inspected(8, "mould", 1, seen("mould", 0.7)),
                        fixture.inspected(9, "mould", 1, seen("mould", 0.7)),
                        fixture.inspected(10, "mould", 1, seen("mould", 0.7)),
                        fixture.failed(11))
                .label(1, "Mould")
                .label(2, "mould")
                .label(2, "bruise")
                .label(3, "bruise")
                .label(4, "bruise")
                .label(5, "sound")
                .label(6, "fresh")
                .label(7, "rotten")
                .label(8, "sound")
                .label(8, "mould")
                .label(9, "blemished")
                .label(11, "mould")
                // The crop begins 8 pixels from the left: its upper left quarter, and a corner of its lower right one.
                .mask(1, "mould", 8, 0, 24, 24)
                .mask(2, "mould", 8, 0, 24, 24)
                .mask(2, "bruise", 40, 30, 10, 10)
                .mask(7, "defective", 32, 24, 24, 24)
                .mask(3, "bruise", 0, 0, 6, 48)
                .mask(4, "mould", 0, 0, 0, 0)
                .mask(5, "mould", 10, 10, 5, 5)
                .mask(6, "mould", 10, 10, 5, 5)
                .importTruths();
        Files.delete(shared.resolve("mask-5-mould.png"));
        outcome = succeed("evaluate", "--warehouse", fixture.warehouse().toString(), "--json");
        found = new TreeMap<>();
        for (Row row : fixture.warehouse().read(EvaluationsTable.DEFINITION).collectAsList()) {
            String key = String.join(
                    " ",
                    row.getAs("metric"),
                    row.getAs("slice"),
                    String.valueOf(row.<Object>getAs("detail")),
                    String.valueOf(row.<Object>getAs("method")));
            assertThat(found.put(key, row)).as(key).isNull();
        }
    }

    private static Seen seen(String description, double probability, float... grid) {
        return new Seen(description, probability, grid);
    }

    @Test
    void labels() {
        is("images", "all", 7, 7);
        is("images", "label:sound", 2, 2);
        is("top_defect_accuracy", "all", 3.0 / 4, 4);
        is("defect_accuracy", "all", 2.0 / 4, 4);
        is("label_accuracy", "all", 3.0 / 6, 6);
        is("defective_accuracy", "all", 5.0 / 7, 7);
        Row share = found.get("defective_accuracy all null null");
        // Wilson's interval of 5 of 7, SciPy 1.17.1.
        assertThat(share.<Double>getAs("low")).isCloseTo(0.3589345, within(1e-6));
        assertThat(share.<Double>getAs("high")).isCloseTo(0.9177811, within(1e-6));
    }

    @Test
    void ranks() {
        // Margins 2, 1, 0.5, 0.2, -0.5 against 0.7, -2: 7 of 10 pairs are in order.
        is("auroc_margin", "all", 0.7, 7);
        assertThat(found).doesNotContainKey("auroc_probability all null null");
    }

    @Test
    void defects() {
        is("defect_precision", "defect:mould", 1.0 / 3, 3);
        is("defect_recall", "defect:mould", 1.0 / 2, 2);
        is("defect_f1", "defect:mould", 0.4, 2);
        is("defect_precision", "defect:bruise", 1, 1);
        is("defect_recall", "defect:bruise", 1.0 / 3, 3);
        is("defect_f1", "defect:bruise", 0.5, 3);
        is("defect_precision", "mean", 2.0 / 3, 4);
        is("defect_recall", "mean", 5.0 / 12, 5);
        is("defect_f1", "mean", 0.45, 5);
    }

    @Test
    void confusion() {
        assertThat(found.keySet().stream().filter(key -> key.startsWith("confusion")))
                .containsExactly(
                        "confusion label:bruise mould null",
                        "confusion label:bruise sound null",
                        "confusion label:mould mould null",
                        "confusion label:sound mould null",
                        "confusion label:sound sound null");
        assertThat(found.get("confusion label:sound sound null").<Long>getAs("n"))
                .isEqualTo(1);
    }

    @Test
    void calibration() {
        // 0.8 right; 0.6 right and 0.6 wrong; 0.5 wrong twice; 0.9 right: (0.2 + 0.2 + 1.0 + 0.1) / 6.
        is("label_ece", "all", 0.25, 6);
        assertThat(found.get("label_reliability bin:09 0.60-0.67 null").<Double>getAs("value"))
                .isEqualTo(0.5);
        assertThat(found.get("label_confidence bin:13 0.87-0.93 null").<Double>getAs("value"))
                .isEqualTo(0.9);
    }

    @Test
    void heatMaps() {
        // (1, mould) hits, (2, mould) misses, (2, bruise) has no map, (7, defective) is shown by its bruise and hits.
        map("pointing_game", "all", "relevance", 2.0 / 4, 4);
        map("pointing_game", "defect:mould", "relevance", 1.0 / 2, 2);
        map("pointing_game", "defect:bruise", "relevance", 0, 1);
        map("pointing_game", "mean", "relevance", 1.0 / 4, 3);
        is("map_coverage", "all", 3.0 / 4, 4);
        is("mask_share", "all", (576 + 576 + 100 + 576) / 2304.0 / 4, 4);
        // Along each axis 21/24 of the map lie in its half of the crop.
        map("energy_inside", "defect:mould", "relevance", (Math.pow(21 / 24.0, 2) + Math.pow(3 / 24.0, 2)) / 2, 2);
        map("energy_inside", "all", "relevance", (2 * Math.pow(21 / 24.0, 2) + Math.pow(3 / 24.0, 2)) / 3, 3);
        // The Gaussian's first largest pixel is (23, 23), in the upper left quarter.
        map("pointing_game", "all", "centre", 2.0 / 4, 4);
        map("pointing_game_15px", "all", "centre", 3.0 / 4, 4);
        assertThat(found)
                .containsKey("pixel_auroc all null random")
                .doesNotContainKey("pointing_game all null attention");
    }

    @Test
    void whatIsLeftOutIsCounted() {
        JsonNode counts = counts(outcome);
        assertThat(counts.get("images").asLong()).isEqualTo(7);
        assertThat(counts.get("pairs").asLong()).isEqualTo(4);
        assertThat(counts.get("contradictory").asLong()).isEqualTo(1);
        assertThat(counts.get("not_inspected").asLong()).isEqualTo(1);
        assertThat(counts.get("unmapped").asLong()).isEqualTo(1);
        assertThat(counts.get("mask_outside").asLong()).isEqualTo(1);
        assertThat(counts.get("mask_empty").asLong()).isEqualTo(1);
        assertThat(counts.get("mask_unusable").asLong()).isEqualTo(1);
        assertThat(counts.get("mask_not_explained").asLong()).isEqualTo(1);
        assertThat(outcome.err()).contains("blemished", "--map");
    }

    @Test
    void summaryIsReadable() {
        assertThat(outcome.err())
                .contains("Labels: 2 sound and 5 defective images")
                .containsPattern("most probable defect is true +0\\.750 +0\\.301 to 0\\.954 +4")
                .containsPattern("mould +2 +0\\.333 +0\\.500 +0\\.400")
                .containsPattern("2 mould +\\. +1 +\\.")
                .containsPattern("relevance +0\\.500 +0\\.500")
                .contains("Pointing game by defect");
    }

    private static void is(String metric, String slice, double value, long n) {
        check(metric + " " + slice + " null null", value, n);
    }

    private static void map(String metric, String slice, String method, double value, long n) {
        check(metric + " " + slice + " null " + method, value, n);
    }

    private static void check(String key, double value, long n) {
        assertThat(found).containsKey(key);
        assertThat(found.get(key).<Double>getAs("value")).as(key).isCloseTo(value, within(1e-6));
        assertThat(found.get(key).<Long>getAs("n")).as(key).isEqualTo(n);
    }

    /** Two encoders, of which one must be named; words that the knowledge base lacks; sources. */
    @Test
    void encoderWordsAndSourceAreNamed() throws Exception {
        EvaluateFixture fixture = new EvaluateFixture(spark, folder).encoder("f".repeat(64), "other-clip");
        fixture.write(
                        fixture.inspected(1, "mould", 2, seen("mould", 0.8)),
                        fixture.inspected(2, null, -1, seen("fresh", 0.8)),
                        fixture.inspected(1, "f".repeat(64), "mould", 2, seen("mould", 0.8)))
                .label(1, "Rot_Apple")
                .label(2, "fine")
                .importTruths();

        assertThat(mistake("evaluate", "--warehouse", warehouse()))
                .contains(
                        "encoder eeeeeeeeeeee (tiny-clip) with knowledge",
                        "encoder ffffffffffff (other-clip)",
                        "--encoder");
        assertThat(mistake("evaluate", "--warehouse", warehouse(), "--encoder", "abc"))
                .contains("no inspection is meant");
        assertThat(mistake(evaluation()))
                .contains("no image has both", "Rot_Apple")
                .contains("--map");
        assertThat(mistake(evaluation("--map", "fine=soft"))).contains("no such description", "fresh, mould, bruise");
        assertThat(mistake(evaluation("--map", "rot_apple=mould,fine=sound", "--source", "nobody")))
                .contains("no image has both");
        Outcome mapped = succeed(evaluation("--map", "rot_apple=mould,fine=sound", "--source", "truths.csv"));
        assertThat(mapped.out()).containsPattern("label called is true +1\\.000");
    }

    private String[] evaluation(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("evaluate", "--warehouse", warehouse(), "--encoder", ENCODER.substring(0, 6)));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    /** The run of this class, and one of which nothing is known but that it was a day earlier. */
    @Test
    void newestRunOfAnEvaluationIsTheCurrentOne() {
        Warehouse warehouse = Warehouse.at(spark, shared.resolve("warehouse").toString());
        Dataset<Row> earlier = warehouse
                .read(EvaluationsTable.DEFINITION)
                .limit(1)
                .withColumn("run_id", lit("earlier"))
                .withColumn("at", expr("at - INTERVAL 1 DAY"));
        warehouse.append(EvaluationsTable.DEFINITION, earlier, "earlier");

        assertThat(rowsOfRuns("SELECT DISTINCT run_id FROM evaluations")).isEqualTo(2);
        assertThat(rowsOfRuns("SELECT DISTINCT run_id FROM current_evaluations"))
                .isEqualTo(1);
    }

    private static long rowsOfRuns(String query) {
        return succeed("sql", query, "--warehouse", shared.resolve("warehouse").toString(), "--json")
                .out()
                .lines()
                .count();
    }
}
