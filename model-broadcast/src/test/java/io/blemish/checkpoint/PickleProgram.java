package io.blemish.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes pickles by hand, honest ones and others, and the zip around them. */
final class PickleProgram {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    PickleProgram() {
        ops(0x80, 2);
    }

    PickleProgram ops(int... opcodes) {
        for (int opcode : opcodes) {
            bytes.write(opcode);
        }
        return this;
    }

    PickleProgram global(String module, String name) {
        bytes.writeBytes(("c" + module + "\n" + name + "\n").getBytes(UTF_8));
        return this;
    }

    PickleProgram text(String value) {
        byte[] utf8 = value.getBytes(UTF_8);
        ops('X');
        bytes.writeBytes(little(4).putInt(utf8.length).array());
        bytes.writeBytes(utf8);
        return this;
    }

    PickleProgram number(long value) {
        ops(0x8A, 8);
        bytes.writeBytes(little(8).putLong(value).array());
        return this;
    }

    PickleProgram numbers(long... values) {
        ops('(');
        for (long value : values) {
            number(value);
        }
        return ops('t');
    }

    /** Pushes a storage by its persistent id. */
    PickleProgram storage(String type, String key, long elements) {
        ops('(').text("storage").global("torch", type).text(key).text("cpu").number(elements);
        return ops('t', 'Q');
    }

    /** Pushes a tensor over the storage 0 of so many floats. */
    PickleProgram tensor(long elements, long offset, long[] shape, long[] strides) {
        global("torch._utils", "_rebuild_tensor_v2").ops('(').storage("FloatStorage", "0", elements);
        number(offset).numbers(shape).numbers(strides).ops(0x89).global("collections", "OrderedDict");
        return ops(')', 'R', 't', 'R');
    }

    byte[] done() {
        return ops('.').bytes.toByteArray();
    }

    /** The entries of an archive with that pickle and one storage of zeros. */
    static Map<String, byte[]> entries(byte[] pickle, int storageBytes) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("m/data.pkl", pickle);
        entries.put("m/byteorder", "little".getBytes(UTF_8));
        entries.put("m/data/0", new byte[storageBytes]);
        entries.put("m/version", "3\n".getBytes(UTF_8));
        return entries;
    }

    static byte[] zip(Map<String, byte[]> entries, int method) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> content : entries.entrySet()) {
                CRC32 checksum = new CRC32();
                checksum.update(content.getValue());
                ZipEntry entry = new ZipEntry(content.getKey());
                entry.setMethod(method);
                entry.setSize(content.getValue().length);
                entry.setCrc(checksum.getValue());
                zip.putNextEntry(entry);
                zip.write(content.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
