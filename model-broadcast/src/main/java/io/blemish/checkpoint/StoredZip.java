package io.blemish.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip of uncompressed entries whose data begin at multiples of 64 bytes, as libtorch maps them best, and whose bytes
 * depend on the entries alone.
 */
final class StoredZip implements AutoCloseable {
    private static final int ALIGNMENT = 64;
    private static final int LOCAL_HEADER = 30;
    private static final int EXTRA_HEADER = 4;
    /** The tag under which PyTorch hides its padding. */
    private static final short PADDING_TAG = 0x4246;

    private static final int CHUNK = 1 << 16;
    /** Not the first day of the format, for which Java would add a second, time-zone dependent time. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final Counter counter;
    private final ZipOutputStream zip;

    StoredZip(OutputStream out) {
        this.counter = new Counter(out);
        this.zip = new ZipOutputStream(counter, UTF_8);
    }

    void entry(String name, ByteBuffer content) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(content.duplicate());
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.remaining());
        entry.setCrc(checksum.getValue());
        entry.setTimeLocal(TIME);
        entry.setExtra(padding(counter.count + LOCAL_HEADER + name.getBytes(UTF_8).length));
        zip.putNextEntry(entry);
        copy(content.duplicate());
        zip.closeEntry();
    }

    /** Completes the archive and returns its length in bytes. */
    long finish() throws IOException {
        zip.finish();
        return counter.count;
    }

    /** Releases the zip's own memory; the caller's stream stays open. */
    @Override
    public void close() throws IOException {
        zip.close();
    }

    private void copy(ByteBuffer content) throws IOException {
        byte[] chunk = new byte[Math.min(CHUNK, content.remaining())];
        while (content.hasRemaining()) {
            int length = Math.min(chunk.length, content.remaining());
            content.get(chunk, 0, length);
            zip.write(chunk, 0, length);
        }
    }

    private static byte[] padding(long headerEnd) {
        int fill = (int) Math.floorMod(-(headerEnd + EXTRA_HEADER), (long) ALIGNMENT);
        return ByteBuffer.allocate(EXTRA_HEADER + fill)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(PADDING_TAG)
                .putShort((short) fill)
                .array();
    }

    private static final class Counter extends FilterOutputStream {
        private long count;

        Counter(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count += length;
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
