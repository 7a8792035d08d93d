package io.blemish.jobs;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.blemish.jobs.ingest.FaultyFileSystem;
import io.blemish.tables.FilesTable;
import io.blemish.tables.ImagesTable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an ingest does when the storage misbehaves, and what it asks of a storage that behaves. */
class TestIngestFaults extends CommandLineTest {
    @BeforeEach
    void install() {
        FaultyFileSystem.install(spark.sparkContext().hadoopConfiguration());
        Pictures.jpeg(photos().resolve("sound.jpg"), 1);
        Pictures.jpeg(photos().resolve("odd.jpg"), 2);
    }

    private Outcome ingest(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("ingest", "--from", "faulty:" + photos(), "--warehouse", warehouse()));
        arguments.addAll(List.of(more));
        return blemish(arguments.toArray(String[]::new));
    }

    private String codeOf(String name) {
        Row row = rows(FilesTable.DEFINITION)
                .filter(col("uri").endsWith(name))
                .orderBy(col("ingested_at").desc())
                .head();
        return row.<String>getAs("status").equals("ok") ? "ok" : row.getAs("reject_code");
    }

    @Test
    void everyFileIsReadOnceAndCopiedFilesOnceMore() {
        assertThat(ingest().code()).isZero();
        assertThat(FaultyFileSystem.opened()).as("by reference").containsExactlyInAnyOrder("odd.jpg", "sound.jpg");
        assertThat(ingest().code()).isZero();
        assertThat(FaultyFileSystem.opened()).as("a second run").hasSize(2);
        Pictures.jpeg(photos().resolve("new.jpg"), 3);
        Pictures.jpeg(photos().resolve("twin of sound.jpg"), 1);
        assertThat(ingest("--copy").code()).isZero();
        assertThat(FaultyFileSystem.opened().subList(2, 5))
                .as("copied")
                .containsExactlyInAnyOrder("new.jpg", "new.jpg", "twin of sound.jpg");
        assertThat(FaultyFileSystem.opened()).hasSize(5);
    }

    @Test
    void vanishedFileIsMissing() {
        FaultyFileSystem.breakFile("odd.jpg", (file, opening) -> {
            throw new FileNotFoundException(file.toString());
        });
        assertThat(ingest().code()).isEqualTo(3);
        assertThat(codeOf("odd.jpg")).isEqualTo("missing");
        assertThat(codeOf("sound.jpg")).isEqualTo("ok");
    }

    @Test
    void passingFaultIsTriedAgain() {
        FaultyFileSystem.breakFile("odd.jpg", (file, opening) -> {
            if (opening < 3) {
                throw new IOException("connection reset");
            }
        });
        assertThat(ingest().code()).isZero();
        assertThat(codeOf("odd.jpg")).isEqualTo("ok");
    }

    @Test
    void storageThatDoesNotAnswerIsAFaultOfTheFile() {
        FaultyFileSystem.breakFile("odd.jpg", (file, opening) -> {
            throw new SocketTimeoutException("Read timed out");
        });
        assertThat(ingest().code()).isEqualTo(3);
        assertThat(codeOf("odd.jpg")).isEqualTo("unreadable");
        assertThat(codeOf("sound.jpg")).isEqualTo("ok");
        assertThat(FaultyFileSystem.opened()).filteredOn("odd.jpg"::equals).hasSize(3);
    }

    @Test
    void thirdAttemptDecodesInAnotherProcess() {
        FaultyFileSystem.breakFile("odd.jpg", (file, opening) -> {
            if (opening < 3) {
                throw new IllegalStateException("the decoder took its process with it");
            }
        });
        Pictures.write(photos().resolve("broken.jpg"), new byte[] {1, 2, 3});
        assertThat(ingest("--max-rejected", "1").code()).isZero();
        assertThat(codeOf("odd.jpg")).isEqualTo("ok");
        assertThat(codeOf("broken.jpg")).isEqualTo("not_an_image");
    }

    @Test
    void unreadableFileIsTriedByTheNextRun() {
        FaultyFileSystem.breakFile("odd.jpg", (file, opening) -> {
            throw new AccessControlException("not yours");
        });
        assertThat(ingest().code()).isEqualTo(3);
        assertThat(codeOf("odd.jpg")).isEqualTo("unreadable");
        FaultyFileSystem.mend();
        assertThat(ingest().code()).isZero();
        assertThat(codeOf("odd.jpg")).isEqualTo("ok");
        assertThat(rows(ImagesTable.DEFINITION).count()).isEqualTo(2);
    }

    @Test
    void fileThatChangesBetweenTheReadsHasNoImage() {
        FaultyFileSystem.breakFile("odd.jpg", (file, opening) -> {
            if (opening == 2) {
                Files.write(file, Pictures.bytes(9, "jpg"));
            }
        });
        assertThat(ingest("--copy").code()).isEqualTo(3);
        assertThat(codeOf("odd.jpg")).isEqualTo("changed");
        assertThat(rows(ImagesTable.DEFINITION).count()).isEqualTo(1);
        FaultyFileSystem.mend();
        assertThat(ingest("--copy").code()).isZero();
        assertThat(codeOf("odd.jpg")).isEqualTo("ok");
        assertThat(rows(ImagesTable.DEFINITION).count()).isEqualTo(2);
    }
}
