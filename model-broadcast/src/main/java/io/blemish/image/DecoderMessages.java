package io.blemish.image;

import io.blemish.error.InternalException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * What {@link DecoderProcess} and its child say to each other: the options once, to which the child answers that it is
 * ready, then one answer to each request. Numbers are big endian; bytes and strings follow their length. Pixels come
 * last in their answer and are read apart, after their size is known.
 */
final class DecoderMessages {
    private static final byte DECODED = 0;
    private static final byte REJECTED = 1;
    private static final byte FAULT = 2;
    private static final byte READY = 3;

    private DecoderMessages() {}

    /** An image to decode. */
    record Request(int targetSide, byte[] content) {}

    /** A decoded image without its pixels, which are {@code height × width × 3} bytes. */
    record Decoded(
            ImageHeader header, int sourceWidth, int sourceHeight, Optional<String> warning, int width, int height) {
        long bytes() {
            return 3L * width * height;
        }

        DecodedImage with(byte[] rgb) {
            return new DecodedImage(new RgbImage(width, height, rgb), header, sourceWidth, sourceHeight, warning);
        }
    }

    static void writeOptions(DataOutputStream target, DecodeOptions options) throws IOException {
        writeText(target, options.orientation().name());
        writeText(target, options.mode().name());
        DecodeLimits limits = options.limits();
        target.writeLong(limits.maxBytes());
        target.writeLong(limits.maxPixels());
        target.writeInt(limits.maxSide());
        target.writeDouble(limits.maxAspect());
        target.writeLong(limits.maxTime().toNanos());
    }

    static DecodeOptions readOptions(DataInputStream source) throws IOException {
        Orientation orientation = Orientation.valueOf(readText(source));
        DecodeMode mode = DecodeMode.valueOf(readText(source));
        long maxBytes = source.readLong();
        long maxPixels = source.readLong();
        int maxSide = source.readInt();
        double maxAspect = source.readDouble();
        Duration maxTime = Duration.ofNanos(source.readLong());
        return new DecodeOptions(orientation, mode, new DecodeLimits(maxBytes, maxPixels, maxSide, maxAspect, maxTime));
    }

    static void writeReady(DataOutputStream target) throws IOException {
        target.writeByte(READY);
        target.flush();
    }

    static void readReady(DataInputStream source) throws IOException {
        byte kind = source.readByte();
        if (kind != READY) {
            throw new IOException("The child began with " + kind);
        }
    }

    static void writeRequest(DataOutputStream target, Request request) throws IOException {
        target.writeInt(request.targetSide());
        target.writeInt(request.content().length);
        target.write(request.content());
        target.flush();
    }

    /** The next request, or none after the last. */
    static Optional<Request> readRequest(DataInputStream source) throws IOException {
        int targetSide;
        try {
            targetSide = source.readInt();
        } catch (EOFException e) {
            return Optional.empty();
        }

        return Optional.of(new Request(targetSide, readBytes(source, source.readInt())));
    }

    static void writeDecoded(DataOutputStream target, DecodedImage image) throws IOException {
        target.writeByte(DECODED);
        ImageHeader header = image.header();
        writeText(target, header.format());
        target.writeInt(header.width());
        target.writeInt(header.height());
        target.writeInt(header.orientation());
        target.writeInt(image.sourceWidth());
        target.writeInt(image.sourceHeight());
        target.writeBoolean(image.warning().isPresent());
        writeText(target, image.warning().orElse(""));
        target.writeInt(image.pixels().width());
        target.writeInt(image.pixels().height());
        target.write(image.pixels().rgb());
        target.flush();
    }

    static void writeRejected(DataOutputStream target, ImageRejectedException rejection) throws IOException {
        target.writeByte(REJECTED);
        writeText(target, rejection.code().name());
        writeText(target, rejection.getMessage());
        target.flush();
    }

    static void writeFault(DataOutputStream target, Throwable fault) throws IOException {
        target.writeByte(FAULT);
        writeText(target, fault.toString());
        target.flush();
    }

    /** The answer, its pixels still unread; a rejection or a fault of the decoder is thrown. */
    static Decoded readAnswer(DataInputStream source) throws IOException, ImageRejectedException {
        byte kind = source.readByte();
        if (kind == REJECTED) {
            throw new ImageRejectedException(RejectCode.valueOf(readText(source)), readText(source));
        }

        if (kind == FAULT) {
            throw new InternalException("The decoder failed in its own process: " + readText(source));
        }

        ImageHeader header = new ImageHeader(readText(source), source.readInt(), source.readInt(), source.readInt());
        int sourceWidth = source.readInt();
        int sourceHeight = source.readInt();
        boolean warned = source.readBoolean();
        String warning = readText(source);
        return new Decoded(
                header,
                sourceWidth,
                sourceHeight,
                warned ? Optional.of(warning) : Optional.empty(),
                source.readInt(),
                source.readInt());
    }

    static byte[] readBytes(DataInputStream source, int length) throws IOException {
        byte[] bytes = new byte[length];
        source.readFully(bytes);
        return bytes;
    }

    private static void writeText(DataOutputStream target, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        target.writeInt(bytes.length);
        target.write(bytes);
    }

    private static String readText(DataInputStream source) throws IOException {
        return new String(readBytes(source, source.readInt()), StandardCharsets.UTF_8);
    }
}
