package io.blemish.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestMappedFile {
    @TempDir
    private Path folder;

    @Test
    void windowsShowTheFileWhereverSegmentsEnd() throws IOException {
        byte[] content = new byte[1000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) i;
        }
        Path file = Files.write(folder.resolve("f"), content);

        try (MappedFile mapped = MappedFile.open(file, 64)) {
            assertThat(mapped.size()).isEqualTo(1000);
            for (int offset : new int[] {0, 60, 64, 3, 999, 700, 690, 1000}) {
                for (int length : new int[] {0, 1, 10, 200}) {
                    ByteBuffer window = mapped.window(offset, Math.min(length, 1000 - offset));
                    for (int i = 0; window.hasRemaining(); i++) {
                        assertThat(window.get()).isEqualTo((byte) (offset + i));
                    }
                }
            }
        }
    }

    @Test
    void windowsOutliveTheFile() throws IOException {
        Path file = Files.write(folder.resolve("f"), new byte[] {5, 6});
        ByteBuffer window;
        try (MappedFile mapped = MappedFile.open(file)) {
            window = mapped.window(1, 1);
        }

        assertThat(window.get()).isEqualTo((byte) 6);
    }
}
