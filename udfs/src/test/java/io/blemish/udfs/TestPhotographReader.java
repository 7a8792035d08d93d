package io.blemish.udfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.image.ImageRejectedException;
import io.blemish.image.RejectCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPhotographReader {
    private static final byte[] CONTENT = "abc".getBytes(StandardCharsets.UTF_8);
    private static final String SHA256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private final PhotographReader reader = new PhotographReader(new Configuration(false), 100);

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

    private static void assertRejected(RejectCode code, ThrowingCallable read) {
        assertThatThrownBy(read)
                .isInstanceOfSatisfying(
                        ImageRejectedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
