package io.blemish.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.max;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.blemish.jobs.ingest.FileContent;
import io.blemish.tables.FilesTable;
import io.blemish.tables.ImagesTable;
import io.blemish.tables.RunsTable;
import io.blemish.testdata.TestData;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class TestIngest extends CommandLineTest {
    private Outcome ingest(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("ingest", "--from", photos().toString(), "--warehouse", warehouse()));
        arguments.addAll(List.of(more));
        return blemish(arguments.toArray(String[]::new));
    }

    @Test
    void takesInNewFilesOnly() throws IOException {
        Pictures.jpeg(photos().resolve("a.jpg"), 1);
        Pictures.jpeg(photos().resolve("deep/er/b.JPG"), 2);
        Pictures.write(photos().resolve("notes.txt"), "no photograph".getBytes(StandardCharsets.UTF_8));
        JsonNode first = counts(ingest("--json"));
        assertThat(first.get("listed").asLong()).isEqualTo(2);
        assertThat(first.get("ok").asLong()).isEqualTo(2);
        assertThat(first.get("other_files").asLong()).isEqualTo(1);
        long files = version(FilesTable.DEFINITION);
        long images = version(ImagesTable.DEFINITION);

        JsonNode again = counts(ingest("--json"));
        assertThat(again.get("known").asLong()).isEqualTo(2);
        assertThat(version(FilesTable.DEFINITION)).as("version of files").isEqualTo(files);
        assertThat(version(ImagesTable.DEFINITION)).as("version of images").isEqualTo(images);

        Pictures.jpeg(photos().resolve("c.jpg"), 3);
        JsonNode third = counts(ingest("--json"));
        assertThat(third.get("images").asLong()).isEqualTo(1);
        assertThat(rows(FilesTable.DEFINITION).count()).isEqualTo(3);
        assertThat(rows(ImagesTable.DEFINITION).count()).isEqualTo(3);
    }

    @Test
    void keepsBytesAndHeader() throws IOException {
        Path file = Pictures.jpeg(photos().resolve("a.jpg"), 1);
        assertThat(ingest().code()).isZero();
        Row image = rows(ImagesTable.DEFINITION).head();
        assertThat(image.<byte[]>getAs("content")).isEqualTo(Files.readAllBytes(file));
        assertThat(image.<String>getAs("image_id")).isEqualTo(FileContent.sha256(Files.readAllBytes(file)));
        assertThat(image.<Integer>getAs("width")).isEqualTo(32);
        assertThat(image.<String>getAs("format")).isEqualTo("jpeg");
        assertThat(image.<Integer>getAs("orientation")).isEqualTo(1);
        assertThat(image.<Long>getAs("byte_length")).isEqualTo(Files.size(file));
    }

    @Test
    void oneImageForEqualContents() throws IOException {
        Pictures.jpeg(photos().resolve("z/2024-01-02/late.jpg"), 1);
        Pictures.jpeg(photos().resolve("a/2024-01-03/later.jpg"), 1);
        Pictures.jpeg(photos().resolve("b.jpg"), 2);
        JsonNode counts = counts(ingest("--json", "--layout", "(?<lot>[a-z]+)/(?<captured_at>[0-9-]+)/[^/]+$"));
        assertThat(counts.get("duplicates").asLong()).isEqualTo(1);
        List<Row> images = rows(ImagesTable.DEFINITION)
                .filter(col("captured_at").isNotNull())
                .collectAsList();
        assertThat(images).hasSize(1);
        assertThat(images.get(0).<Instant>getAs("captured_at")).isEqualTo(Instant.parse("2024-01-02T00:00:00Z"));
        assertThat(images.get(0).<String>getAs("lot")).isEqualTo("z");
        Pictures.jpeg(photos().resolve("copy.jpg"), 2);
        assertThat(counts(ingest("--json")).get("images").asLong()).isZero();
        assertThat(rows(FilesTable.DEFINITION)
                        .filter(col("status").equalTo("ok"))
                        .count())
                .isEqualTo(4);
    }

    @Test
    void namesAreOnlyNames() {
        List<String> names = List.of(
                "quote'\".jpg",
                "hash#1.jpg",
                "percent%25%.jpg",
                "two  spaces.jpg",
                "ünï_日本.jpg",
                "line\nbreak.jpg",
                "star*[x]{a,b}?.jpg",
                "colon:a.jpg",
                "back\\slash.jpg",
                "plus+&=;,.jpg");
        for (int i = 0; i < names.size(); i++) {
            Pictures.jpeg(photos().resolve("folder #%20'").resolve(names.get(i)), i);
        }
        Outcome outcome = ingest();
        assertThat(outcome.code()).as(outcome.err()).isZero();
        List<Path> found =
                rows(FilesTable.DEFINITION).filter(col("status").equalTo("ok")).select("uri").collectAsList().stream()
                        .map(row ->
                                Path.of(URI.create(row.getString(0)).getPath()).getFileName())
                        .toList();
        assertThat(found).map(Path::toString).containsExactlyInAnyOrderElementsOf(names);
        assertThat(counted(ingest("--json"), "known")).isEqualTo(names.size());
    }

    @Test
    void everyBadFileHasItsRow() throws IOException {
        Path bad = TestData.folder("bad-images");
        Outcome outcome = blemish(
                "ingest",
                "--from",
                bad.toString(),
                "--warehouse",
                warehouse(),
                "--include",
                "jpg,png,gif,mpo",
                "--json");
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(3);
        long listed;
        try (Stream<Path> files = Files.walk(bad)) {
            listed = files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches("(?s).*\\.(jpg|png|gif|mpo)"))
                    .count();
        }
        JsonNode counts = counts(outcome);
        assertThat(counts.get("listed").asLong()).isEqualTo(listed);
        assertThat(rows(FilesTable.DEFINITION).select("uri").distinct().count()).isEqualTo(listed);
        assertThat(counts.get("ok").asLong() + counts.get("rejected").asLong()).isEqualTo(listed);
        Map<String, String> codes = new TreeMap<>();
        for (Row row : rows(FilesTable.DEFINITION).collectAsList()) {
            String uri = row.getAs("uri");
            boolean ok = row.<String>getAs("status").equals("ok");
            assertThat(row.<String>getAs("reject_code") == null).as(uri).isEqualTo(ok);
            assertThat(row.<String>getAs("reject_reason") == null).as(uri).isEqualTo(ok);
            codes.put(uri.substring(uri.lastIndexOf('/') + 1), ok ? "ok" : row.getAs("reject_code"));
        }
        assertThat(codes)
                .containsEntry("zero_byte.jpg", "empty")
                .containsEntry("truncated_50pct.jpg", "truncated")
                .containsEntry("html_named.jpg", "not_an_image")
                .containsEntry("bomb_rgb_19000x19000.png", "too_large")
                .containsEntry("dim_4000x3.jpg", "extreme_aspect")
                .containsEntry("png_named.jpg", "ok")
                .containsEntry("ok_cmyk_adobe.jpg", "ok");
    }

    @Test
    void longFilesAreNotRead() {
        Pictures.write(photos().resolve("long.jpg"), new byte[4096]);
        Outcome outcome = ingest("--set", "decode.max-bytes=1 KiB");
        assertThat(outcome.code()).isEqualTo(3);
        Row row = rows(FilesTable.DEFINITION).head();
        assertThat(row.<String>getAs("reject_code")).isEqualTo("too_many_bytes");
        assertThat(row.<String>getAs("image_id")).isNull();
    }

    @Test
    void changedFileIsAnotherVersion() throws IOException {
        Path file = Pictures.jpeg(photos().resolve("a.jpg"), 1);
        assertThat(ingest().code()).isZero();
        Pictures.jpeg(file, 2);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2030-01-01T00:00:00.123Z")));
        assertThat(counted(ingest("--json"), "images")).isEqualTo(1);
        assertThat(counted(ingest("--json"), "known")).isEqualTo(1);
        assertThat(rows(FilesTable.DEFINITION).count()).isEqualTo(2);
    }

    @Test
    void referencedImagesHaveNoBytes() {
        Pictures.jpeg(photos().resolve("a.jpg"), 1);
        assertThat(ingest("--by-reference").code()).isZero();
        assertThat(rows(ImagesTable.DEFINITION).head().<byte[]>getAs("content")).isNull();
        assertThat(mistake("ingest", "--from", "x", "--warehouse", warehouse(), "--copy", "--by-reference"))
                .contains("--copy", "--by-reference", "mutually exclusive");
    }

    @Test
    void layoutFillsColumnsAndAttributes() {
        Pictures.jpeg(photos().resolve("plant-7/line 3/apple/20240506T070809/rot_0001.jpg"), 1);
        Pictures.jpeg(photos().resolve("elsewhere.jpg"), 2);
        String layout = "(?<site>plant-\\d+)/(?<line>[^/]+)/(?<product>[^/]+)/(?<captured_at>[^/]+)/"
                + "(?<truth>[a-z]+)_(?<shot>\\d+)";
        assertThat(ingest("--layout", layout).code()).isZero();
        Row image = rows(ImagesTable.DEFINITION)
                .filter(col("product").equalTo("apple"))
                .head();
        assertThat(image.<String>getAs("site")).isEqualTo("plant-7");
        assertThat(image.<String>getAs("line")).isEqualTo("line 3");
        assertThat(image.<Instant>getAs("captured_at")).isEqualTo(Instant.parse("2024-05-06T07:08:09Z"));
        assertThat(image.<String, String>getJavaMap(image.fieldIndex("attributes")))
                .isEqualTo(Map.of("truth", "rot", "shot", "0001"));
        Row other = rows(FilesTable.DEFINITION)
                .filter(col("uri").endsWith("elsewhere.jpg"))
                .head();
        assertThat(other.<String>getAs("warning")).isEqualTo("the layout does not match the path");
    }

    @Test
    void nothingToTakeIn() throws IOException {
        assertThat(mistake("ingest", "--from", photos().toString(), "--warehouse", warehouse()))
                .startsWith("Cannot ingest from " + photos() + ": nothing is there.");
        Pictures.write(photos().resolve("readme.txt"), new byte[1]);
        assertThat(mistake("ingest", "--from", photos().toString(), "--warehouse", warehouse()))
                .contains("no photograph is there, and 1 other files", "--include");
        assertThat(mistake("ingest", "--warehouse", warehouse())).contains("nothing is named");
        assertThat(mistake("ingest", "--from", photos().toString(), "--layout", "(?<a", "--warehouse", warehouse()))
                .startsWith("Cannot use the layout (?<a:");
    }

    @Test
    void globChoosesFilesAndFolders() {
        Pictures.jpeg(photos().resolve("a1/x.jpg"), 1);
        Pictures.jpeg(photos().resolve("a2/deep/y.jpg"), 2);
        Pictures.jpeg(photos().resolve("b/z.jpg"), 3);
        succeed("ingest", "--from", photos() + "/a*", "--warehouse", warehouse());
        assertThat(rows(FilesTable.DEFINITION).count()).isEqualTo(2);
        succeed("ingest", "--from", photos() + "/{b,b/z.jpg}", "--warehouse", warehouse());
        assertThat(rows(FilesTable.DEFINITION).count()).isEqualTo(3);
    }

    @Test
    void linksThatLeadBackAreNotFollowed() throws IOException {
        Pictures.jpeg(photos().resolve("a/x.jpg"), 1);
        Files.createSymbolicLink(photos().resolve("a/loop"), photos());
        Pictures.jpeg(folder.resolve("outside/y.jpg"), 2);
        Files.createSymbolicLink(photos().resolve("link"), folder.resolve("outside"));
        assertThat(counted(ingest("--json"), "listed")).isEqualTo(2);
    }

    @Test
    void killBetweenTheAppendsIsMended() {
        Pictures.jpeg(photos().resolve("a.jpg"), 1);
        Pictures.jpeg(photos().resolve("b.jpg"), 2);
        assertThat(ingest().code()).isZero();
        spark.sql("DELETE FROM delta.`" + warehouse() + "/files`");
        Pictures.jpeg(photos().resolve("c.jpg"), 3);
        assertThat(counted(ingest("--json"), "images")).isEqualTo(1);
        assertThat(rows(FilesTable.DEFINITION).count()).isEqualTo(3);
        assertThat(rows(ImagesTable.DEFINITION).count()).isEqualTo(3);
    }

    @Test
    void partIsConstantWithinDataFile() {
        for (int i = 0; i < 70; i++) {
            Pictures.jpeg(photos().resolve(i + ".jpg"), i);
        }
        assertThat(ingest().code()).isZero();
        Pictures.jpeg(photos().resolve("more.jpg"), 100);
        assertThat(ingest().code()).isZero();
        List<Row> parts = rows(ImagesTable.DEFINITION)
                .groupBy(col("_metadata.file_path"))
                .agg(countDistinct("part"), max("part"))
                .orderBy("max(part)")
                .collectAsList();
        assertThat(parts).allSatisfy(row -> assertThat(row.getLong(1)).isEqualTo(1));
        assertThat(parts).map(row -> row.getLong(2)).containsExactly(1_000_000L, 1_000_001L, 2_000_000L);
    }

    @Test
    void runIsRecorded() {
        Pictures.jpeg(photos().resolve("a.jpg"), 1);
        assertThat(ingest("--set", "label.top-k=7", "--set", "spark.hadoop.fs.s3a.secret.key=canary")
                        .code())
                .isZero();
        List<Row> events = rows(RunsTable.DEFINITION).orderBy("at").collectAsList();
        assertThat(events).map(row -> row.<String>getAs("state")).containsExactly("started", "finished");
        Row last = events.get(1);
        assertThat(last.<String>getAs("job")).isEqualTo("ingest");
        assertThat(last.<String, Long>getJavaMap(last.fieldIndex("counts"))).containsEntry("ok", 1L);
        assertThat(last.<String, Double>getJavaMap(last.fieldIndex("stage_seconds")))
                .containsKeys("list", "read_and_decode", "append_images", "append_files");
        assertThat(last.<String>getAs("configuration"))
                .contains("\"label.top-k\":\"7\"")
                .doesNotContain("canary");
        assertThat(last.<Double>getAs("images_per_second")).isPositive();
    }
}
