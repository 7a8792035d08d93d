package io.blemish.train;

import io.blemish.error.InternalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Decoded square pictures of one size in a temporary file, which the operating system keeps in memory as far as there
 * is room. May be used by several threads at once.
 */
public final class PixelCache implements AutoCloseable {
    private final int side;
    private final FileChannel file;

    private PixelCache(int side, FileChannel file) {
        this.side = side;
        this.file = file;
    }

    /** An empty cache of pictures of that side. */
    public static PixelCache create(int side) {
        try {
            Path path = Files.createTempFile("pixels", ".cache");
            return new PixelCache(
                    side,
                    FileChannel.open(
                            path,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep pictures in the folder for temporary files", e);
        }
    }

    /** Side of the pictures in pixels. */
    public int side() {
        return side;
    }

    /** Samples of one picture: {@code 3 × side × side}. */
    public int bytes() {
        return 3 * side * side;
    }

    /** Keeps a picture under a number: red, green and blue plane, each by rows. */
    public void write(int picture, byte[] planes) {
        ByteBuffer buffer = ByteBuffer.wrap(planes, 0, bytes());
        long position = (long) picture * bytes();
        try {
            while (buffer.hasRemaining()) {
                position += file.write(buffer, position);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep pictures in the folder for temporary files", e);
        }
    }

    /** Reads the picture of that number. */
    public void read(int picture, byte[] planes) {
        ByteBuffer buffer = ByteBuffer.wrap(planes, 0, bytes());
        long position = (long) picture * bytes();
        try {
            while (buffer.hasRemaining()) {
                int read = file.read(buffer, position);
                if (read < 0) {
                    throw new InternalException("The cache of pictures has no picture " + picture);
                }
                position += read;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the pictures in the folder for temporary files", e);
        }
    }

    /** Deletes the file. */
    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete the pictures in the folder for temporary files", e);
        }
    }
}
