package io.blemish.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTorchPickle {
    private static final Path MIXED = Fixtures.file("checkpoint/mixed.bin");

    @TempDir
    private Path folder;

    /** Each type, a transposed weight, a column, the last rows, tied tensors, a parameter, a scalar, an empty one. */
    @Test
    void readsWhatTorchHasSavedAsSafetensorsHasIt() {
        StateDict golden = Safetensors.read(Fixtures.file("checkpoint/mixed.safetensors"));

        StateDict read = TorchPickle.read(MIXED);

        assertThat(read.names()).containsExactlyInAnyOrderElementsOf(golden.names());
        for (Tensor tensor : read) {
            Tensor expected = golden.tensor(tensor.name());
            assertThat(tensor.dtype()).as(tensor.name()).isEqualTo(expected.dtype());
            assertThat(tensor.shape()).as(tensor.name()).isEqualTo(expected.shape());
            assertThat(Fixtures.bytes(tensor)).as(tensor.name()).isEqualTo(Fixtures.bytes(expected));
        }
    }

    @Test
    void contiguousTensorsAreWindowsIntoTheFile() {
        StateDict read = TorchPickle.read(MIXED);

        assertThat(read.tensor("tied_a").data().isDirect()).isTrue();
        assertThat(read.tensor("rows").data().isDirect()).isTrue();
        assertThat(read.tensor("transposed").data().isDirect()).isFalse();
    }

    @Test
    void readsAHandWrittenDict() throws IOException {
        PickleProgram program = new PickleProgram().ops('}').text("a");
        byte[] pickle = program.tensor(6, 2, new long[] {2, 2}, new long[] {2, 1})
                .ops('s')
                .done();
        Path file = Files.write(
                folder.resolve("m.bin"), PickleProgram.zip(PickleProgram.entries(pickle, 24), ZipEntry.STORED));

        assertThat(TorchPickle.read(file).tensor("a").shape()).containsExactly(2, 2);
    }

    @Test
    void tellsAProgramFromWeights() {
        assertThatThrownBy(() -> TorchPickle.read(Fixtures.file("checkpoint/program.pt")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("it is a TorchScript program, and programs of others are never run");
    }

    /** A damaged file gives a refusal in one line or a state dict, never another exception. */
    @Test
    void survivesDamage() throws IOException {
        byte[] whole = Files.readAllBytes(MIXED);
        Path file = folder.resolve("damaged.bin");
        for (int seed = 0; seed < 1000; seed++) {
            Random random = new Random(seed);
            byte[] damaged = whole.clone();
            for (int i = 0; i <= random.nextInt(4); i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, damaged);

            readOrRefuse(file, "seed " + seed);
        }
    }

    @Test
    void survivesCutting() throws IOException {
        byte[] whole = Files.readAllBytes(MIXED);
        for (int length = 0; length < whole.length; length += 7) {
            Path file = Files.write(folder.resolve("cut.bin"), Arrays.copyOf(whole, length));

            assertThatThrownBy(() -> TorchPickle.read(file))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("it is not a whole zip archive");
        }
    }

    private static void readOrRefuse(Path file, String description) {
        try {
            assertThat(TorchPickle.read(file).names()).isNotNull();
        } catch (UserException e) {
            assertThat(e.getMessage())
                    .as(description)
                    .startsWith("Cannot read ")
                    .doesNotContain("\n");
        }
    }
}
