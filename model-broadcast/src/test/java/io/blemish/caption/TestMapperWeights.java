package io.blemish.caption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.checkpoint.DType;
import io.blemish.checkpoint.Precision;
import io.blemish.checkpoint.Safetensors;
import io.blemish.checkpoint.StateDict;
import io.blemish.checkpoint.Tensor;
import io.blemish.error.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestMapperWeights {
    private static final MapperWeights.Untold RAW =
            new MapperWeights.Untold(EmbeddingScale.RAW, Optional.empty(), MapperConfig.PUBLISHED_HEADS);

    @TempDir
    private Path folder;

    /** State dicts as ClipCap's training writes them: the language model tells its width, and is left out. */
    @Test
    void publishedCheckpointsLoadAndCompute() {
        StateDict golden = StateDict.read(MapperGolden.folder().resolve("published.safetensors"));
        for (MapperKind kind : List.of(MapperKind.MLP, MapperKind.LINEAR, MapperKind.TRANSFORMER)) {
            EmbeddingScale scale = kind == MapperKind.TRANSFORMER ? EmbeddingScale.UNIT : EmbeddingScale.RAW;
            MapperWeights weights = MapperWeights.read(
                    MapperGolden.folder().resolve("clipcap-" + kind.label() + ".pt"),
                    new MapperWeights.Untold(scale, Optional.empty(), MapperConfig.PUBLISHED_HEADS));

            assertThat(weights.config().kind()).isEqualTo(kind);
            assertThat(weights.config().width()).isEqualTo(16);
            assertThat(weights.config().prefix()).isEqualTo(3);
            try (PrefixMapper mapper = PrefixMapper.of(weights, Precision.FP32)) {
                TestPrefixMapper.assertClose(
                        mapper.prefixes(MapperGolden.rows(golden.tensor("clip_embedding"))),
                        golden.tensor(kind.label()),
                        1e-5);
            }
        }
    }

    /** Parameters of the published ones: 512 and 640 wide embeddings, GPT-2's 768. */
    @Test
    void standardSizesAreThePublishedOnes() {
        assertThat(parameters(MapperConfig.standard(MapperKind.MLP, 512, 10, 768)))
                .isEqualTo(31_468_800);
        assertThat(parameters(MapperConfig.standard(MapperKind.TRANSFORMER, 512, 10, 768)))
                .isEqualTo(41_745_408);
        assertThat(parameters(MapperConfig.standard(MapperKind.TRANSFORMER, 640, 40, 768)))
                .isEqualTo(57_520_128);
        assertThat(parameters(MapperConfig.standard(MapperKind.CLIPCAP_XAI, 512, 10, 768)))
                .isEqualTo(63_018_240);
    }

    @ParameterizedTest
    @EnumSource
    void kindAndSizesFollowFromNamesAndShapes(MapperKind kind) {
        MapperConfig config = MapperConfig.standard(kind, 6, 3, 16).withHeads(kind == MapperKind.TRANSFORMER ? 4 : 1);
        if (kind == MapperKind.TRANSFORMER) {
            config = config.withClipLength(2).withLayers(3).withHidden(20);
        }
        MapperWeights weights = MapperWeights.random(config, 1);
        List<Tensor> published = new ArrayList<>();
        weights.published().forEach(tensor -> published.add(tensor.as(DType.F16)));
        Path file = folder.resolve("mapper.safetensors");
        Safetensors.write(file, published, Map.of());

        MapperWeights read = MapperWeights.read(file, new MapperWeights.Untold(EmbeddingScale.RAW, Optional.of(16), 4));
        assertThat(read.config()).isEqualTo(config);
        assertThat(read.script()).hasSameSizeAs(weights.script());
        assertThat(MapperWeights.random(config, 1)
                        .tensors()
                        .tensor(lastName(weights))
                        .toFloats())
                .isEqualTo(weights.tensors().tensor(lastName(weights)).toFloats());
    }

    @Test
    void namesWhatIsMissingOrLeftOver() {
        MapperWeights weights = MapperWeights.random(MapperConfig.standard(MapperKind.MLP, 6, 3, 16), 1);
        List<Tensor> tensors = new ArrayList<>();
        weights.published()
                .filtered(name -> !name.equals("clip_project.model.2.bias"))
                .forEach(tensors::add);
        tensors.add(Tensor.ofFloats("vision.weight", new float[2], 2));

        assertRefused(tensors, new MapperWeights.Untold(EmbeddingScale.RAW, Optional.of(16), 8))
                .hasMessageContaining("missing: model.2.bias")
                .hasMessageContaining("left over: beside the mapper: vision.weight");
    }

    @Test
    void saysWhatNoShapeTells() {
        List<Tensor> mlp = new ArrayList<>();
        MapperWeights.random(MapperConfig.standard(MapperKind.MLP, 6, 3, 16), 1)
                .published()
                .forEach(mlp::add);
        assertRefused(mlp, RAW).hasMessageContaining("nothing tells the width of its language model's embeddings");

        List<Tensor> transformer = new ArrayList<>();
        MapperWeights.random(
                        MapperConfig.standard(MapperKind.TRANSFORMER, 6, 3, 16).withHeads(4), 1)
                .published()
                .forEach(transformer::add);
        assertRefused(transformer, new MapperWeights.Untold(EmbeddingScale.RAW, Optional.empty(), 5))
                .hasMessageContaining("5 heads do not divide its width of 16");
        assertRefused(List.of(Tensor.ofFloats("clip_project.bert.weight", new float[2], 2)), RAW)
                .hasMessageContaining("it holds none of the mappers linear, mlp, transformer, clipcap-xai");
    }

    private AbstractThrowableAssert<?, ?> assertRefused(List<Tensor> tensors, MapperWeights.Untold untold) {
        Path file = folder.resolve("mapper.safetensors");
        Safetensors.write(file, tensors, Map.of());
        return assertThatThrownBy(() -> MapperWeights.read(file, untold))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("mapper.safetensors");
    }

    private static String lastName(MapperWeights weights) {
        List<String> names = List.copyOf(weights.tensors().names());
        return names.get(names.size() - 1);
    }

    private static long parameters(MapperConfig config) {
        return MapperNames.shapes(config).values().stream()
                .mapToLong(shape -> Arrays.stream(shape).reduce(1, Math::multiplyExact))
                .sum();
    }
}
