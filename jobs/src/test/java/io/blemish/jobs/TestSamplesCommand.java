package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.blemish.tables.ImagesTable;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class TestSamplesCommand extends CommandLineTest {
    @Test
    void whatItDrawsCanBeIngested() {
        Path samples = folder.resolve("samples");
        Outcome drawn = succeed("samples", "--out", samples.toString(), "--count", "4", "--seed", "2");
        assertThat(drawn.out()).contains("4 photographs in " + samples, "blemish ingest --from");
        String manifest = samples.resolve("manifest.csv").toString();
        succeed("ingest", "--from", samples.toString(), "--manifest", manifest, "--warehouse", warehouse());
        List<Row> images = rows(ImagesTable.DEFINITION)
                .select("product", "site", "line", "lot", "captured_at", "width")
                .collectAsList();
        assertThat(images).hasSize(4).allSatisfy(image -> {
            assertThat(image.anyNull()).isFalse();
            assertThat(image.getString(2)).startsWith(image.getString(1));
            assertThat(image.getInstant(4).toString()).startsWith("2026-0");
        });
    }

    @Test
    void mistakes() {
        assertThat(mistake("samples", "--count", "4")).contains("--out");
        assertThat(mistake("samples", "--out", folder.resolve("s").toString(), "--count", "0"))
                .startsWith("Cannot draw photographs: their number is 0.");
    }
}
