package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.blemish.caption.MapperBundle;
import io.blemish.caption.PrefixMapper;
import io.blemish.caption.WordGradient;
import io.blemish.caption.WordGradients;
import io.blemish.checkpoint.Precision;
import io.blemish.clip.Clip;
import io.blemish.clip.ClipVisionEncoder;
import io.blemish.clip.PixelBatch;
import io.blemish.error.UserException;
import io.blemish.image.DecodeOptions;
import io.blemish.image.ImageDecoder;
import io.blemish.lm.CausalLms;
import io.blemish.lm.Decoding;
import io.blemish.lm.PrefixGradients;
import io.blemish.tables.CaptionWordsTable;
import io.blemish.tables.ImagesTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.udfs.FloatColumn;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the words of captions rest on, with a mapper that has learned nothing. */
class TestWords extends SparkTest {
    private static final Decoding DECODING = Decoding.greedy().withTokens(3, 8);

    @TempDir
    private static Path shared;

    private static Path mapper;
    private static InspectFixture fixture;
    private static Path gone;
    private static WordsResult some;
    private static WordsResult rest;

    /** Six photographs, one of them gone since; of those with a wide margin the words are explained first. */
    @BeforeAll
    static void explain() throws Exception {
        mapper = RandomMapper.forTinyClip(shared, DECODING);
        gone = Files.write(shared.resolve("a.png"), ImageRows.png(5, 50, 50));
        String id = ImageRows.sha256(Files.readAllBytes(gone));
        fixture = new InspectFixture(spark, shared.resolve("warehouse"))
                .captions(mapper, RandomMapper.LANGUAGE_MODEL)
                .part(1, 5)
                .rows(List.of(ImageRows.row(id, gone.toUri().toString(), 2, null)));
        fixture.inspect();
        Files.delete(gone);
        some = words(fixture, Optional.of("margin > 0.001"));
        rest = words(fixture, Optional.empty());
    }

    private static WordsResult words(InspectFixture fixture, Optional<String> where) throws Exception {
        JobContext context = fixture.context();
        List<WordsResult> results = new ArrayList<>();
        JobRun.execute(context, fixture.warehouse(), "words", "Explaining", run -> {
            CaptionOptions captions = CaptionOptions.of(context.configuration(), mapper, RandomMapper.LANGUAGE_MODEL)
                    .orElseThrow();
            WordsOptions options = WordsOptions.of(
                    spark,
                    context.configuration(),
                    InspectFixture.resource("config.json").getParent(),
                    captions,
                    where,
                    Claim.TakeOver.ALWAYS);
            WordsResult result = new Words(fixture.warehouse(), options, run, owner -> true).run();
            result.report(run);
            results.add(result);
            return result.summary("W");
        });
        return results.get(0);
    }

    private static Dataset<Row> told() {
        return fixture.warehouse().read(CaptionWordsTable.DEFINITION);
    }

    private static Dataset<Row> inspections() {
        return fixture.warehouse().read(InspectionsTable.DEFINITION);
    }

    @Test
    void everyCaptionIsExplainedOnce() throws Exception {
        long wide = inspections()
                .where("margin > 0.001 AND uri <> '" + gone.toUri() + "'")
                .count();

        assertThat(some.images()).isEqualTo(wide);
        assertThat(some.images() + rest.images()).isEqualTo(5);
        assertThat(rest.unreadable()).isEqualTo(1);
        assertThat(told().count()).isEqualTo(some.words() + rest.words());
        assertThat(told().dropDuplicates("image_id", "word_index").count()).isEqualTo(some.words() + rest.words());
        WordsResult again = words(fixture, Optional.empty());
        assertThat(again.images()).isZero();
        assertThat(again.words()).isZero();
    }

    /** The stored words put together are the caption without its punctuation. */
    @Test
    void wordsAreThoseOfTheCaption() {
        for (Row inspection : inspections().collectAsList()) {
            List<Row> words = words(inspection.getAs("image_id"));
            if (words.isEmpty()) {
                continue;
            }
            List<String> texts =
                    words.stream().map(row -> row.<String>getAs("word")).toList();
            String caption = inspection.getAs("caption");
            assertThat(String.join("", texts)).isEqualTo(caption.replaceAll("[^\\p{L}\\p{N}']", ""));
        }
    }

    /** The models themselves, asked here, say the same of a photograph: the batch that it came in does not matter. */
    @Test
    void gridsAreWhatTheModelsSay() throws Exception {
        Path lmArchive = shared.resolve("lm.pt");
        Path visionArchive = shared.resolve("vision.pt");
        try (Clip clip = Clip.open(InspectFixture.resource("config.json").getParent())) {
            try (OutputStream lmOut = Files.newOutputStream(lmArchive);
                    OutputStream visionOut = Files.newOutputStream(visionArchive)) {
                CausalLms.checkpoint(RandomMapper.LANGUAGE_MODEL).write(lmOut, Precision.FP32);
                clip.writeVision(visionOut, Precision.FP32);
            }
            try (PrefixGradients lm = PrefixGradients.load(lmArchive, "cpu");
                    ClipVisionEncoder encoder = ClipVisionEncoder.load(visionArchive, "cpu");
                    PrefixMapper prefixes =
                            PrefixMapper.of(MapperBundle.open(mapper).weights(), Precision.FP32)) {
                WordGradients gradients = new WordGradients(prefixes, lm, RandomMapper.PROMPT);
                for (Row image : fixture.warehouse()
                        .read(ImagesTable.DEFINITION)
                        .where("content IS NOT NULL")
                        .limit(2)
                        .collectAsList()) {
                    requireSame(image, clip, encoder, gradients);
                }
            }
        }
    }

    private void requireSame(Row image, Clip clip, ClipVisionEncoder encoder, WordGradients gradients)
            throws Exception {
        String id = image.getAs("image_id");
        Row inspection = inspections().where("image_id = '" + id + "'").first();
        float[] embedding = FloatColumn.of(inspection.<Float>getList(inspection.fieldIndex("embedding")));
        List<WordGradient> expected = gradients.of(embedding, inspection.getAs("caption"));
        int side = clip.imageProcessor().side();
        byte[] pixels = new byte[3 * side * side];
        new ImageDecoder(DecodeOptions.defaults()).decode(image.getAs("content"), side, decoded -> {
            clip.imageProcessor().pixels(decoded, pixels, 0);
            return true;
        });
        float[][] scores = expected.stream().map(WordGradient::gradient).toArray(float[][]::new);
        float[][] grids = encoder.relevance(new PixelBatch(pixels, 1, side), new float[][][] {scores})[0];

        List<Row> words = words(id);
        assertThat(words).hasSameSizeAs(expected).isNotEmpty();
        for (int word = 0; word < grids.length; word++) {
            Row row = words.get(word);
            assertThat(row.<String>getAs("word")).isEqualTo(expected.get(word).word());
            assertThat(row.<Double>getAs("logprob"))
                    .isCloseTo(expected.get(word).logProbability(), within(1e-3));
            float[] grid = FloatColumn.of(row.<Float>getList(row.fieldIndex("grid")));
            assertThat(grid).hasSize(row.<Integer>getAs("map_rows") * row.<Integer>getAs("map_cols"));
            float largest = 0;
            for (float value : grids[word]) {
                largest = Math.max(largest, value);
            }
            assertThat(largest).isPositive();
            assertThat(grid).containsExactly(grids[word], within(1e-3f * largest));
        }
    }

    private static List<Row> words(String imageId) {
        return told().where("image_id = '" + imageId + "'")
                .orderBy("word_index")
                .collectAsList();
    }

    @Test
    void captionsOfAnotherWayOfWritingAreNotFound() {
        InspectFixture other = new InspectFixture(spark, shared.resolve("warehouse")).set("caption.beams", "3");

        assertThatThrownBy(() -> words(other, Optional.empty()))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("Cannot explain the words of captions")
                .hasMessageContaining("caption.*");
    }

    @Test
    void nothingIsInspectedYet() {
        InspectFixture empty = new InspectFixture(spark, shared.resolve("empty"));

        assertThatThrownBy(() -> words(empty, Optional.empty()))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("--mapper");
    }
}
