package io.blemish.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.InternalException;
import io.blemish.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestStateDict {
    private static final Path FILE = Path.of("model.safetensors");
    private static final StateDict DICT = StateDict.of(List.of(
            Tensor.ofFloats("a", new float[] {1, 2}, 2),
            Tensor.ofFloats("b", new float[] {3}, 1),
            Tensor.ofLongs("position_ids", new long[] {0}, 1)));

    @TempDir
    private Path folder;

    @Test
    void keepsExactlyWhatIsExpected() {
        Map<String, long[]> expected = Map.of("a", new long[] {2}, "b", new long[] {1});

        StateDict kept = DICT.requireExactly(FILE, expected, "position_ids"::equals);

        assertThat(kept.names()).containsExactly("a", "b");
    }

    @Test
    void listsEveryDifferenceInOneLine() {
        Map<String, long[]> expected = new LinkedHashMap<>();
        expected.put("a", new long[] {2, 3});
        expected.put("c", new long[] {1});
        expected.put("d", new long[] {1});
        expected.put("position_ids", new long[] {1});

        assertThatThrownBy(() -> DICT.requireExactly(FILE, expected, name -> false))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot use the weights of model.safetensors: they do not fit the model that its"
                        + " configuration describes: missing: c, d; left over: b; wrong shape: a [2] instead of [2,3];"
                        + " wrong type: position_ids I64 instead of a floating-point type. Use a configuration and"
                        + " weights that belong together.");
    }

    @Test
    void shortensLongLists() {
        Map<String, long[]> expected = new LinkedHashMap<>();
        for (int i = 0; i < 14; i++) {
            expected.put("t" + i, new long[] {1});
        }

        assertThatThrownBy(() -> DICT.requireExactly(FILE, expected, name -> true))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("missing: t0, t1, t2, t3, t4, t5, t6, t7, t8, t9 and 4 more. ");
    }

    @Test
    void renames() {
        StateDict renamed = DICT.renamed(name -> "model." + name);

        assertThat(renamed.names()).containsExactly("model.a", "model.b", "model.position_ids");
        assertThat(renamed.tensor("model.a").toFloats()).containsExactly(1, 2);
        assertThatThrownBy(() -> DICT.renamed(name -> "same"))
                .isInstanceOf(InternalException.class)
                .hasMessage("Two tensors are named same");
        assertThatThrownBy(() -> DICT.tensor("z"))
                .isInstanceOf(InternalException.class)
                .hasMessage("No tensor is named z among the 3 at hand");
    }

    @Test
    void readsByContentNotByName() throws IOException {
        Path disguised = Files.copy(Fixtures.file("checkpoint/mixed.bin"), folder.resolve("model.safetensors"));
        Path other = Files.copy(Fixtures.file("checkpoint/mixed.safetensors"), folder.resolve("model.bin"));

        assertThat(StateDict.read(disguised).size()).isEqualTo(16);
        assertThat(StateDict.read(other).size()).isEqualTo(16);
    }

    @Test
    void saysWhatAnotherFileIs() throws IOException {
        String lfs = "version https://git-lfs.github.com/spec/v1\noid sha256:0\n";
        Path pointer = Files.writeString(folder.resolve("lfs"), lfs);
        Path text = Files.writeString(folder.resolve("text"), "weights");
        Path empty = Files.createFile(folder.resolve("empty"));

        assertThatThrownBy(() -> StateDict.read(pointer))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("it is a Git LFS pointer, not the weights themselves");
        assertThatThrownBy(() -> StateDict.read(text))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("its first bytes are neither those of safetensors nor of a PyTorch archive");
        assertThatThrownBy(() -> StateDict.read(empty))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("its first bytes are neither");
        assertThatThrownBy(() -> StateDict.read(folder.resolve("absent")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> StateDict.read(folder))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("it is a folder");
        assertThatThrownBy(() -> StateDict.read(Fixtures.file("checkpoint/before-1.6.bin")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("it was written by PyTorch before version 1.6, or in its old format");
    }
}
