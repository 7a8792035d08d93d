package io.blemish.broadcast;

import static java.util.Objects.requireNonNull;

import io.blemish.error.InternalException;
import io.blemish.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/**
 * A model that the driver has published to the executors: a small serializable handle on {@code Broadcast<byte[]>}
 * pieces.
 *
 * <p>Pieces of at most 64 MiB keep clear of the 2 GiB that one array holds, and executors fetch them from each other.
 * The handle travels in closures; the bytes do not. An executor writes them to a file piece by piece and compares its
 * SHA-256 with the driver's. Spark may evict pieces to its
 * local disks.
 */
public final class ModelBroadcast implements Serializable, AutoCloseable {
    /** The largest piece, in bytes. */
    public static final int PIECE_BYTES = 64 << 20;

    private static final long serialVersionUID = 1L;

    private final String fingerprint;
    private final String sha256;
    private final long length;
    private final ArrayList<Broadcast<byte[]>> pieces;
    private final transient boolean publisher;

    ModelBroadcast(String fingerprint, String sha256, long length, List<Broadcast<byte[]>> pieces) {
        this.fingerprint = requireNonNull(fingerprint, "fingerprint is null");
        this.sha256 = requireNonNull(sha256, "sha256 is null");
        this.length = length;
        this.pieces = new ArrayList<>(pieces);
        this.publisher = true;
    }

    /**
     * Publishes a packed model that lies in a file of the driver.
     *
     * @param fingerprint identifies the model: executors hold one model for each device and fingerprint
     */
    public static ModelBroadcast publish(SparkSession spark, String fingerprint, Path file) {
        if (!Files.isReadable(file)) {
            throw UserException.cannot("publish a model", "its file cannot be read (" + file + ")", "Check the path");
        }

        return publish(spark, fingerprint, target -> Files.copy(file, target));
    }

    /** Publishes a packed model while it is being written: the driver never holds a file of it. */
    public static ModelBroadcast publish(SparkSession spark, String fingerprint, ModelWriter writer) {
        return publish(spark, fingerprint, writer, PIECE_BYTES);
    }

    static ModelBroadcast publish(SparkSession spark, String fingerprint, ModelWriter writer, int pieceBytes) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        List<Broadcast<byte[]>> pieces = new ArrayList<>();
        MessageDigest digest = sha256Digest();
        boolean complete = false;
        try {
            PieceStream stream = new PieceStream(pieceBytes, piece -> pieces.add(context.broadcast(piece)));
            try (stream;
                    OutputStream target = new DigestOutputStream(stream, digest)) {
                writer.writeTo(target);
            }

            complete = true;
            return new ModelBroadcast(fingerprint, hex(digest), stream.length(), pieces);
        } catch (IOException e) {
            throw new InternalException("The model " + fingerprint + " could not be packed for the executors", e);
        } finally {
            if (!complete) {
                // No task knows these pieces, so nothing can still be reading them.
                pieces.forEach(Broadcast::destroy);
            }
        }
    }

    /** What identifies the model, as given when it was published. */
    public String fingerprint() {
        return fingerprint;
    }

    /** SHA-256 of the packed model, hex. */
    public String sha256() {
        return sha256;
    }

    /** Length of the packed model in bytes. */
    public long length() {
        return length;
    }

    /** Number of broadcast pieces. */
    public int pieces() {
        return pieces.size();
    }

    /**
     * Takes the pieces away from all executors; for the driver, at the end of a run. A task that still runs, or an
     * executor that joins late, fetches them from the driver again: pieces are unpersisted and not destroyed, which
     * would fail such tasks. Spark's cleaner frees the driver's own copy when this handle is no longer reachable.
     */
    @Override
    public void close() {
        if (!publisher) {
            throw new InternalException("The broadcast of model " + fingerprint
                    + " was closed by a task: only the driver that published it may take it away");
        }

        pieces.forEach(Broadcast::unpersist);
    }

    /**
     * Writes the model to a new file that only this user can read, and checks it.
     *
     * @return the file, which the caller deletes
     * @throws InternalException if the file does not have the SHA-256 that the driver computed, or cannot be written
     */
    Path materialise(Path directory) {
        try {
            Path file = Files.createTempFile(
                    directory,
                    "blemish-model-",
                    ".pt",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            boolean complete = false;
            try {
                write(file);
                check(file);
                complete = true;
                return file;
            } finally {
                if (!complete) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new InternalException(
                    "The model " + fingerprint + " (" + length + " bytes) could not be written to " + directory, e);
        }
    }

    private void write(Path file) throws IOException {
        try (OutputStream target = Files.newOutputStream(file)) {
            for (Broadcast<byte[]> piece : pieces) {
                target.write(piece.value());
            }
        }
    }

    private void check(Path file) throws IOException {
        MessageDigest digest = sha256Digest();
        try (InputStream source = new DigestInputStream(Files.newInputStream(file), digest)) {
            source.transferTo(OutputStream.nullOutputStream());
        }

        String found = hex(digest);
        if (!found.equals(sha256)) {
            throw new InternalException("The model " + fingerprint + " arrived damaged: its file has SHA-256 " + found
                    + " (" + Files.size(file) + " bytes) where the driver sent " + sha256 + " (" + length + " bytes)");
        }
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new InternalException("This Java has no SHA-256", e);
        }
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public String toString() {
        return "model " + fingerprint + " (" + length + " bytes in " + pieces.size() + " pieces)";
    }
}
