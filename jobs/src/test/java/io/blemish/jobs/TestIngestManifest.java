package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.blemish.tables.ImagesTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class TestIngestManifest extends CommandLineTest {
    @Test
    void manifestIsTheList() throws IOException {
        Pictures.jpeg(photos().resolve("a b#1.jpg"), 1);
        Pictures.jpeg(photos().resolve("unlisted.jpg"), 2);
        Path list = photos().resolve("list.csv");
        Files.writeString(list, """
                uri,product,captured_at,inspector
                a b#1.jpg,apple,2024-05-06 07:08:09,"Ms ""Q"", night"
                gone.jpg,pear,,
                """);
        Outcome outcome = blemish("ingest", "--manifest", list.toString(), "--warehouse", warehouse(), "--json");
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(3);
        assertThat(counted(outcome, "rejected.missing")).isEqualTo(1);
        Row image = rows(ImagesTable.DEFINITION).head();
        assertThat(image.<String>getAs("product")).isEqualTo("apple");
        assertThat(image.<String, String>getJavaMap(image.fieldIndex("attributes")))
                .isEqualTo(Map.of("inspector", "Ms \"Q\", night"));
        Outcome again = blemish("ingest", "--manifest", list.toString(), "--warehouse", warehouse(), "--json");
        assertThat(counted(again, "known")).isEqualTo(2);
        Pictures.jpeg(photos().resolve("gone.jpg"), 3);
        Outcome third = blemish("ingest", "--manifest", list.toString(), "--warehouse", warehouse(), "--json");
        assertThat(counted(third, "images")).isEqualTo(1);
    }

    @Test
    void manifestInEveryForm() throws IOException {
        Pictures.jpeg(photos().resolve("a.jpg"), 1);
        Path lines = photos().resolve("list.jsonl");
        Files.writeString(lines, "{\"uri\": \"" + photos().resolve("a.jpg") + "\", \"lot\": 7}\n");
        String parquet = folder.resolve("list.parquet").toString();
        spark.sql("SELECT 'a.jpg' AS uri, TIMESTAMP '2024-01-01 12:00:00' AS captured_at")
                .write()
                .parquet(parquet);
        succeed("ingest", "--manifest", lines.toString(), "--warehouse", warehouse());
        assertThat(rows(ImagesTable.DEFINITION).head().<String>getAs("lot")).isEqualTo("7");
        succeed(
                "ingest",
                "--manifest",
                parquet,
                "--from",
                photos().toString(),
                "--warehouse",
                folder.resolve("w2").toString());
    }

    @Test
    void fileHasOneUriHoweverItIsNamed() throws IOException {
        Path file = Pictures.jpeg(photos().resolve("a b%20#.jpg"), 1);
        succeed("ingest", "--from", photos().toString(), "--warehouse", warehouse());
        Path list = folder.resolve("list.csv");
        Files.writeString(list, "uri\n" + file.toUri() + "\n");
        List<List<String>> others = List.of(
                List.of("--from", photos().toUri().toString()),
                List.of("--from", "file:" + photos()),
                List.of("--from", photos() + "/*.jpg"),
                List.of("--from", file.toString()),
                List.of("--manifest", list.toString()));
        for (List<String> other : others) {
            List<String> arguments = new ArrayList<>(List.of("ingest", "--warehouse", warehouse(), "--json"));
            arguments.addAll(other);
            assertThat(counted(blemish(arguments.toArray(String[]::new)), "known"))
                    .as(other.toString())
                    .isEqualTo(1);
        }
    }

    @Test
    void manifestThatCannotBeUsed() throws IOException {
        Path list = Pictures.write(folder.resolve("list.csv"), "name\na.jpg\n".getBytes(StandardCharsets.UTF_8));
        assertThat(mistake("ingest", "--manifest", list.toString(), "--warehouse", warehouse()))
                .contains("it has no column uri, but name");
        Files.writeString(list, "uri\na.jpg\na.jpg\n");
        assertThat(mistake("ingest", "--manifest", list.toString(), "--warehouse", warehouse()))
                .contains("a.jpg more than once");
        Files.writeString(list, "uri,lot\n,1\n");
        assertThat(mistake("ingest", "--manifest", list.toString(), "--warehouse", warehouse()))
                .contains("a row of it has no uri");
        assertThat(mistake("ingest", "--manifest", "list.txt", "--warehouse", warehouse()))
                .contains("its name ends with neither .csv, .jsonl nor .parquet");
        assertThat(mistake("ingest", "--manifest", "absent.csv", "--warehouse", warehouse()))
                .startsWith("Cannot read the manifest absent.csv");
    }
}
