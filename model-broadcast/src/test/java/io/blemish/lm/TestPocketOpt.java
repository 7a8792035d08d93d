package io.blemish.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.blemish.checkpoint.OptTokenizer;
import io.blemish.checkpoint.StateDict;
import io.blemish.checkpoint.Tensor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pocket OPT as transformers sees it: {@code benchmarks/pocket_parity.py}. */
class TestPocketOpt {
    private static final Path FOLDER = Path.of("pocket", "opt");
    private static final float TOLERANCE = 1e-3f;
    private static final long MOST_BYTES = 2 << 20;

    @Test
    void givesTheIdsAndLogitsOfTransformers() throws IOException {
        JsonNode golden = new ObjectMapper().readTree(resource("opt.json").toFile());
        StateDict numbers = StateDict.read(resource("opt.safetensors"));
        try (Opt opt = Opt.open(FOLDER);
                OptTokenizer tokenizer = opt.tokenizer()) {
            for (int i = 0; i < golden.get("texts").size(); i++) {
                String text = golden.get("texts").get(i).asText();
                long[] ids = tokenizer.encode(text);
                assertThat(ids)
                        .as(text)
                        .isEqualTo(new ObjectMapper()
                                .convertValue(golden.get("ids").get(i), long[].class));
                if (numbers.contains("logits_" + i)) {
                    assertClose(opt.logits(ids), numbers.tensor("logits_" + i));
                }
            }
            assertThat(numbers.names()).hasSizeGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void fitsIntoAPocket() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThan(MOST_BYTES);
        }
    }

    private static void assertClose(float[][] ours, Tensor theirs) {
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
            return Path.of(TestPocketOpt.class.getResource("/pocket/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
