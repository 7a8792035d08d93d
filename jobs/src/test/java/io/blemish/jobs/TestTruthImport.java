package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.UserException;
import io.blemish.jobs.truth.TruthFile;
import io.blemish.tables.FilesTable;
import io.blemish.tables.ImagesTable;
import io.blemish.tables.TruthsTable;
import io.blemish.tables.Warehouse;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTruthImport extends CommandLineTest {
    private static final String HEADER = "image,kind,value,mask_uri,source,author,stated_at\n";

    @TempDir
    private static Path ingested;

    /** Two photographs and no truth yet. */
    @BeforeAll
    static void ingest() {
        Path photos = ingested.resolve("photos");
        Pictures.jpeg(photos.resolve("mould/a.jpg"), 1);
        Pictures.jpeg(photos.resolve("sound/b 1.jpg"), 2);
        String warehouse = ingested.resolve("warehouse").toString();
        succeed(
                "ingest",
                "--from",
                photos.toString(),
                "--warehouse",
                warehouse,
                "--layout",
                "/(?<truth>[^/]+)/[^/]+$",
                "--quiet");
        Warehouse.at(spark, warehouse).create(TruthsTable.DEFINITION);
    }

    /** A copy of the warehouse for each test: its tables name their files relative to themselves. */
    @BeforeEach
    void copyWarehouse() throws IOException {
        copy(ingested.resolve("warehouse"), folder.resolve("warehouse"));
    }

    @Override
    protected Path photos() {
        return ingested.resolve("photos");
    }

    @Test
    void everyKindIsTakenAndTheSameListAddsNothing() throws IOException {
        mask("masks/a mould.png", 32, 32);
        String id = rows(FilesTable.DEFINITION)
                .where("uri LIKE '%b%201.jpg'")
                .first()
                .getAs("image_id");
        Path list = list(HEADER
                + "mould/a.jpg,label,mould,,lab,Ada,2025-03-01T10:00:00Z\n"
                + "mould/a.jpg,label,bruise,,lab,Ada,2025-03-01T10:00:05Z\n"
                + "mould/a.jpg,severity,severe,,lab,Ada,\n"
                + "mould/a.jpg,caption,\"an orange,\nmouldy\",,,,\n"
                + "mould/a.jpg,mask,mould,masks/a mould.png,,,\n"
                + id + ",label,sound,,,,\n"
                + "nowhere.jpg,label,sound,,,,\n");

        Outcome first = importing(list.toString());
        Outcome again = importing(list.toString());

        assertThat(counts(first).get("read").asLong()).isEqualTo(7);
        assertThat(counts(first).get("added").asLong()).isEqualTo(6);
        assertThat(counts(first).get("images").asLong()).isEqualTo(2);
        assertThat(counts(first).get("unknown").asLong()).isEqualTo(1);
        assertThat(first.err()).contains("nowhere.jpg", "--from");
        assertThat(counted(again, "added")).isZero();
        assertThat(rows(TruthsTable.DEFINITION).count()).isEqualTo(6);
        Row mask = rows(TruthsTable.DEFINITION).where("kind = 'mask'").first();
        assertThat(mask.<String>getAs("mask_uri")).startsWith("file:///").endsWith("photos/masks/a%20mould.png");
        assertThat(mask.<String>getAs("source")).isEqualTo("truths.csv");
        Row label = rows(TruthsTable.DEFINITION).where("value = 'bruise'").first();
        assertThat(label.<Instant>getAs("stated_at")).isEqualTo(Instant.parse("2025-03-01T10:00:05Z"));
        assertThat(label.<String>getAs("author")).isEqualTo("Ada");
        assertThat(rows(TruthsTable.DEFINITION)
                        .where("kind = 'caption'")
                        .first()
                        .<String>getAs("value"))
                .isEqualTo("an orange,\nmouldy");
    }

    @Test
    void newerStatementReplacesTheOlderOfItsSourceAsAWhole() throws IOException {
        String dated = HEADER + "mould/a.jpg,label,mould,,lab,,2025-03-02\nmould/a.jpg,label,scab,,lab,,2025-03-02\n";
        importing(list(dated).toString());
        importing(list(HEADER + "mould/a.jpg,label,bruise,,lab,,2025-03-01\n").toString());
        importing(list(HEADER + "mould/a.jpg,label,cut,,other,,2025-01-01\n").toString());
        assertThat(labels()).containsExactly("cut", "mould", "scab");

        importing(list(HEADER + "mould/a.jpg,label,sound,,lab,,2025-03-03\n").toString());
        assertThat(labels()).containsExactly("cut", "sound");

        assertThat(counted(importing(list(dated).toString()), "added")).isZero();
        assertThat(labels()).containsExactly("cut", "sound");
    }

    @Test
    void undatedStatementMayBeMadeAgain() throws IOException {
        for (String value : List.of("mould", "bruise", "mould")) {
            Outcome outcome = importing(
                    list("image,kind,value\nmould/a.jpg,label," + value + "\n").toString());
            assertThat(counted(outcome, "added")).isEqualTo(1);
        }
        assertThat(labels()).containsExactly("mould");
    }

    @Test
    void labelsOfTheLayout() {
        assertThat(counted(importing("--from-layout"), "added")).isEqualTo(2);
        assertThat(counted(importing("--from-layout"), "added")).isZero();
        assertThat(labels()).containsExactly("mould", "sound");
        assertThat(rows(TruthsTable.DEFINITION).first().<String>getAs("source")).isEqualTo("layout");
    }

    @Test
    void jsonLinesWithAnotherBaseAndAColour() throws IOException {
        mask("masks/a.png", 32, 32);
        Path list = Files.writeString(
                ingested.resolve("t.jsonl"),
                "{\"image\": \"a.jpg\", \"kind\": \"mask\", \"value\": \"rot\", \"mask_uri\": \"photos/masks/a.png\"}\n");

        importing(list.toString(), "--from", photos().resolve("mould").toString(), "--mask-colour", "#0000FF");

        assertThat(rows(TruthsTable.DEFINITION).first().<String>getAs("mask_colour"))
                .isEqualTo("0000ff");
    }

    @Test
    void whatCannotBeMeantIsRefusedByLine() throws IOException {
        String good = "mould/a.jpg,label,\"mould\n(green)\",,,,\n\n";
        refused(
                good + "mould/a.jpg,labl,mould,,,,\nx,label,,,,,\n",
                "line 5: its kind is labl, not one of label, severity",
                "(and 1 more row");
        assertThat(rows(TruthsTable.DEFINITION).isEmpty()).isTrue();
        List<String> problems = problems("mould/a.jpg,label,mould,,,,\n"
                + ",label,mould,,,,\n"
                + "mould/a.jpg,,mould,,,,\n"
                + "mould/a.jpg,label, ,,,,\n"
                + "mould/a.jpg,label,mould,,,,yesterday\n"
                + "mould/a.jpg,mask,mould,,,,\n"
                + "mould/a.jpg,label,mould,m.png,,,\n");
        assertThat(problems)
                .containsExactly(
                        null,
                        "its image is empty",
                        "its kind is empty",
                        "its value is empty",
                        "its stated_at is no time: yesterday",
                        "a mask has no mask_uri",
                        "a label has a mask_uri or a mask_colour");
    }

    /** What is wrong with each row of a list, as the import finds it. */
    private List<String> problems(String rows) throws IOException {
        Dataset<Row> read =
                TruthFile.open(spark, list(HEADER + rows).toString()).rows(Optional.empty(), Optional.empty());
        return read.orderBy("row").select("problem").collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }

    @Test
    void masksThatCannotBeUsedAreRefused() throws IOException {
        mask("wide.png", 40, 32);
        Files.writeString(photos().resolve("text.png"), "no picture");
        refused("mould/a.jpg,mask,mould,absent.png,,,\n", "line 2: the mask file:///", "absent.png cannot be used");
        refused("mould/a.jpg,mask,mould,text.png,,,\n", "text.png cannot be used");
        refused("mould/a.jpg,mask,mould,wide.png,,,\n", "has 40 x 32 pixels, its photograph 32 x 32");
        assertThat(mistake("truth", "import", "x.csv", "--mask-colour", "blue", "--warehouse", warehouse()))
                .contains("blue");
    }

    @Test
    void listsThatCannotBeReadAreRefused() throws IOException {
        assertThat(mistake("truth", "import", folder + "/absent.csv", "--warehouse", warehouse()))
                .contains("import truths from", "absent.csv");
        notOpened("image,kind\na,label\n", "it has no column value, but image, kind");
        notOpened("image,kind,value,mask\na,label,x,y\n", "its column mask means nothing here");
        refusedFile(HEADER, "it has no row");
        refusedFile(HEADER + "a.jpg,label\n", "import truths from");
        refusedFile(HEADER + "nowhere.jpg,label,mould,,,,\n", "none of its images is in");
        assertThat(mistake("truth", "import", "--warehouse", warehouse())).contains("nothing is named");
        assertThat(blemish("truth").code()).isEqualTo(2);
    }

    private void notOpened(String text, String words) throws IOException {
        String list = list(text).toString();
        assertThatThrownBy(() -> TruthFile.open(spark, list))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(words);
    }

    /** Killed when it has read the list and written its rows, but not committed them. */
    @Test
    void importThatIsKilledIsMadeAgain() throws IOException {
        String list = list(HEADER
                        + "mould/a.jpg,label,mould,,lab,,\n"
                        + "mould/a.jpg,label,bruise,,lab,,\n"
                        + "mould/a.jpg,caption,an orange,,lab,,2025-03-02\n"
                        + "sound/b 1.jpg,label,sound,,lab,,2025-03-02\n")
                .toString();
        FaultyLogStore.during(() -> {
            FaultyLogStore.beforeCommit(TruthsTable.NAME, 1, FaultyLogStore.broken());
            assertThat(blemish("truth", "import", list, "--warehouse", warehouse())
                            .code())
                    .isNotZero();
            assertThat(rows(TruthsTable.DEFINITION).isEmpty()).isTrue();

            assertThat(counted(importing(list), "added")).isEqualTo(4);
            assertThat(counted(importing(list), "added")).isZero();
        });
        List<String> said = rows(TruthsTable.DEFINITION)
                .join(rows(ImagesTable.DEFINITION).select("image_id", "uri"), "image_id")
                .selectExpr("concat_ws(' ', regexp_extract(uri, '([^/]+)/[^/]+$', 1), kind, value)")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList();
        assertThat(said)
                .containsExactlyInAnyOrder(
                        "mould label mould", "mould label bruise", "mould caption an orange", "sound label sound");
    }

    private void refused(String rows, String... words) throws IOException {
        refusedFile(HEADER + rows, words);
    }

    private void refusedFile(String text, String... words) throws IOException {
        assertThat(mistake("truth", "import", list(text).toString(), "--warehouse", warehouse(), "--quiet"))
                .contains(words);
    }

    private Outcome importing(String... what) {
        String[] arguments = new String[what.length + 5];
        arguments[0] = "truth";
        arguments[1] = "import";
        System.arraycopy(what, 0, arguments, 2, what.length);
        arguments[what.length + 2] = "--warehouse";
        arguments[what.length + 3] = warehouse();
        arguments[what.length + 4] = "--json";
        return succeed(arguments);
    }

    private List<String> labels() {
        return TruthsTable.current(rows(TruthsTable.DEFINITION)).select("value").collectAsList().stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList();
    }

    private Path list(String text) throws IOException {
        return Files.writeString(photos().resolve("truths.csv"), text);
    }

    private void mask(String name, int width, int height) {
        try {
            Path file = photos().resolve(name);
            Files.createDirectories(file.getParent());
            ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY), "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
