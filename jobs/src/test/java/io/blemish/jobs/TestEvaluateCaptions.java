package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.blemish.tables.EvaluationsTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captions of two captioners: one that has learned something, one that says the same of everything. */
class TestEvaluateCaptions extends CommandLineTest {
    private static final String LEARNED = "a".repeat(64);
    private static final String COLLAPSED = "b".repeat(64);
    private static final String SAME = "a fruit with green mould";

    private static final Map<Integer, List<String>> REFERENCES = Map.of(
            1, List.of("a fruit with green mold", "an orange covered in severe green mold"),
            2, List.of("a fruit with bruises and soft spots", "a bruised apple with some soft spots"),
            3, List.of("an orange with white and blue mold", "a moldy orange"));

    @TempDir
    private static Path shared;

    private static EvaluateFixture fixture;
    private static Outcome outcome;

    @BeforeAll
    static void evaluate() throws Exception {
        fixture = new EvaluateFixture(spark, shared);
        fixture.write(
                        fixture.captioned(1, LEARNED, "a fruit with severe green mold", "shows mould", 1, 0, 0),
                        fixture.captioned(
                                2, LEARNED, "a fruit with minor bruises and soft spots", "shows mould", 9, 1, 0),
                        fixture.captioned(3, LEARNED, "an orange with white mold", "shows mould", 0, 0, 1),
                        fixture.captioned(4, LEARNED, "a fresh orange", "shows mould", 0, 1, 0),
                        fixture.captioned(1, COLLAPSED, SAME, "shows mould", 1, 0, 0),
                        fixture.captioned(2, COLLAPSED, SAME, "shows mould", 9, 1, 0),
                        fixture.captioned(3, COLLAPSED, SAME, "shows mould", 0, 0, 1))
                .label(1, "mould")
                .label(2, "bruise")
                .label(3, "mould")
                .label(4, "sound");
        REFERENCES.forEach((image, captions) -> captions.forEach(caption -> fixture.caption(image, caption)));
        fixture.importTruths();
        outcome = succeed("evaluate", "--warehouse", shown(), "--json");
    }

    private static String shown() {
        return fixture.warehouse().toString();
    }

    private static Row found(String metric, String captioner, String method) {
        Dataset<Row> rows = fixture.warehouse()
                .read(EvaluationsTable.DEFINITION)
                .where("metric = '" + metric + "' AND slice = 'captioner:" + captioner + "' AND method "
                        + (method == null ? "IS NULL" : "= '" + method + "'"))
                .orderBy("at");
        assertThat(rows.count()).as("%s %s", metric, method).isPositive();
        return rows.first();
    }

    private static double value(String metric, String captioner, String method) {
        return found(metric, captioner, method).<Double>getAs("value");
    }

    @Test
    void scoresAreThoseOfTheField() {
        assertThat(value("bleu_1", LEARNED, null)).isCloseTo(0.947368, within(1e-6));
        assertThat(value("bleu_4", LEARNED, null)).isCloseTo(0.525946, within(1e-6));
        assertThat(value("rouge_l", LEARNED, null)).isCloseTo(0.892650, within(1e-6));
        Row cider = found("cider_d", LEARNED, null);
        assertThat(cider.<Double>getAs("value")).isCloseTo(3.166938, within(1e-6));
        assertThat(cider.<Long>getAs("n")).isEqualTo(3);
        assertThat(cider.<Double>getAs("low")).isBetween(2.6, 3.1);
        assertThat(cider.<Double>getAs("high")).isBetween(3.2, 3.6);
        assertThat(value("cider_d", COLLAPSED, null)).isLessThan(1.5);
    }

    @Test
    void whatCaptionsMustBeatIsMeasuredBesideThem() {
        // Images 1 and 2 look alike; every reference is said of one image, so the first by alphabet is most frequent.
        assertThat(value("cider_d", LEARNED, "nearest")).isBetween(0.0, 0.5);
        assertThat(value("rouge_l", LEARNED, "most_frequent")).isBetween(0.3, 0.9);
        assertThat(value("rouge_l", LEARNED, "summary")).isZero();
        assertThat(found("rouge_l", COLLAPSED, "nearest").<Long>getAs("n")).isEqualTo(3);
        assertThat(value("caption_defect_accuracy", LEARNED, "summary")).isCloseTo(2.0 / 3, within(1e-9));
        assertThat(value("caption_defect_accuracy", LEARNED, "most_frequent")).isCloseTo(1.0 / 3, within(1e-9));
    }

    @Test
    void defectsAreNamed() {
        assertThat(value("caption_defect_accuracy", LEARNED, null)).isEqualTo(1);
        assertThat(value("caption_label_accuracy", LEARNED, null)).isEqualTo(1);
        assertThat(found("caption_label_accuracy", LEARNED, null).<Long>getAs("n"))
                .isEqualTo(4);
        assertThat(value("caption_defect_accuracy", COLLAPSED, null)).isCloseTo(2.0 / 3, within(1e-9));
        assertThat(value("caption_label_accuracy", LEARNED, "summary")).isCloseTo(2.0 / 4, within(1e-9));
    }

    @Test
    void sameCaptionsAreFoundOut() {
        assertThat(value("distinct_captions", LEARNED, null)).isEqualTo(1);
        assertThat(value("distinct_captions", COLLAPSED, null)).isCloseTo(1.0 / 3, within(1e-9));
    }

    @Test
    void summaryIsReadable() {
        assertThat(counts(outcome).get("captions").asLong()).isEqualTo(3);
        assertThat(outcome.err())
                .contains("Captions of aaaaaaaaaaaa, and what they must beat")
                .containsPattern("captions +0\\.947 +0\\.526 +0\\.893 +3\\.167 +1\\.000 +1\\.000 +1\\.000")
                .contains("reference of the nearest image");
    }
}
