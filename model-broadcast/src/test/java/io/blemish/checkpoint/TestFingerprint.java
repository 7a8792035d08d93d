package io.blemish.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestFingerprint {
    private static final Tensor A = Tensor.ofFloats("a", new float[] {1, 2}, 2);
    private static final Tensor B = Tensor.ofFloats("b", new float[] {3}, 1);

    @Test
    void hashesBytes() {
        assertThat(Fingerprint.sha256("abc".getBytes(UTF_8)))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
                .isEqualTo(Fingerprint.sha256("a".getBytes(UTF_8), "bc".getBytes(UTF_8)));
    }

    /** Stored ids stay valid only while this value does. */
    @Test
    void isStable() throws IOException {
        String hex = new Fingerprint()
                .tensors(List.of(A, B))
                .json("config", json("{\"layers\": 2}"))
                .value("precision", "bf16")
                .hex();

        assertThat(hex).isEqualTo("a6316a40f3c21cbb01fa63b7380c9ef25ea4ba3a3582c14c9beefcb6cbf702b9");
    }

    @Test
    void orderOfTensorsAndKeysDoesNotMatter() throws IOException {
        assertThat(weights(A, B)).isEqualTo(weights(B, A));
        assertThat(config("{\"a\": {\"x\": 1, \"y\": [1, 2]}, \"b\": 2}"))
                .isEqualTo(config("{\"b\":2,\"a\":{\"y\":[1,2],\"x\":1}}"));
    }

    @Test
    void everythingElseMatters() throws IOException {
        assertThat(List.of(
                        weights(A, B),
                        weights(A),
                        weights(A, B.named("c")),
                        weights(A.reshaped(1, 2), B),
                        weights(A.as(DType.BF16), B),
                        weights(Tensor.ofFloats("a", new float[] {1, 2.5f}, 2), B),
                        config("{\"a\": [1, 2]}"),
                        config("{\"a\": [2, 1]}"),
                        config("{\"a\": 1}"),
                        new Fingerprint().value("a", "bc").hex(),
                        new Fingerprint().value("ab", "c").hex(),
                        new Fingerprint().value("a", "b").value("c", "").hex()))
                .doesNotHaveDuplicates()
                .allMatch(hex -> hex.matches("[0-9a-f]{64}"));
    }

    private static String weights(Tensor... tensors) {
        return new Fingerprint().tensors(List.of(tensors)).hex();
    }

    private static String config(String text) throws IOException {
        return new Fingerprint().json("config", json(text)).hex();
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
