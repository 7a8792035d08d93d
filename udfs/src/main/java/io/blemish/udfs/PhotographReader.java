package io.blemish.udfs;

import io.blemish.error.InternalException;
import io.blemish.image.ImageRejectedException;
import io.blemish.image.RejectCode;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskKilledException;

/**
 * Reads photographs that a warehouse keeps by reference, and makes sure that they are still the ones that were
 * ingested.
 */
public final class PhotographReader {
    private final Configuration hadoop;
    private final long maxBytes;

    /**
     * A reader of any file system that Hadoop is configured for.
     *
     * @param maxBytes longer files are not read
     */
    public PhotographReader(Configuration hadoop, long maxBytes) {
        this.hadoop = hadoop;
        this.maxBytes = maxBytes;
    }

    /**
     * The bytes of the file; a fault of the storage is tried three times.
     *
     * @param imageId SHA-256 that they must have, in hexadecimal
     * @throws ImageRejectedException {@code unreadable} when they cannot be had, {@code changed} when they are others
     * @throws TaskKilledException when the thread is interrupted
     */
    public byte[] read(String uri, String imageId) throws ImageRejectedException {
        byte[] content = read(uri);
        String found = HexFormat.of().formatHex(sha256().digest(content));
        if (!found.equals(imageId)) {
            throw new ImageRejectedException(RejectCode.CHANGED, "the file now has SHA-256 " + found);
        }
        return content;
    }

    /**
     * The bytes of a file of any content, such as a mask; a fault of the storage is tried three times.
     *
     * @throws ImageRejectedException {@code unreadable} when they cannot be had, {@code changed} when they are too many
     * @throws TaskKilledException when the thread is interrupted
     */
    public byte[] read(String uri) throws ImageRejectedException {
        try {
            return StoredFile.read(new Path(URI.create(uri)), maxBytes, hadoop);
        } catch (StoredFile.TooLongException e) {
            throw new ImageRejectedException(
                    RejectCode.CHANGED, "the file is now longer than " + maxBytes + " bytes", e);
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    private static ImageRejectedException unreadable(Exception cause) {
        return new ImageRejectedException(RejectCode.UNREADABLE, "the file cannot be read (" + cause + ")", cause);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new InternalException("This Java has no SHA-256", e);
        }
    }
}
