package io.blemish.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pickles and archives that want more than to be read: each is refused in one line, before anything comes of it. */
class TestHostilePickle {
    private static final String OVERFLOW = "the shape, stride or offset of tensor a overflows";

    @TempDir
    private Path folder;

    static Stream<Arguments> programs() {
        return Stream.of(
                Arguments.of(
                        "its pickle asks for os.system, which is not part of a state dict",
                        program().global("os", "system").text("touch owned").ops(0x85, 'R')),
                Arguments.of("its pickle asks for builtins.eval", program().global("builtins", "eval")),
                Arguments.of("its pickle asks for torch.load", program().global("torch", "load")),
                Arguments.of(
                        "its pickle asks for torch.DoubleStorage", program().global("torch", "DoubleStorage")),
                Arguments.of(
                        "its pickle asks for collections.OrderedDict.__class__",
                        program().global("collections", "OrderedDict.__class__")),
                Arguments.of(
                        "has the opcode 0x93",
                        program().text("os").text("system").ops(0x93)),
                Arguments.of("has the opcode 0x69", program().ops('i').text("os")),
                Arguments.of("has the opcode 0x6f", program().ops('(').text("x").ops('o')),
                Arguments.of("has the opcode 0x81", program().ops(')', ')', 0x81)),
                Arguments.of("has the opcode 0x82", program().ops(0x82, 1)),
                Arguments.of("has the opcode 0x49", program().ops('I', '1', '\n')),
                Arguments.of(
                        "its pickle calls torch.FloatStorage",
                        program().global("torch", "FloatStorage").ops(')', 'R')),
                Arguments.of(
                        "its pickle calls something that is not a function",
                        program().text("x").ops(')', 'R')),
                Arguments.of(
                        "its pickle calls something that is not a function",
                        ordered().text("x").ops('R')),
                Arguments.of(
                        "its pickle calls OrderedDict with arguments",
                        program()
                                .global("collections", "OrderedDict")
                                .numbers(1)
                                .ops('R')),
                Arguments.of(
                        "its pickle calls _rebuild_tensor_v2 with other arguments",
                        program().global("torch._utils", "_rebuild_tensor_v2").ops(')', 'R')),
                Arguments.of(
                        "its pickle calls _rebuild_parameter with other arguments",
                        program()
                                .global("torch._utils", "_rebuild_parameter")
                                .numbers(1, 2, 3)
                                .ops('R')),
                Arguments.of(
                        "its pickle sets attributes of an object", program().ops('}', '}', 'b')),
                Arguments.of(
                        "its pickle sets attributes of an object",
                        ordered().ops('}').text("__class__").ops('N', 's', 'b')),
                Arguments.of(
                        "its pickle sets attributes of an object",
                        program().tensor(2, 0, new long[] {2}, new long[] {1}).ops('}', 'b')),
                Arguments.of(
                        "its pickle recalls the value 7, which it never kept",
                        program().ops('h', 7)),
                Arguments.of(
                        "its pickle recalls the value 4294967295", program().ops('j', 255, 255, 255, 255)),
                Arguments.of(
                        "its pickle takes a value that is not there", program().ops('q', 0)),
                Arguments.of(
                        "its pickle takes a value that is not there", program().ops('(', 'q', 0)),
                Arguments.of(
                        "its pickle takes a value that is not there", program().ops('(', 0x85)),
                Arguments.of(
                        "its pickle takes a value that is not there", program().ops(0x87)),
                Arguments.of("its pickle takes a value that is not there", program()),
                Arguments.of(
                        "its pickle looks for a mark that is not there",
                        program().ops('t')),
                Arguments.of(
                        "its pickle takes a value that is not there", program().ops('(', 'u')),
                Arguments.of(
                        "its pickle fills something that is not a dict",
                        program().ops('}', '(', 'N', 'u')),
                Arguments.of("a key of its pickle is not text", program().ops('}', 'N', 'N', 's')),
                Arguments.of(
                        "its pickle holds a twice",
                        program().ops('}', '(').text("a").ops('N').text("a").ops('N', 'u')),
                Arguments.of("its pickle leaves more than one value", program().ops('}', '}')),
                Arguments.of("its pickle goes on after its end", program().ops('}', '.', 'N')),
                Arguments.of("its pickle is not a dict of tensors", program().ops(')')),
                Arguments.of("its pickle has an integer of 255 bytes", program().ops(0x8A, 255)),
                Arguments.of("its pickle ends too early", program().ops('X', 255, 255, 255, 255)),
                Arguments.of("its pickle ends too early", program().ops('c', 'o', 's')),
                Arguments.of(
                        "its entry a is not a tensor",
                        program().ops('}').text("a").ops('}', 's')),
                Arguments.of(
                        "its entry a is not a tensor",
                        program().ops('}', 'q', 0).text("a").ops('h', 0, 's')),
                badId(program().text("storage").ops('Q')),
                badId(program().numbers(1, 2, 3, 4, 5).ops('Q')),
                badId(program().storage("FloatStorage", "../0", 2)),
                badId(program().storage("FloatStorage", "", 2)),
                badId(program().storage("FloatStorage", "0", -1)),
                badId(idOf("module", "torch", "FloatStorage")),
                badId(idOf("storage", "collections", "OrderedDict")),
                tensor("the storage of tensor a has 8 bytes instead of 12", 3, 0, new long[] {3}, new long[] {1}),
                tensor("tensor a reaches beyond its storage", 2, 1, new long[] {2}, new long[] {1}),
                tensor("tensor a reaches beyond its storage", 2, -1, new long[] {2}, new long[] {1}),
                tensor("tensor a reaches beyond its storage", 2, 0, new long[] {2}, new long[] {2}),
                tensor("tensor a has a negative stride", 2, 1, new long[] {2}, new long[] {-1}),
                tensor("tensor a has not one stride for each axis", 2, 0, new long[] {2}, new long[] {}),
                tensor("its tensors are larger than the file", 2, 0, new long[] {1 << 20}, new long[] {0}),
                tensor("tensor a exceeds 2 GiB", 2, 0, new long[] {1L << 40}, new long[] {0}),
                tensor(OVERFLOW, 2, 0, new long[] {1L << 62, 1L << 62}, new long[] {0, 0}),
                tensor(OVERFLOW, 2, 0, new long[] {-2}, new long[] {1}),
                tensor(OVERFLOW, 2, Long.MAX_VALUE, new long[] {2}, new long[] {1}),
                tensor("a shape or stride in its pickle has 65 axes", 2, 0, ones(65), ones(65)),
                tensor("a shape or stride in its pickle has 65 axes", 2, 0, new long[] {2}, ones(65)),
                Arguments.of(
                        "its pickle takes more than 4000000 steps", program().ops(new int[4_000_001])));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void refusesTheProgram(String cause, PickleProgram program) throws IOException {
        byte[] pickle = program.done();
        // A program of zeros stands for one that only ever pushes.
        for (int i = 2; pickle.length > 4_000_000 && i < pickle.length - 1; i++) {
            pickle[i] = 'N';
        }

        assertRefused(PickleProgram.zip(PickleProgram.entries(pickle, 8), ZipEntry.STORED), cause);
    }

    @Test
    void refusesOtherProtocols() throws IOException {
        byte[] pickle = program().ops('}').done();
        pickle[1] = 4;

        assertRefused(
                PickleProgram.zip(PickleProgram.entries(pickle, 8), ZipEntry.STORED),
                "its pickle is not of protocol 2");
    }

    @Test
    void refusesTextThatWouldBreakTheLine() throws IOException {
        byte[] pickle = program().global("os\u001b[2J\r", "system").done();

        assertRefused(
                PickleProgram.zip(PickleProgram.entries(pickle, 8), ZipEntry.STORED),
                "its pickle asks for os?[2J?.system");
    }

    @Test
    void refusesArchivesThatTorchDoesNotWrite() throws IOException {
        byte[] pickle = program().ops('}').done();
        assertRefused(
                PickleProgram.zip(PickleProgram.entries(pickle, 1 << 20), ZipEntry.DEFLATED),
                "its entry m/data.pkl is compressed, as PyTorch never does");
        assertRefused(with(pickle, "../evil"), "its entry ../evil does not lie below one folder");
        assertRefused(with(pickle, "m/../../evil"), "its entry m/../../evil does not lie below one folder");
        assertRefused(with(pickle, "/etc/evil"), "its entry /etc/evil does not lie below one folder");
        assertRefused(with(pickle, "m/a\\evil"), "its entry m/a\\evil does not lie below one folder");
        assertRefused(with(pickle, "evil"), "its entry evil does not lie below one folder");
        assertRefused(with(pickle, "other/data.pkl"), "its entries lie below two folders, m and other");
        assertRefused(
                PickleProgram.zip(Map.of("m/version", new byte[2]), ZipEntry.STORED),
                "it is a zip archive without data.pkl");
        Map<String, byte[]> bigEndian = PickleProgram.entries(pickle, 8);
        bigEndian.put("m/byteorder", "big".getBytes(UTF_8));
        assertRefused(PickleProgram.zip(bigEndian, ZipEntry.STORED), "its tensors are not little-endian");
    }

    /** The same bytes under many names: a small file that claims to be a large one. */
    @Test
    void refusesOverlappingEntries() throws IOException {
        byte[] zip = PickleProgram.zip(PickleProgram.entries(program().ops('}').done(), 4000), ZipEntry.STORED);
        // The central directory's lines for data/0 and version: make the second claim the first one's place and size.
        int first = indexOf(zip, "m/data/0", indexOf(zip, "PK\1\2", 0)) - 46;
        int second = indexOf(zip, "m/version", first) - 46;
        System.arraycopy(zip, first + 20, zip, second + 20, 8);
        System.arraycopy(zip, first + 42, zip, second + 42, 4);

        assertRefused(zip, "longer than the file allows");
    }

    private void assertRefused(byte[] content, String cause) throws IOException {
        Path file = Files.write(folder.resolve("pytorch_model.bin"), content);

        assertThatThrownBy(() -> StateDict.read(file))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot read " + file + ": ")
                .hasMessageContaining(cause)
                .message()
                .doesNotContain("\n", "\r");
    }

    private static PickleProgram program() {
        return new PickleProgram();
    }

    private static PickleProgram ordered() {
        return program().global("collections", "OrderedDict").ops(')', 'R');
    }

    private static PickleProgram idOf(String kind, String module, String type) {
        PickleProgram program = program().ops('(').text(kind).global(module, type);
        return program.text("0").text("cpu").number(2).ops('t', 'Q');
    }

    private static Arguments badId(PickleProgram program) {
        return Arguments.of("its pickle names a storage in a way that PyTorch does not", program);
    }

    private static Arguments tensor(String cause, long elements, long offset, long[] shape, long[] strides) {
        return Arguments.of(
                cause,
                program()
                        .ops('}')
                        .text("a")
                        .tensor(elements, offset, shape, strides)
                        .ops('s'));
    }

    private static long[] ones(int count) {
        long[] ones = new long[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static byte[] with(byte[] pickle, String name) {
        Map<String, byte[]> entries = PickleProgram.entries(pickle, 8);
        entries.put(name, new byte[1]);
        return PickleProgram.zip(entries, ZipEntry.STORED);
    }

    private static int indexOf(byte[] bytes, String text, int from) {
        byte[] wanted = text.getBytes(UTF_8);
        int at = from;
        while (!Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
            at++;
        }
        return at;
    }
}
