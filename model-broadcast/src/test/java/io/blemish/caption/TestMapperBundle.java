package io.blemish.caption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.checkpoint.DType;
import io.blemish.checkpoint.Precision;
import io.blemish.error.UserException;
import io.blemish.lm.CausalLm;
import io.blemish.lm.CausalLms;
import io.blemish.lm.Decoding;
import io.blemish.lm.LmCheckpoint;
import io.blemish.train.MapperFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestMapperBundle {
    private static final String ENCODER = "ab".repeat(32);

    @TempDir
    private Path folder;

    private final MapperGolden golden = MapperGolden.tiny();
    private final LmCheckpoint lm = CausalLms.checkpoint(MapperGolden.folder().resolve("opt"));

    @Test
    void opensWhatWasWritten() {
        Decoding decoding = Decoding.greedy().withTokens(2, 20);
        MapperWeights weights = unit(golden.weights(MapperKind.TRANSFORMER));
        MapperBundle bundle = written(weights, new MapperSettings("A photo of", Optional.of(ENCODER), own(), decoding));

        assertThat(bundle.config()).isEqualTo(weights.config());
        assertThat(bundle.prompt()).isEqualTo("A photo of");
        assertThat(bundle.decoding()).isEqualTo(decoding);
        assertThat(bundle.settings().encoder()).contains(ENCODER);
        bundle.check(ENCODER, 40, lm);
    }

    @Test
    void refusesAnotherEncoderAndAnotherLanguageModel() {
        MapperBundle bundle = written(golden.weights(MapperKind.MLP), settings(Optional.of(ENCODER), own()));
        MapperBundle foreign =
                written(golden.weights(MapperKind.MLP), settings(Optional.of(ENCODER), Optional.of("cd".repeat(32))));

        assertThatThrownBy(() -> bundle.check("ef".repeat(32), 40, lm))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("it was trained for another CLIP (abababababab, not efefefefefef)");
        assertThatThrownBy(() -> foreign.check(ENCODER, 40, lm))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("it was trained for another language model (cdcdcdcdcdcd, not ");
    }

    /** A published checkpoint names nothing: what does not fit at all is refused. */
    @Test
    void comparesWidthsWhereNothingIsNamed() throws IOException {
        Files.copy(MapperGolden.folder().resolve("clipcap-mlp.pt"), folder.resolve("pytorch_model.bin"));
        Files.writeString(folder.resolve("config.json"), "{\"normalize\": true}");
        MapperBundle bundle = MapperBundle.open(folder);

        assertThat(bundle.config().scale()).isEqualTo(EmbeddingScale.UNIT);
        assertThat(bundle.decoding()).isEqualTo(Decoding.beamSearch());
        assertThatThrownBy(() -> bundle.check(ENCODER, 40, lm)).hasMessageContaining("embeddings of 6 numbers");
        assertThatThrownBy(() -> bundle.check(ENCODER, 6, lm)).hasMessageContaining("vectors of 16 numbers");
    }

    @Test
    void refusesAConfigurationThatContradictsTheWeights() throws IOException {
        written(golden.weights(MapperKind.MLP), settings(Optional.empty(), Optional.empty()));
        for (String[] change : new String[][] {
            {"\"mlp\"", "\"transformer\"", "mapper is \"transformer\""},
            {"\"prefix_length\" : 5", "\"prefix_length\" : 6", "prefix_length is 6"},
            {"\"blemish-mapper\"", "\"opt\"", "model_type is \"opt\""},
            {"\"beams\" : 5", "\"beams\" : 0", "no captions can be written so"}
        }) {
            Path file = folder.resolve("config.json");
            String good = Files.readString(file);
            Files.writeString(file, good.replace(change[0], change[1]));
            assertThatThrownBy(() -> MapperBundle.open(folder))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining(change[2]);
            Files.writeString(file, good);
        }
    }

    @Test
    void everythingThatDecidesACaptionIsInItsIdentity() {
        MapperBundle bundle = written(golden.weights(MapperKind.MLP), settings(Optional.empty(), own()));
        String id = bundle.captionerId(lm, Precision.FP32, Decoding.greedy());
        MapperBundle prompted = written(
                golden.weights(MapperKind.MLP),
                new MapperSettings("A", Optional.empty(), own(), Decoding.beamSearch()));

        assertThat(bundle.captionerId(lm, Precision.FP32, Decoding.greedy()))
                .isEqualTo(id)
                .hasSize(64);
        assertThat(bundle.captionerId(lm, Precision.BF16, Decoding.greedy())).isNotEqualTo(id);
        assertThat(bundle.captionerId(lm, Precision.FP32, Decoding.beamSearch()))
                .isNotEqualTo(id);
        assertThat(prompted.captionerId(lm, Precision.FP32, Decoding.greedy())).isNotEqualTo(id);
    }

    @Test
    void aCaptionerNeedsALanguageModelOfItsWidth() {
        MapperWeights narrow = MapperWeights.random(MapperConfig.standard(MapperKind.MLP, 40, 2, 32), 1);
        try (PrefixMapper mapper = PrefixMapper.of(narrow, Precision.FP32);
                CausalLm loaded = CausalLms.load(lm, Precision.FP32, "cpu")) {
            assertThatThrownBy(() -> new Captioner(mapper, loaded, ""))
                    .hasMessageContaining("A mapper for embeddings of 32 cannot serve");
        }
    }

    private static MapperWeights unit(MapperWeights weights) {
        return MapperWeights.ofScript(weights.config().withScale(EmbeddingScale.UNIT), weights.script());
    }

    private Optional<String> own() {
        return Optional.of(lm.fingerprint(Precision.FP32));
    }

    private static MapperSettings settings(Optional<String> encoder, Optional<String> languageModel) {
        return new MapperSettings("", encoder, languageModel, Decoding.beamSearch());
    }

    private MapperBundle written(MapperWeights weights, MapperSettings settings) {
        new MapperFolder(folder).writeModel(weights, settings, DType.F32);
        return MapperBundle.open(folder);
    }
}
