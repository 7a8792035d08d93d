package io.blemish.caption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.blemish.checkpoint.Precision;
import io.blemish.checkpoint.Tensor;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class TestPrefixMapper {
    private static final String KINDS = "io.blemish.caption.MapperGolden#KINDS";

    private final MapperGolden golden = MapperGolden.tiny();

    @ParameterizedTest
    @FieldSource(KINDS)
    void prefixesAreThoseOfPyTorch(MapperKind kind) {
        assertParity(golden, kind);
    }

    @ParameterizedTest
    @FieldSource(KINDS)
    void prefixesAreThoseOfPyTorchAtFullSize(MapperKind kind) {
        assertParity(MapperGolden.fullSize(), kind);
    }

    @ParameterizedTest
    @FieldSource(KINDS)
    void halfPrecisionIsNear(MapperKind kind) {
        try (PrefixMapper mapper = PrefixMapper.of(golden.weights(kind), Precision.BF16)) {
            assertClose(mapper.prefixes(golden.embeddings()), golden.values().tensor(MapperGolden.name(kind)), 5e-2);
        }
    }

    /** More embeddings than a batch, in every number that leaves another rest. */
    @ParameterizedTest
    @FieldSource(KINDS)
    void oneAloneIsAsAmongMany(MapperKind kind) {
        SplittableRandom random = new SplittableRandom(4);
        float[][] many = new float[70][40];
        for (float[] row : many) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) random.nextGaussian();
            }
        }
        try (PrefixMapper mapper = PrefixMapper.of(golden.weights(kind), Precision.FP32)) {
            float[][][] together = mapper.prefixes(many);
            assertThat(together).hasDimensions(70, 5);
            for (int i : new int[] {0, 3, 63, 64, 69}) {
                float[] alone = flat(mapper.prefixes(new float[][] {many[i]}));
                assertThat(flat(new float[][][] {together[i]})).containsExactly(alone, within(1e-5f));
            }
            assertThat(mapper.prefixes(new float[0][])).isEmpty();
        }
    }

    @Test
    void lengthOfAnEmbeddingMattersOnlyIfItIsKept() {
        float[][] embeddings = golden.embeddings();
        float[][] longer = Arrays.stream(embeddings)
                .map(row -> {
                    float[] scaled = row.clone();
                    for (int i = 0; i < scaled.length; i++) {
                        scaled[i] *= 3;
                    }
                    return scaled;
                })
                .toArray(float[][]::new);
        MapperWeights raw = golden.weights(MapperKind.MLP);
        MapperWeights unit = MapperWeights.ofScript(raw.config().withScale(EmbeddingScale.UNIT), raw.script());
        try (PrefixMapper keeps = PrefixMapper.of(raw, Precision.FP32);
                PrefixMapper drops = PrefixMapper.of(unit, Precision.FP32)) {
            assertThat(flat(drops.prefixes(longer))).containsExactly(flat(drops.prefixes(embeddings)), within(1e-5f));
            assertThat(flat(keeps.prefixes(longer))).isNotEqualTo(flat(keeps.prefixes(embeddings)));
        }
    }

    @Test
    void refusesEmbeddingsOfAnotherWidth() {
        try (PrefixMapper mapper = PrefixMapper.of(golden.weights(MapperKind.MLP), Precision.FP32)) {
            assertThatThrownBy(() -> mapper.prefixes(new float[][] {new float[41]}))
                    .hasMessage("The mapper takes embeddings of 40 numbers, not of 41");
        }
    }

    private static void assertParity(MapperGolden golden, MapperKind kind) {
        try (PrefixMapper mapper = PrefixMapper.of(golden.weights(kind), Precision.FP32)) {
            assertClose(mapper.prefixes(golden.embeddings()), golden.values().tensor(MapperGolden.name(kind)), 1e-4);
        }
    }

    static void assertClose(float[][][] actual, Tensor expected, double tolerance) {
        float[] values = expected.toFloats();
        float[] found = flat(actual);
        assertThat(found).hasSameSizeAs(values);
        double difference = 0;
        double size = 0;
        for (int i = 0; i < values.length; i++) {
            difference += Math.pow(found[i] - values[i], 2);
            size += Math.pow(values[i], 2);
        }
        assertThat(Math.sqrt(difference / size)).isLessThan(tolerance);
    }

    static float[] flat(float[][][] cube) {
        int width = cube[0][0].length;
        float[] flat = new float[cube.length * cube[0].length * width];
        int at = 0;
        for (float[][] rows : cube) {
            for (float[] row : rows) {
                System.arraycopy(row, 0, flat, at, width);
                at += width;
            }
        }
        return flat;
    }
}
