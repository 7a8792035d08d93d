package io.blemish.udfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.image.ImageRejectedException;
import io.blemish.image.RejectCode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.TaskKilledException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPhotographReader {
    private static final byte[] CONTENT = "abc".getBytes(StandardCharsets.UTF_8);
    private static final String SHA256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private final Configuration hadoop = new Configuration(false);
    private final PhotographReader reader = new PhotographReader(hadoop, 100);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.write(folder.resolve("a photo, 100% #1.jpg"), CONTENT);
    }

    @Test
    void unchangedFileIsRead() throws ImageRejectedException {
        assertThat(reader.read(file.toUri().toString(), SHA256)).isEqualTo(CONTENT);
    }

    @Test
    void changedFileIsRejected() throws IOException {
        Files.writeString(file, "abd");

        assertRejected(RejectCode.CHANGED, () -> reader.read(file.toUri().toString(), SHA256));
    }

    @Test
    void grownFileIsRejectedWithoutReadingItAll() throws IOException {
        Files.write(file, new byte[101]);

        assertRejected(RejectCode.CHANGED, () -> reader.read(file.toUri().toString(), SHA256));
    }

    @Test
    void vanishedFileIsRejected() throws IOException {
        Files.delete(file);

        assertRejected(RejectCode.UNREADABLE, () -> reader.read(file.toUri().toString(), SHA256));
    }

    @Test
    void nonsenseIsRejected() {
        assertRejected(RejectCode.UNREADABLE, () -> reader.read("nosuchscheme://x/y", SHA256));
        assertRejected(RejectCode.UNREADABLE, () -> reader.read("file:/a b", SHA256));
    }

    @Test
    void nameThatHadoopsChecksumsDoNotAdmitIsRead() throws Exception {
        Path timed = Files.write(folder.resolve("shot 10:30.jpg"), CONTENT);

        assertThat(reader.read(timed.toUri().toString(), SHA256)).isEqualTo(CONTENT);
    }

    @Test
    void passingFaultIsTriedAgain() throws ImageRejectedException {
        String uri = failing(new SocketTimeoutException("Read timed out"), new IOException("connection reset"));

        assertThat(reader.read(uri, SHA256)).isEqualTo(CONTENT);
    }

    @Test
    void storageThatNeverAnswersIsAFaultOfTheFile() {
        SocketTimeoutException fault = new SocketTimeoutException("Read timed out");
        String uri = failing(fault, fault, fault);

        assertRejected(RejectCode.UNREADABLE, () -> reader.read(uri, SHA256));
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void interruptEndsTheTask() {
        String uri = failing(new InterruptedIOException());

        assertThatThrownBy(() -> reader.read(uri, SHA256))
                .isInstanceOfSatisfying(
                        TaskKilledException.class,
                        e -> assertThat(e.reason()).isEqualTo("interrupted while reading " + uri));
        assertThat(Thread.interrupted()).isTrue();
    }

    /** The file's URI in a file system that throws these, one at each opening, before it opens the file. */
    private String failing(IOException... faults) {
        hadoop.set("fs.failing.impl", FailingFileSystem.class.getName());
        FailingFileSystem.FAULTS.clear();
        FailingFileSystem.FAULTS.addAll(List.of(faults));
        return "failing:" + file.toUri().getRawPath();
    }

    /** The local disk under the scheme {@code failing}. */
    public static final class FailingFileSystem extends RawLocalFileSystem {
        private static final Deque<IOException> FAULTS = new ArrayDeque<>();

        @Override
        public URI getUri() {
            return URI.create("failing:///");
        }

        @Override
        public FSDataInputStream open(org.apache.hadoop.fs.Path path, int bufferSize) throws IOException {
            if (!FAULTS.isEmpty()) {
                throw FAULTS.remove();
            }
            return super.open(path, bufferSize);
        }
    }

    private static void assertRejected(RejectCode code, ThrowingCallable read) {
        assertThatThrownBy(read)
                .isInstanceOfSatisfying(
                        ImageRejectedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
