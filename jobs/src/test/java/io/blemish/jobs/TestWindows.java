package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.blemish.tables.InspectionsTable;
import io.blemish.tables.TilesTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code --since}, {@code --until} and {@code --dry-run} of the jobs, as a scheduler gives them. */
class TestWindows extends CommandLineTest {
    /** Four photographs: of the first, the second and the third of March, and an undated one. */
    @BeforeEach
    void photograph() throws IOException {
        List<String> manifest = new ArrayList<>(List.of("uri,captured_at"));
        for (int day = 1; day <= 4; day++) {
            Pictures.jpeg(photos().resolve(day + ".jpg"), day);
            manifest.add(day + ".jpg," + (day == 4 ? "" : "2025-03-0" + day + "T12:00:00Z"));
        }
        Files.write(manifest(), manifest);
    }

    @Test
    void inspectionOfADay() {
        succeed("ingest", "--manifest", manifest().toString(), "--warehouse", warehouse());

        assertThat(counted(inspect("--dry-run"), "left")).isEqualTo(4);
        assertThat(Files.exists(folder.resolve("warehouse/inspections"))).isFalse();

        assertThat(counted(inspect("--since", "2025-03-02", "--until", "2025-03-03"), "ok"))
                .isEqualTo(1);
        assertThat(dates()).containsExactly("2025-03-02 12:00:00");
        Outcome again = inspect("--since", "2025-03-02", "--until", "2025-03-03", "--dry-run");
        assertThat(counted(again, "images")).isEqualTo(1);
        assertThat(counted(again, "left")).isZero();

        assertThat(counted(inspect("--since", "2025-03-02", "--dry-run"), "left"))
                .isEqualTo(1);
        inspect("--since", "2025-03-02");
        assertThat(dates()).hasSize(2);
        inspect();
        assertThat(dates()).hasSize(4);
        assertThat(mistake(inspection("--redo", "--since", "2025-03-02")))
                .contains("Leave --since and --until out, or --redo");
    }

    @Test
    void whatFollowsAnInspectionOfSeveralDays() throws IOException {
        succeed("ingest", "--manifest", manifest().toString(), "--warehouse", warehouse());
        inspect();

        assertThat(counted(tiles("--since", "2025-03-02", "--dry-run"), "images"))
                .isEqualTo(2);
        assertThat(Files.exists(folder.resolve("warehouse/tiles"))).isFalse();
        assertThat(counted(tiles("--until", "2025-03-03"), "images")).isEqualTo(2);
        assertThat(rows(TilesTable.DEFINITION).select("image_id").distinct().count())
                .isEqualTo(2);

        Path report = folder.resolve("report");
        assertThat(counted(report(report, "--since", "2025-03-03", "--dry-run"), "inspections"))
                .isEqualTo(1);
        assertThat(report).doesNotExist();
        report(report, "--since", "2025-03-03");
        assertThat(Files.readString(report.resolve("index.html")))
                .contains("1 photograph was inspected", "photographs taken from 2025-03-03T00:00:00Z, and no others");

        Path truths = folder.resolve("truths.csv");
        Files.writeString(truths, "image,kind,value\n1.jpg,label,sound\n2.jpg,label,mould\n3.jpg,label,mould\n");
        String[] truth = {
            "truth", "import", truths.toString(), "--from", photos().toString(), "--warehouse", warehouse(), "--json"
        };
        assertThat(counted(succeed(with(truth, "--dry-run")), "rows_to_add")).isEqualTo(3);
        assertThat(Files.exists(folder.resolve("warehouse/truths"))).isFalse();
        succeed(truth);
        assertThat(counted(evaluate("--since", "2025-03-02", "--dry-run"), "labelled_images"))
                .isEqualTo(2);
        assertThat(counted(evaluate("--since", "2025-03-02"), "images")).isEqualTo(2);
        assertThat(counted(evaluate(), "images")).isEqualTo(3);
    }

    @Test
    void trainingOnSeveralDays() throws IOException {
        succeed("ingest", "--manifest", manifest().toString(), "--warehouse", warehouse());
        inspect();
        Path truths = folder.resolve("truths.csv");
        Files.writeString(
                truths,
                "image,kind,value\n1.jpg,caption,an apple\n2.jpg,caption,a pear\n2.jpg,caption,a fruit\n4.jpg,caption,a fig\n");
        succeed("truth", "import", truths.toString(), "--from", photos().toString(), "--warehouse", warehouse());
        Path clip = InspectFixture.resource("config.json").getParent();
        String[] mapper = {"train", "--clip", clip.toString(), "--lm", "lm", "--captions", "truths"};
        String[] encoder = {"adapt-clip", "--clip", clip.toString()};
        String[] language = {"adapt-lm", "--lm", "lm"};
        assertThat(trainedOn(mapper, "images")).isEqualTo(3);
        assertThat(trainedOn(mapper, "images", "--since", "2025-03-02")).isEqualTo(1);
        assertThat(trainedOn(encoder, "images")).isEqualTo(3);
        assertThat(trainedOn(encoder, "images", "--until", "2025-03-02")).isEqualTo(1);
        assertThat(trainedOn(language, "texts")).isEqualTo(4);
        assertThat(trainedOn(language, "texts", "--since", "2025-03-02")).isEqualTo(2);
        assertThat(folder.resolve("trained")).doesNotExist();

        Path pairs = Files.writeString(photos().resolve("pairs.csv"), "image,caption\n1.jpg,an apple\n2.jpg,a pear\n");
        String[] file = with(encoder, "--manifest", pairs.toString(), "--out", "trained", "--dry-run", "--json");
        assertThat(counted(succeed(file), "images")).isEqualTo(2);
        assertThat(mistake(with(file, "--since", "2025-03-02"))).contains("a file does not tell when");
    }

    private long trainedOn(String[] command, String what, String... window) {
        String[] plan = with(
                command,
                "--warehouse",
                warehouse(),
                "--out",
                folder.resolve("trained").toString(),
                "--dry-run",
                "--json");
        return counted(succeed(with(plan, window)), what);
    }

    @Test
    void filesOfADay() throws IOException {
        for (int day = 1; day <= 4; day++) {
            Files.setLastModifiedTime(
                    photos().resolve(day + ".jpg"), FileTime.from(Instant.parse("2025-04-0" + day + "T12:00:00Z")));
        }
        Outcome plan = ingest("--since", "2025-04-02", "--until", "2025-04-04", "--dry-run");
        assertThat(counted(plan, "new")).isEqualTo(2);
        assertThat(folder.resolve("warehouse")).doesNotExist();

        assertThat(counted(ingest("--since", "2025-04-02", "--until", "2025-04-04"), "images"))
                .isEqualTo(2);
        Outcome none = ingest("--since", "2025-05-01");
        assertThat(counted(none, "listed")).isZero();
        assertThat(counted(ingest("--dry-run"), "known")).isEqualTo(2);
        assertThat(counted(ingest(), "images")).isEqualTo(2);
    }

    @Test
    void dryRunLeavesNoTrace() throws IOException {
        succeed("ingest", "--manifest", manifest().toString(), "--warehouse", warehouse());
        inspect();
        List<String> before = everything();
        ingest("--dry-run");
        inspect("--dry-run");
        tiles("--dry-run");
        report(folder.resolve("report"), "--dry-run");
        assertThat(everything()).isEqualTo(before);
        assertThat(succeed(inspection("--dry-run", "--json", "--quiet")).out()).contains("\"state\":\"planned\"");
    }

    private Path manifest() {
        return photos().resolve("manifest.csv");
    }

    private String[] inspection(String... more) {
        return with(
                new String[] {
                    "inspect",
                    "--warehouse",
                    warehouse(),
                    "--clip",
                    InspectFixture.resource("config.json").getParent().toString(),
                    "--knowledge",
                    InspectFixture.resource("oranges.yaml").toString(),
                    "--precision",
                    "fp32"
                },
                more);
    }

    private Outcome inspect(String... more) {
        return succeed(with(inspection("--json"), more));
    }

    private Outcome tiles(String... more) {
        return succeed(with(new String[] {"tiles", "--warehouse", warehouse(), "--size", "64", "--json"}, more));
    }

    private Outcome evaluate(String... more) {
        return succeed(with(new String[] {"evaluate", "--warehouse", warehouse(), "--json"}, more));
    }

    private Outcome report(Path out, String... more) {
        return succeed(
                with(new String[] {"report", "--warehouse", warehouse(), "--out", out.toString(), "--json"}, more));
    }

    private Outcome ingest(String... more) {
        return succeed(with(
                new String[] {"ingest", "--from", photos().toString(), "--warehouse", warehouse(), "--json"}, more));
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new);
    }

    private List<String> dates() {
        return rows(InspectionsTable.DEFINITION)
                .selectExpr("cast(captured_at AS string)")
                .orderBy("captured_at")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private List<String> everything() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(Path::toString).sorted().toList();
        }
    }
}
