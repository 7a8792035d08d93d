package io.blemish.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.blemish.checkpoint.Precision;
import io.blemish.checkpoint.StateDict;
import io.blemish.error.UserException;
import io.blemish.explain.Method;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Relevance summed over more blocks than the last; autograd's values are made by {@code clip/relevance_blocks.py}. */
class TestRelevanceBlocks {
    private static final int PATCHES = 16;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"quick_gelu, 2", "quick_gelu, 3", "gelu, 2", "gelu, 3"})
    void equalsAutograd(String activation, int blocks) throws IOException {
        Golden golden = Golden.tiny(activation);
        float[] expected = StateDict.read(golden.folder().resolve("relevance_blocks.safetensors"))
                .tensor("relevance_" + blocks)
                .toFloats();

        float[] maps = byText(golden, inspected(golden, blocks, EnumSet.allOf(Method.class)));

        assertThat(Golden.relativeError(maps, expected)).isLessThan(1e-4);
    }

    /** Grad-CAM belongs to the last block, and scores know nothing of maps. */
    @Test
    void changesNothingElse() throws IOException {
        Golden golden = Golden.tiny("gelu");
        Set<Method> both = EnumSet.of(Method.RELEVANCE, Method.GRADCAM);

        VisionOutput one = inspected(golden, 1, both);
        VisionOutput three = inspected(golden, 3, both);

        assertThat(three.embeddings()).isDeepEqualTo(one.embeddings());
        assertThat(three.maps().get(Method.GRADCAM)).isDeepEqualTo(one.maps().get(Method.GRADCAM));
        assertThat(three.maps().get(Method.RELEVANCE)).isNotEqualTo(one.maps().get(Method.RELEVANCE));
    }

    /** Warehouses must not mix maps of both kinds under one encoder_id. */
    @Test
    void isPartOfTheFingerprintAndOfTheConfiguration() throws IOException {
        ClipConfig config = Clip.open(checkpoint(Golden.tiny("gelu"), 2)).config();

        assertThat(config.canonical()).endsWith(" relevance 2");
        assertThat(config.toJson().at("/vision_config/relevance_blocks").asInt())
                .isEqualTo(2);
        assertThat(Golden.tiny("gelu").clip().config().canonical()).doesNotContain("relevance");
    }

    @Test
    void thereMustBeThatMany() throws IOException {
        Path four = checkpoint(Golden.tiny("gelu"), 4);

        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> Clip.open(four))
                .withMessageContaining("relevance is to be summed over 4 of 3 blocks");
    }

    private VisionOutput inspected(Golden golden, int blocks, Set<Method> methods) throws IOException {
        try (Clip clip = Clip.open(checkpoint(golden, blocks));
                ClipVisionEncoder encoder = Golden.encoder(clip, Precision.FP32)) {
            DescriptionMatrix texts = golden.descriptions();
            return encoder.inspectNormalised(
                    golden.floats("pixel_values"), texts, clip.logitScale(), texts.descriptions(), methods);
        }
    }

    private Path checkpoint(Golden golden, int blocks) throws IOException {
        Path copy = Files.createDirectories(folder.resolve("blocks-" + blocks));
        try (var files = Files.list(golden.folder())) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        ObjectMapper mapper = new ObjectMapper();
        Path config = copy.resolve("config.json");
        ObjectNode json = (ObjectNode) mapper.readTree(config.toFile());
        json.withObject("vision_config").put("relevance_blocks", blocks);
        mapper.writeValue(config.toFile(), json);
        return copy;
    }

    /** The maps in the order of the texts; ours stand in the order of their similarity. */
    private static float[] byText(Golden golden, VisionOutput output) {
        int texts = golden.descriptions().descriptions();
        float[] all = new float[output.top().length * texts * PATCHES];
        for (int image = 0; image < output.top().length; image++) {
            for (int rank = 0; rank < texts; rank++) {
                float[] map = output.maps().get(Method.RELEVANCE)[image][rank];
                System.arraycopy(map, 0, all, (image * texts + output.top()[image][rank]) * PATCHES, PATCHES);
            }
        }
        return all;
    }
}
