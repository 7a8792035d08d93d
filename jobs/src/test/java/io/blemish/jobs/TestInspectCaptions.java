package io.blemish.jobs;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.blemish.caption.Caption;
import io.blemish.caption.Captioner;
import io.blemish.caption.MapperBundle;
import io.blemish.caption.PrefixMapper;
import io.blemish.checkpoint.Precision;
import io.blemish.clip.Clip;
import io.blemish.error.UserException;
import io.blemish.lm.CausalLm;
import io.blemish.lm.CausalLms;
import io.blemish.lm.Decoding;
import io.blemish.metrics.ClipScore;
import io.blemish.tables.BundlesTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.udfs.FloatColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captions by the language model that comes with Blemish, behind prefixes of a mapper that has learned nothing. */
class TestInspectCaptions extends SparkTest {
    private static final Decoding DECODING = Decoding.beamSearch().withBest(3).withTokens(2, 12);

    @TempDir
    private static Path models;

    @TempDir
    private Path folder;

    private static Path languageModel;
    private static Path mapper;

    @BeforeAll
    static void makeMapper() throws IOException {
        languageModel = RandomMapper.LANGUAGE_MODEL;
        mapper = RandomMapper.forTinyClip(models, DECODING);
    }

    private InspectFixture fixture(String name) throws IOException {
        return new InspectFixture(spark, Files.createDirectories(folder.resolve(name))).set("precision", "fp32");
    }

    private static Map<String, Row> captioned(InspectFixture fixture) {
        Map<String, Row> rows = new TreeMap<>();
        Dataset<Row> inspections = fixture.warehouse().read(InspectionsTable.DEFINITION);
        for (Row row : inspections
                .where(col("captioner_id").notEqual(InspectionsTable.NO_CAPTIONER))
                .collectAsList()) {
            rows.put(row.getAs("image_id"), row);
        }
        return rows;
    }

    /** In the same pass as labels: what the models say of the stored embedding, read by the same models here. */
    @Test
    void captionsAreWhatTheModelsSayOfTheEmbedding() throws Exception {
        InspectFixture fixture = fixture("new").part(1, 5).captions(mapper, languageModel);

        InspectResult result = fixture.inspect();

        assertThat(result.ok()).isEqualTo(5);
        assertThat(result.forwards()).isEqualTo(5);
        Map<String, Row> rows = captioned(fixture);
        assertThat(rows).hasSize(5);
        try (CausalLm lm = CausalLms.open(languageModel, Precision.FP32, "cpu");
                PrefixMapper prefixes =
                        PrefixMapper.of(MapperBundle.open(mapper).weights(), Precision.FP32)) {
            Captioner captioner = new Captioner(prefixes, lm, RandomMapper.PROMPT);
            for (Row row : rows.values()) {
                List<Float> values = row.getList(row.fieldIndex("embedding"));
                float[] embedding = new float[values.size()];
                for (int i = 0; i < embedding.length; i++) {
                    embedding[i] = values.get(i);
                }
                List<Caption> expected =
                        captioner.caption(new float[][] {embedding}, DECODING).get(0);
                List<Row> written = row.getList(row.fieldIndex("captions"));
                assertThat(written).hasSize(3);
                for (int i = 0; i < 3; i++) {
                    assertThat(written.get(i).getString(0))
                            .isEqualTo(expected.get(i).text());
                    assertThat(written.get(i).getDouble(1))
                            .isCloseTo(expected.get(i).logProbability(), within(1e-3));
                }
                assertThat(row.<String>getAs("caption"))
                        .isEqualTo(written.get(0).getString(0));
                assertThat(row.<Double>getAs("caption_logprob"))
                        .isEqualTo(written.get(0).getDouble(1));
                assertThat(row.<Double>getAs("clip_score")).isBetween(0.0, 2.5);
            }
        }
        assertThat(fixture.warehouse()
                        .read(BundlesTable.DEFINITION)
                        .where(col("kind").equalTo("captioner"))
                        .count())
                .isEqualTo(1);
    }

    /**
     * Labels and maps are taken over, captions and verdicts equal those of a first look, though rules read captions, and no photograph is
     * opened for them.
     */
    @Test
    void anInspectedWarehouseIsCaptionedFromItsEmbeddings() throws Exception {
        Path rules = folder.resolve("rules.yaml");
        Files.writeString(
                rules,
                Files.readString(InspectFixture.resource("oranges.yaml"))
                        .replace("verdicts:", "verdicts:\n  - {verdict: told, when: caption_logprob < 0}"));
        InspectFixture fixture = fixture("old").part(1, 4).part(2, 2).knowledge(rules);
        fixture.inspect();
        fixture.part(3, 1).captions(mapper, languageModel);

        InspectResult result = fixture.inspect();

        assertThat(result.captioned()).isEqualTo(6);
        assertThat(result.forwards()).as("the new image alone").isEqualTo(1);
        assertThat(result.before()).isZero();
        Map<String, Row> rows = captioned(fixture);
        InspectFixture direct = fixture("direct")
                .part(1, 4)
                .part(2, 2)
                .part(3, 1)
                .knowledge(rules)
                .captions(mapper, languageModel);
        direct.inspect();
        Map<String, Row> looked = captioned(direct);
        assertThat(rows.keySet()).isEqualTo(looked.keySet());
        rows.forEach((id, row) -> {
            for (String column : List.of("caption", "summary", "verdict", "defect", "captioner_id", "top")) {
                assertThat(row.<Object>getAs(column))
                        .as(column)
                        .isEqualTo(looked.get(id).getAs(column));
            }
        });
        assertThat(rows.values())
                .extracting(row -> row.<String>getAs("verdict"))
                .contains("told");
        InspectResult again = fixture.inspect();
        assertThat(again.chunks()).isZero();
        assertThat(again.before()).isEqualTo(7);
    }

    /** What is drawn for an image depends on the image and the seed, and not on the batch that it comes in. */
    @Test
    void drawsDependOnTheImageAlone() throws Exception {
        InspectFixture one = fixture("one").part(1, 5).captions(mapper, languageModel);
        InspectFixture other = fixture("other").part(1, 5).captions(mapper, languageModel);
        one.set("caption.temperature", "1").set("batch.size", "1").inspect();
        other.set("caption.temperature", "1").set("batch.size", "4").inspect();

        Map<String, Row> expected = captioned(other);

        captioned(one)
                .forEach((id, row) -> assertThat(row.<String>getAs("caption"))
                        .isEqualTo(expected.get(id).getAs("caption")));
    }

    /** A heavy weight leaves the choice among all texts of the search to CLIP; without a score there is none, and no choice. */
    @Test
    void clipChoosesAmongWhatTheSearchPursued() throws Exception {
        InspectFixture fixture = fixture("chosen").part(1, 3).captions(mapper, languageModel);
        fixture.set("caption.clip-score", "false").inspect();
        Map<String, Row> unscored = captioned(fixture);
        fixture.set("caption.clip-score", "true")
                .set("caption.clip-weight", "1000")
                .inspect();

        assertThat(unscored).hasSize(3);
        for (Row row : fixture.warehouse()
                .read(InspectionsTable.DEFINITION)
                .where(col("clip_score").isNotNull())
                .collectAsList()) {
            Row other = unscored.get(row.<String>getAs("image_id"));
            assertThat(other.<Double>getAs("clip_score")).isNull();
            assertThat(row.<String>getAs("captioner_id")).isNotEqualTo(other.getAs("captioner_id"));
            assertThat(row.<Double>getAs("clip_score")).isGreaterThanOrEqualTo(bestScore(row, other));
        }
        assertThatThrownBy(() -> fixture.set("caption.clip-score", "false").inspect())
                .isInstanceOf(UserException.class)
                .hasMessageContaining("caption.clip-weight");
    }

    /** The highest CLIPScore of the captions that stand in a row without scores. */
    private static double bestScore(Row embedded, Row unscored) {
        List<Row> captions = unscored.getList(unscored.fieldIndex("captions"));
        float[] embedding = FloatColumn.of(embedded.<Float>getList(embedded.fieldIndex("embedding")));
        try (Clip clip = Clip.open(InspectFixture.resource("config.json").getParent())) {
            float[][] texts = clip.describe(captions.stream()
                    .map(caption -> List.of(ClipScore.PROMPT + caption.getString(0)))
                    .toList());
            double best = 0;
            for (float[] text : texts) {
                best = Math.max(best, ClipScore.of(embedding, text) - 1e-5);
            }
            return best;
        }
    }

    @Test
    void aMapperForAnotherEncoderIsRefused() throws Exception {
        InspectFixture fixture = fixture("refused").part(1, 1);
        fixture.captions(
                RandomMapper.forEncoder("0123456789abcdef", models.resolve("stranger"), DECODING), languageModel);

        assertThatThrownBy(fixture::inspect)
                .isInstanceOf(UserException.class)
                .hasMessageContaining("another CLIP")
                .hasMessageContaining("--clip");
        assertThatThrownBy(() -> CaptionOptions.of(Configuration.builder().build(), mapper, null))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("--lm");
    }
}
