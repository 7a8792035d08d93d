package io.blemish.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.blemish.checkpoint.Precision;
import io.blemish.checkpoint.StateDict;
import io.blemish.checkpoint.Tensor;
import io.blemish.checkpoint.Tokenizer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pocket CLIP as transformers sees it: {@code benchmarks/pocket_parity.py}. */
class TestPocketClip {
    private static final Path FOLDER = Path.of("pocket", "clip");
    private static final float TOLERANCE = 1e-3f;
    private static final long MOST_BYTES = 10 << 20;

    @TempDir
    private Path temporary;

    @Test
    void givesTheIdsAndEmbeddingsOfTransformers() throws IOException {
        JsonNode golden = new ObjectMapper().readTree(resource("clip.json").toFile());
        StateDict numbers = StateDict.read(resource("clip.safetensors"));
        try (Clip clip = Clip.open(FOLDER)) {
            assertRows(clip.textEncoder().embed(ids(clip, golden)), numbers.tensor("text_embeds"));
            Path archive = temporary.resolve("vision.pt");
            clip.writeVision(archive, Precision.FP32);
            try (ClipVisionEncoder encoder = ClipVisionEncoder.load(archive, "cpu")) {
                byte[] pixels = bytes(numbers.tensor("pixels"));
                int images = pixels.length / (3 * encoder.side() * encoder.side());
                PixelBatch batch = new PixelBatch(pixels, images, encoder.side());
                assertRows(encoder.embed(batch), numbers.tensor("image_embeds"));
            }
        }
    }

    @Test
    void fitsIntoAPocket() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThan(MOST_BYTES);
        }
    }

    private static List<long[]> ids(Clip clip, JsonNode golden) {
        List<long[]> all = new ArrayList<>();
        try (Tokenizer tokenizer = clip.tokenizer()) {
            for (int i = 0; i < golden.get("texts").size(); i++) {
                String text = golden.get("texts").get(i).asText();
                long[] ids = tokenizer.encode(text);
                assertThat(ids)
                        .as(text)
                        .isEqualTo(new ObjectMapper()
                                .convertValue(golden.get("ids").get(i), long[].class));
                all.add(ids);
            }
        }
        return all;
    }

    private static byte[] bytes(Tensor tensor) {
        byte[] bytes = new byte[tensor.data().remaining()];
        tensor.data().duplicate().get(bytes);
        return bytes;
    }

    private static void assertRows(float[][] ours, Tensor theirs) {
        float[] all = theirs.toFloats();
        assertThat(theirs.shape()).containsExactly(ours.length, ours[0].length);
        for (int row = 0; row < ours.length; row++) {
            for (int i = 0; i < ours[row].length; i++) {
                assertThat(ours[row][i]).isCloseTo(all[row * ours[row].length + i], within(TOLERANCE));
            }
        }
    }

    private static Path resource(String name) {
        try {
            return Path.of(TestPocketClip.class.getResource("/pocket/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
