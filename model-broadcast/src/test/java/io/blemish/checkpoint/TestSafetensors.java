package io.blemish.checkpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestSafetensors {
    @TempDir
    private Path folder;

    @Test
    void readsWhatTheReferenceImplementationWrites() {
        StateDict dict = Safetensors.read(Fixtures.file("checkpoint/mixed.safetensors"));

        assertThat(dict.size()).isEqualTo(16);
        assertThat(dict.tensor("f32").shape()).containsExactly(2, 3);
        assertThat(dict.tensor("f16").dtype()).isEqualTo(DType.F16);
        assertThat(dict.tensor("bf16").as(DType.F32).toFloats()[0])
                .isCloseTo(dict.tensor("f32").toFloats()[0], Percentage.withPercentage(0.4));
        assertThat(dict.tensor("i64").data().getLong(8)).isEqualTo(1L << 40);
        assertThat(dict.tensor("bool").data().get(2)).isEqualTo((byte) 1);
        assertThat(dict.tensor("scalar").rank()).isZero();
        assertThat(dict.tensor("empty").shape()).containsExactly(0, 4);
    }

    @Test
    void writesWhatItReads() throws IOException {
        Path original = Fixtures.file("checkpoint/mixed.safetensors");
        List<Tensor> tensors = new ArrayList<>();
        Safetensors.read(original).forEach(tensors::add);
        Path copy = folder.resolve("copy.safetensors");

        Safetensors.write(copy, tensors, Map.of("made", "by test"));

        StateDict read = Safetensors.read(copy);
        assertThat(read.names())
                .containsExactlyInAnyOrderElementsOf(Safetensors.read(original).names());
        for (Tensor tensor : tensors) {
            assertThat(read.tensor(tensor.name()).dtype()).isEqualTo(tensor.dtype());
            assertThat(read.tensor(tensor.name()).shape()).isEqualTo(tensor.shape());
            assertThat(Fixtures.bytes(read.tensor(tensor.name()))).isEqualTo(Fixtures.bytes(tensor));
        }
    }

    @Test
    void replacesTheFileThatItsTensorsComeFrom() {
        Path file = folder.resolve("model.safetensors");
        Safetensors.write(file, List.of(Tensor.ofFloats("a", new float[] {1, 2}, 2)), Map.of());
        Tensor mapped = Safetensors.read(file).tensor("a");

        Safetensors.write(file, List.of(mapped.named("b"), mapped.named("c")), Map.of());

        assertThat(Safetensors.read(file).tensor("c").toFloats()).containsExactly(1, 2);
        assertThat(folder).isDirectoryNotContaining("glob:**.partial");
    }

    @Test
    void readsFilesBeyondTwoGibibytes() throws IOException {
        long half = 1_500_000_000L;
        String json = "{\"a\":{\"dtype\":\"U8\",\"shape\":[1500000000],\"data_offsets\":[0,1500000000]},"
                + "\"b\":{\"dtype\":\"U8\",\"shape\":[1500000000],\"data_offsets\":[1500000000,3000000000]}}";
        Path file = folder.resolve("large.safetensors");
        Files.write(file, withHeader(json.length(), json, 0));
        long start = Files.size(file);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(start + 2 * half);
            sparse.seek(start + 2 * half - 1);
            sparse.write(42);
        }

        StateDict dict = Safetensors.read(file);

        assertThat(dict.tensor("b").data().get((int) half - 1)).isEqualTo((byte) 42);
        assertThat(dict.tensor("a").data().get((int) half - 1)).isZero();
    }

    /** Here {@code F32 s @ o} is short for an entry with that shape and those offsets; the data are 8 bytes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':F32 [2] @ [0,8],'a':F32 [2] @ [0,8]} | Duplicate field 'a'",
                "{'a':{'dtype':'F32','dtype':'F32','shape':[2],'data_offsets':[0,8]}} | Duplicate field 'dtype'",
                "{'a':F32 [2] @ [0,4]} | tensor a has 4 bytes, but its shape and type need 8",
                "{'a':F32 [1] @ [0,4]} | its tensors end at byte 4 of the data, but there are 8 bytes",
                "{'a':F32 [3] @ [0,12]} | its tensors end at byte 12 of the data, but there are 8 bytes",
                "{'a':F32 [1] @ [4,8]} | tensor a leaves a hole before it: it begins at byte 4 instead of 0",
                "{'a':F32 [1] @ [0,4],'b':F32 [2] @ [0,8]} | tensor b overlaps the one before it: it begins at byte 0",
                "{'a':F32 [2] @ [8,0]} | tensor a leaves a hole before it",
                "{'a':F32 [2] @ [0,-8]} | the data_offsets of tensor a holds -8",
                "{'a':F32 [-2] @ [0,8]} | the shape of tensor a holds -2",
                "{'a':F32 [4611686018427387904,4] @ [0,8]} | the shape of tensor a overflows",
                "{'a':F32 [99999999999999999999] @ [0,8]} | the shape of tensor a holds 99999999999999999999",
                "{'a':F32 [2.0] @ [0,8]} | the shape of tensor a holds something that is not a whole number",
                "{'a':F32 2 @ [0,8]} | the shape of tensor a is not an array",
                "{'a':F32 [2] @ [0,4,8]} | tensor a has 3 data_offsets instead of 2",
                "{'a':{'dtype':'F8_E4M3','shape':[8],'data_offsets':[0,8]}} | tensor a has the type F8_E4M3",
                "{'a':{'dtype':'F32','shape':[2]}} | tensor a lacks dtype, shape or data_offsets",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8],'code':'x'}} | tensor a has the unknown key code",
                "{'a':7} | the header's entry a is not an object",
                "{'__metadata__':{'a':7}} | its __metadata__ holds more than strings",
                "{'__metadata__':{}} | its tensors end at byte 0 of the data, but there are 8 bytes",
                "{'a':F32 [2] @ [0,8] | its header is not the JSON that it should be",
                "{'a':F32 [2] @ [0,8]} {} | its header goes on after its end",
                "[] | its header does not start with {",
                "` {}` | its header does not start with {",
            })
    void refusesAHeaderThatBreaksARule(String header, String cause) throws IOException {
        String json = header.replaceAll("F32 (\\S+) @ (\\[[^]]*])", "{'dtype':'F32','shape':$1,'data_offsets':$2}")
                .replace('\'', '"');

        assertRefused(withHeader(json.getBytes(UTF_8).length, json, 8), cause);
    }

    @Test
    void refusesALengthThatCannotBe() throws IOException {
        assertRefused(new byte[] {1, 2, 3}, "it has only 3 bytes");
        assertRefused(withHeader(3, "{}", 0), "its header claims 3 bytes, but the file has 10");
        assertRefused(withHeader(100_000_001, "{}", 0), "its header claims 100000001 bytes, more than 100000000");
        assertRefused(withHeader(-1, "{}", 0), "its header claims 18446744073709551615 bytes");
        assertRefused(withHeader(1L << 32, "{}", 0), "its header claims 4294967296 bytes");
        assertRefused(withHeader(0, "", 0), "its header does not start with {");
    }

    @Test
    void refusesTextThatIsNotUtf8() throws IOException {
        String header = "{\"a\u00ff\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(withHeader(header.length(), "", 0));
        file.writeBytes(header.getBytes(ISO_8859_1));
        file.writeBytes(new byte[8]);

        assertRefused(file.toByteArray(), "its header is not UTF-8");
    }

    @Test
    void aNameCannotBreakTheLine() throws IOException {
        String json = "{\"a\\n\\u001b[2Jb\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}";

        assertRefused(withHeader(json.length(), json, 8), "tensor a??[2Jb has 4 bytes");
    }

    @Test
    void admitsPaddingAndAnEmptyModel() throws IOException {
        Path file = folder.resolve("empty.safetensors");
        Files.write(file, withHeader(8, "{}      ", 0));

        assertThat(Safetensors.read(file).size()).isZero();
    }

    private void assertRefused(byte[] content, String cause) throws IOException {
        Path file = Files.write(folder.resolve("model.safetensors"), content);

        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot read " + file + ": ")
                .hasMessageContaining(cause)
                .message()
                .doesNotContain("\n");
    }

    private static byte[] withHeader(long claimed, String json, int dataBytes) {
        byte[] text = json.getBytes(UTF_8);
        return ByteBuffer.allocate(Long.BYTES + text.length + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(claimed)
                .put(text)
                .array();
    }
}
