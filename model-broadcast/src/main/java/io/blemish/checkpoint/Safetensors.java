package io.blemish.checkpoint;

import io.blemish.checkpoint.SafetensorsHeader.Entry;
import io.blemish.error.UserException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The safetensors format: the header's length as a little-endian 64-bit number, a JSON header, then the tensors' bytes.
 *
 * <p>The reader is as strict as the reference implementation (huggingface/safetensors, {@code tensor.rs}): at most
 * 100,000,000 bytes of header, which starts with a brace, is UTF-8 and names no tensor twice; offsets that begin at 0
 * and leave neither hole nor overlap and end with the file; as many bytes as shape and type say. The tensors are
 * windows into the mapped file, so reading costs no heap, and files of any size work while each tensor stays below
 * 2 GiB.
 */
public final class Safetensors {
    static final long MAX_HEADER = 100_000_000;

    private Safetensors() {}

    /**
     * The tensors of a file, in the order of their bytes.
     *
     * @throws UserException one line that names the file, and the tensor where there is one, if a rule of the format is
     *     broken
     */
    public static StateDict read(Path file) {
        try (MappedFile mapped = MappedFile.open(file)) {
            return tensors(mapped);
        } catch (MalformedFileException e) {
            throw UserException.cannot(
                    "read " + file, e.getMessage(), "Fetch the file again; if it stays so, do not trust its source", e);
        }
    }

    /**
     * Writes a file that any reader of the format accepts, larger element types first, then by name. An existing file
     * is replaced only when the new one is complete.
     *
     * @param metadata kept in the header as {@code __metadata__}; may be empty
     */
    public static void write(Path file, Collection<Tensor> tensors, Map<String, String> metadata) {
        SafetensorsWriter.write(file, tensors, metadata);
    }

    private static StateDict tensors(MappedFile file) throws MalformedFileException {
        long headerLength = headerLength(file);
        List<Entry> entries = SafetensorsHeader.parse(header(file, headerLength));
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));

        long dataStart = Long.BYTES + headerLength;
        requireContiguous(entries, file.size() - dataStart);
        List<Tensor> tensors = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            ByteBuffer data = file.window(dataStart + entry.begin(), entry.end() - entry.begin());
            tensors.add(new Tensor(entry.name(), entry.dtype(), entry.shape(), data));
        }

        return StateDict.of(tensors);
    }

    private static long headerLength(MappedFile file) throws MalformedFileException {
        if (file.size() < Long.BYTES) {
            throw new MalformedFileException("it has only " + file.size() + " bytes");
        }

        long length = file.window(0, Long.BYTES).getLong();
        if (length < 0 || length > MAX_HEADER) {
            throw new MalformedFileException(
                    "its header claims " + Long.toUnsignedString(length) + " bytes, more than " + MAX_HEADER);
        }
        if (length > file.size() - Long.BYTES) {
            throw new MalformedFileException("its header claims " + length + " bytes, but the file has " + file.size());
        }

        return length;
    }

    private static String header(MappedFile file, long length) throws MalformedFileException {
        ByteBuffer bytes = file.window(Long.BYTES, length);
        if (length == 0 || bytes.get(0) != '{') {
            throw new MalformedFileException("its header does not start with {");
        }

        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedFileException("its header is not UTF-8");
        }
    }

    private static void requireContiguous(List<Entry> entries, long available) throws MalformedFileException {
        long end = 0;
        for (Entry entry : entries) {
            if (entry.begin() != end) {
                String what = entry.begin() > end ? "leaves a hole before it" : "overlaps the one before it";
                throw new MalformedFileException("tensor " + entry.name() + " " + what + ": it begins at byte "
                        + entry.begin() + " instead of " + end);
            }
            requireLength(entry);
            end = entry.end();
        }
        if (end != available) {
            throw new MalformedFileException(
                    "its tensors end at byte " + end + " of the data, but there are " + available + " bytes");
        }
    }

    private static void requireLength(Entry entry) throws MalformedFileException {
        long length = entry.end() - entry.begin();
        long expected;
        try {
            expected = Shapes.byteLength(entry.shape(), entry.dtype());
        } catch (ArithmeticException e) {
            throw new MalformedFileException("the shape of tensor " + entry.name() + " overflows");
        }
        String what = "tensor " + entry.name() + " has " + length + " bytes";
        if (length != expected) {
            throw new MalformedFileException(what + ", but its shape and type need " + expected);
        }
        if (length > Shapes.MAX_BYTES) {
            throw new MalformedFileException(what + "; 2 GiB is the limit");
        }
    }
}
