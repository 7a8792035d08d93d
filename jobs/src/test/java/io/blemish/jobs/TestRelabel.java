package io.blemish.jobs;

import static org.apache.spark.sql.functions.array_repeat;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.blemish.error.UserException;
import io.blemish.jobs.relabel.Changes;
import io.blemish.knowledge.KnowledgeBase;
import io.blemish.lm.Decoding;
import io.blemish.tables.ImagesTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.RunsTable;
import io.blemish.tables.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels from stored embeddings, against those of a look at the photographs, which are gone. */
class TestRelabel extends CommandLineTest {
    private static final Decoding DECODING = Decoding.greedy().withTokens(3, 8);
    private static final Path CLIP = InspectFixture.resource("config.json").getParent();
    private static final Path ORANGES = InspectFixture.resource("oranges.yaml");

    @TempDir
    private static Path shared;

    private static Path inspected;
    private static Path captioned;
    private static Path mapper;

    /** Seven photographs, one of them damaged, inspected and, in a second warehouse, captioned; then the photographs go. */
    @BeforeAll
    static void inspect() throws Exception {
        mapper = RandomMapper.forTinyClip(shared, DECODING);
        inspected = Files.createDirectory(shared.resolve("inspected"));
        withoutPhotographs(photographs(inspected));
        captioned = Files.createDirectory(shared.resolve("captioned"));
        withoutPhotographs(photographs(captioned).captions(mapper, RandomMapper.LANGUAGE_MODEL));
    }

    private static InspectFixture photographs(Path warehouse) {
        byte[] damaged = Arrays.copyOf(ImageRows.png(7, 60, 60), 300);
        return new InspectFixture(spark, warehouse)
                .part(1, 4)
                .rows(List.of(ImageRows.row(2, damaged), taken(2, 21, "2025-03-02T00:00:00Z")))
                .rows(List.of(taken(3, 31, "2025-03-03T10:00:00Z")));
    }

    private static Row taken(long part, long seed, String at) {
        Row row = ImageRows.row(part, ImageRows.png(seed, 70, 60));
        Object[] values = new Object[row.length()];
        Arrays.setAll(values, row::get);
        values[ImagesTable.DEFINITION.schema().fieldIndex("captured_at")] = Instant.parse(at);
        return RowFactory.create(values);
    }

    private static void withoutPhotographs(InspectFixture fixture) throws Exception {
        fixture.inspect();
        delete(Path.of(fixture.warehouse().path(ImagesTable.DEFINITION).replace("file:", "")));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }

    /** A copy of the inspected warehouse that a test may write to. */
    private Warehouse copy(Path warehouse) throws IOException {
        return copy(warehouse, "warehouse");
    }

    private Warehouse copy(Path warehouse, String name) throws IOException {
        Path copy = folder.resolve(name);
        copy(warehouse, copy);
        return Warehouse.at(spark, copy.toString());
    }

    private Path knowledge(String name, String... replaced) throws IOException {
        String yaml = Files.readString(ORANGES).replace("name: oranges", "name: " + name);
        for (int i = 0; i < replaced.length; i += 2) {
            assertThat(yaml).contains(replaced[i]);
            yaml = yaml.replace(replaced[i], replaced[i + 1]);
        }
        return Files.writeString(folder.resolve(name + ".yaml"), yaml);
    }

    private record Request(
            Path knowledge,
            Map<String, String> settings,
            TimeWindow window,
            Optional<String> against,
            boolean captions,
            InspectOptions.Redo redo) {
        static Request with(Path knowledge) {
            return new Request(
                    knowledge, Map.of(), TimeWindow.always(), Optional.empty(), false, InspectOptions.Redo.NOTHING);
        }

        Request set(String key, String value) {
            Map<String, String> more = new HashMap<>(settings);
            more.put(key, value);
            return new Request(knowledge, more, window, against, captions, redo);
        }

        Request window(String since, String until) {
            TimeWindow chosen = TimeWindow.of(Optional.ofNullable(since), Optional.ofNullable(until));
            return new Request(knowledge, settings, chosen, against, captions, redo);
        }

        Request captionsAnew() {
            return new Request(knowledge, settings, window, against, true, redo);
        }

        Request against(String base) {
            return new Request(knowledge, settings, window, Optional.of(base), captions, redo);
        }

        Request redone() {
            return new Request(knowledge, settings, window, against, captions, InspectOptions.Redo.EVERYTHING);
        }

        InspectFixture fixture(Warehouse warehouse) {
            InspectFixture fixture = new InspectFixture(spark, Path.of(warehouse.toString()));
            settings.forEach(fixture::set);
            return fixture;
        }
    }

    private static RelabelResult relabel(Warehouse warehouse, Request request) throws Exception {
        JobContext context = request.fixture(warehouse).context();
        List<RelabelResult> results = new ArrayList<>();
        JobRun.execute(context, warehouse, "relabel", "Relabelling", run -> {
            InspectOptions inspection = InspectOptions.of(
                    spark,
                    context.configuration(),
                    CLIP,
                    request.knowledge,
                    request.captions
                            ? CaptionOptions.of(context.configuration(), mapper, RandomMapper.LANGUAGE_MODEL)
                            : Optional.empty(),
                    request.redo,
                    Claim.TakeOver.ALWAYS);
            RelabelOptions options =
                    RelabelOptions.of(context.configuration(), inspection, request.window, request.against);
            RelabelResult result = new Relabel(warehouse, options).run(run, owner -> true);
            result.report(run);
            results.add(result);
            return result.summary("W");
        });
        return results.get(0);
    }

    private static Dataset<Row> rows(Warehouse warehouse, Path knowledge) {
        return warehouse
                .read(InspectionsTable.DEFINITION)
                .where(col("kb_id").equalTo(KnowledgeBase.read(knowledge).id()));
    }

    /** By image; every image has one row. */
    private static Map<String, Row> byImage(Warehouse warehouse, Path knowledge) {
        Map<String, Row> byImage = new TreeMap<>();
        for (Row row : rows(warehouse, knowledge).collectAsList()) {
            assertThat(byImage.put(row.getAs("image_id"), row))
                    .as("a second row")
                    .isNull();
        }
        return byImage;
    }

    private static Map<String, String> json(Warehouse warehouse, Path knowledge) {
        Map<String, String> json = new TreeMap<>();
        for (Row row : rows(warehouse, knowledge).drop("run_id", "inspected_at").collectAsList()) {
            json.put(row.getAs("image_id"), row.json());
        }
        return json;
    }

    @Test
    void theSameDescriptionsSayTheSameAsALookAtThePhotograph() throws Exception {
        Warehouse warehouse = copy(inspected);
        Path same = knowledge("oranges-2");

        RelabelResult result = relabel(warehouse, Request.with(same));

        assertThat(result.relabelled()).isEqualTo(6);
        assertThat(result.failed()).isEqualTo(1);
        assertThat(result.before()).isZero();
        assertThat(result.against()).hasValue("oranges");
        assertThat(result.changes()).isEqualTo(new Changes(7, 0, List.of()));
        Map<String, Row> looked = byImage(warehouse, ORANGES);
        Map<String, Row> relabelled = byImage(warehouse, same);
        assertThat(relabelled.keySet()).isEqualTo(looked.keySet());
        relabelled.forEach((id, row) -> requireSame(row, looked.get(id)));
        Row failed = rows(warehouse, same).where("status = 'failed'").first();
        assertThat(failed.<String>getAs("error")).matches("(truncated|corrupt): .*");
    }

    private static void requireSame(Row row, Row looked) {
        for (String column : List.of(
                "uri",
                "lot",
                "captured_at",
                "part",
                "status",
                "error",
                "defective",
                "defect",
                "severity",
                "verdict",
                "summary",
                "captioner_id",
                "caption")) {
            assertThat(row.<Object>getAs(column)).as(column).isEqualTo(looked.getAs(column));
        }
        for (String column : List.of("maps", "map_rows", "map_cols", "region", "embedding")) {
            assertThat(row.<Object>getAs(column)).as(column).isNull();
        }
        if (row.getAs("status").equals("failed")) {
            return;
        }
        assertThat(row.<Double>getAs("margin")).isCloseTo(looked.getAs("margin"), within(1e-4));
        List<Row> top = row.getList(row.fieldIndex("top"));
        List<Row> seen = looked.getList(looked.fieldIndex("top"));
        assertThat(top).hasSameSizeAs(seen);
        for (int rank = 0; rank < top.size(); rank++) {
            assertThat(top.get(rank).getString(0)).isEqualTo(seen.get(rank).getString(0));
            assertThat(top.get(rank).getBoolean(1)).isEqualTo(seen.get(rank).getBoolean(1));
            assertThat(top.get(rank).getDouble(2)).isCloseTo(seen.get(rank).getDouble(2), within(1e-5));
            assertThat(top.get(rank).getDouble(3)).isCloseTo(seen.get(rank).getDouble(3), within(1e-6));
            assertThat(top.get(rank).getString(4)).isEqualTo(seen.get(rank).getString(4));
        }
    }

    /** Another prompt for what is sound, another name for a defect, another verdict on it. */
    @Test
    void whatChangedIsCounted() throws Exception {
        Warehouse warehouse = copy(inspected);
        Path other = knowledge(
                "others",
                "prompts: [a mouldy orange,",
                "prompts: [an orange,",
                "prompts: [a fresh orange]",
                "prompts: [a mouldy orange]",
                "name: bruise",
                "name: dent",
                "'mould'",
                "'dent'",
                "discard",
                "burn");

        RelabelResult result = relabel(warehouse, Request.with(other));

        Map<String, Row> before = byImage(warehouse, ORANGES);
        Map<String, Row> now = byImage(warehouse, other);
        Changes changes = result.changes();
        assertThat(changes.compared()).isEqualTo(7);
        assertThat(changes.moved())
                .isPositive()
                .isEqualTo(before.keySet().stream()
                        .filter(id -> Stream.<Function<Row, String>>of(
                                        TestRelabel::label, row -> row.getAs("severity"), row -> row.getAs("verdict"))
                                .anyMatch(told -> !Objects.equals(told.apply(before.get(id)), told.apply(now.get(id)))))
                        .count());
        requireCounted(changes, "label", before, now, TestRelabel::label);
        requireCounted(changes, "severity", before, now, row -> row.getAs("severity"));
        requireCounted(changes, "verdict", before, now, row -> row.getAs("verdict"));
        assertThat(result.summary("W").text()).contains("against oranges", " → ");
        Row run = warehouse
                .read(RunsTable.DEFINITION)
                .where("job = 'relabel' AND state = 'finished'")
                .first();
        Changes.Change first = changes.changes().get(0);
        assertThat(run.<String, Long>getJavaMap(run.fieldIndex("counts")))
                .containsEntry("label: " + first.from() + " → " + first.to(), first.images())
                .containsEntry("moved", changes.moved());
    }

    private static String label(Row row) {
        return row.getAs("status").equals("failed")
                ? "failed"
                : Objects.requireNonNullElse(row.getAs("defect"), "sound");
    }

    private static void requireCounted(
            Changes changes, String what, Map<String, Row> before, Map<String, Row> now, Function<Row, String> told) {
        Map<String, Long> expected = new TreeMap<>();
        before.forEach((id, row) -> {
            String from = Objects.requireNonNullElse(told.apply(row), "none");
            String to = Objects.requireNonNullElse(told.apply(now.get(id)), "none");
            if (!from.equals(to)) {
                expected.merge(from + " → " + to, 1L, Long::sum);
            }
        });
        Map<String, Long> counted = new TreeMap<>();
        for (Changes.Change change : changes.changes()) {
            if (change.what().equals(what)) {
                counted.put(change.from() + " → " + change.to(), change.images());
            }
        }
        assertThat(counted).as(what).isEqualTo(expected);
    }

    @Test
    void anotherBaseIsComparedWithWhenNamed() throws Exception {
        Warehouse warehouse = copy(inspected);
        Path second = knowledge("second");
        Path third = knowledge("third");
        relabel(warehouse, Request.with(second));

        assertThat(relabel(warehouse, Request.with(third)).against()).hasValue("second");
        assertThat(relabel(warehouse, Request.with(third).against("oranges")).against())
                .hasValue("oranges");
        assertThat(relabel(
                                warehouse,
                                Request.with(third)
                                        .against(KnowledgeBase.read(second).id().substring(0, 9)))
                        .against())
                .hasValue("second");
        assertThatThrownBy(() -> relabel(warehouse, Request.with(third).against("fourth")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("none is meant")
                .hasMessageContaining("(second)")
                .hasMessageContaining("--against");
    }

    @Test
    void captionsAreKept() throws Exception {
        Warehouse warehouse = copy(captioned);
        Path same = knowledge("oranges-2");

        RelabelResult result = relabel(warehouse, Request.with(same));

        assertThat(result.captioned()).isZero();
        Map<String, Row> looked = byImage(warehouse, ORANGES);
        byImage(warehouse, same).forEach((id, row) -> {
            requireSame(row, looked.get(id));
            for (String column : List.of("captions", "caption_logprob", "clip_score")) {
                assertThat(row.<Object>getAs(column))
                        .as(column)
                        .isEqualTo(looked.get(id).getAs(column));
            }
        });
        assertThat(rows(warehouse, same).where("caption IS NOT NULL").count()).isEqualTo(6);
    }

    /** Captions of stored embeddings are those of a first look, and verdict rules read them. */
    @Test
    void captionsAreWrittenAnew() throws Exception {
        Warehouse warehouse = copy(inspected);
        Path rules = knowledge("rules", "verdicts:", "verdicts:\n  - {verdict: told, when: caption_logprob < 0}");

        RelabelResult result = relabel(warehouse, Request.with(rules).captionsAnew());

        assertThat(result.captioned()).isEqualTo(6);
        assertThat(result.failed()).isEqualTo(1);
        Map<String, Row> looked = byImage(Warehouse.at(spark, captioned.toString()), ORANGES);
        Map<String, Row> relabelled = byImage(warehouse, rules);
        assertThat(relabelled.keySet()).isEqualTo(looked.keySet());
        relabelled.forEach((id, row) -> {
            for (String column : List.of("caption", "captioner_id", "status", "defect")) {
                assertThat(row.<Object>getAs(column))
                        .as(column)
                        .isEqualTo(looked.get(id).getAs(column));
            }
        });
        assertThat(rows(warehouse, rules).where("verdict = 'told'").count()).isPositive();
    }

    @Test
    void nothingIsDoneTwice() throws Exception {
        Warehouse warehouse = copy(inspected);
        Path same = knowledge("oranges-2");
        RelabelResult some = relabel(warehouse, Request.with(same).window("2025-03-02", "2025-03-03T10:00:00Z"));
        assertThat(some.relabelled()).isEqualTo(1);
        assertThat(some.changes().compared()).isEqualTo(1);
        Map<String, String> first = json(warehouse, same);

        RelabelResult rest = relabel(warehouse, Request.with(same));
        RelabelResult again = relabel(warehouse, Request.with(same));

        assertThat(rest.relabelled()).isEqualTo(5);
        assertThat(rest.before()).isEqualTo(1);
        assertThat(again.chunks()).isZero();
        assertThat(again.before()).isEqualTo(7);
        assertThat(byImage(warehouse, same)).hasSize(7);
        assertThat(json(warehouse, same)).containsAllEntriesOf(first);
    }

    @Test
    void dryRunTellsHowManyAndWritesNothing() throws Exception {
        Warehouse warehouse = copy(inspected);
        Path same = knowledge("oranges-2");
        String[] command = {
            "relabel",
            "--warehouse",
            warehouse.toString(),
            "--clip",
            CLIP.toString(),
            "--knowledge",
            same.toString(),
            "--precision",
            "fp32",
            "--json",
            "--quiet",
            "--since",
            "2025-03-02",
            "--dry-run"
        };
        Map<Path, Long> before = files();

        Outcome planned = succeed(command);

        assertThat(counted(planned, "to_relabel")).isEqualTo(2);
        assertThat(counted(planned, "relabelled_before")).isZero();
        assertThat(files()).isEqualTo(before);
        Outcome done = succeed(Arrays.copyOf(command, command.length - 1));
        assertThat(counted(done, "relabelled")).isEqualTo(2);
        assertThat(counted(succeed(command), "to_relabel")).isZero();
    }

    private Map<Path, Long> files() throws IOException {
        Map<Path, Long> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder.resolve("warehouse"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file, Files.size(file));
            }
        }
        return files;
    }

    @Test
    void otherOptionsNeedRedo() throws Exception {
        Warehouse warehouse = copy(inspected);
        Path same = knowledge("oranges-2");
        relabel(warehouse, Request.with(same).window(null, "2025-03-02"));
        Request other = Request.with(same).set("label.top-k", "2");

        assertThatThrownBy(() -> relabel(warehouse, other))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(
                        "Cannot relabel with these options: what is already inspected lists the top 3, not top 2.")
                .hasMessageContaining("--redo");
        assertThatThrownBy(() -> relabel(warehouse, Request.with(same).set("label.threshold", "0.7")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("label.threshold 0.5, not 0.7")
                .hasMessageContaining("--redo");
        RelabelResult redone = relabel(warehouse, other.redone());

        assertThat(redone.relabelled()).isEqualTo(6);
        assertThat(byImage(warehouse, same)).hasSize(7);
        assertThat(rows(warehouse, same).where("size(top) = 2").count()).isEqualTo(6);
    }

    /** Rows that hold the embeddings are never deleted. */
    @Test
    void whatWasInspectedIsNotRedone() throws Exception {
        Warehouse warehouse = copy(inspected);
        Request other = Request.with(ORANGES).set("label.top-k", "2");

        assertThatThrownBy(() -> relabel(warehouse, other.redone()))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("lists the top 3, not top 2")
                .hasMessageContaining("inspect --redo");
        assertThat(relabel(warehouse, Request.with(ORANGES).redone()).chunks()).isZero();
        assertThat(rows(warehouse, ORANGES).where("embedding IS NOT NULL").count())
                .isEqualTo(6);
    }

    @Test
    void interruptedRunEndsWithTheSameRows() throws Exception {
        Path same = knowledge("oranges-2");
        Warehouse undisturbed = copy(captioned, "undisturbed");
        relabel(undisturbed, Request.with(same));
        Warehouse killed = copy(captioned, "killed");
        Request chunked = Request.with(same).set("relabel.chunk-images", "1");

        FaultyLogStore.during(() -> {
            // The claim is the next commit, then come the chunks of parts 1, 2 and 3.
            FaultyLogStore.beforeCommit(
                    InspectionsTable.NAME, killed.version(InspectionsTable.DEFINITION) + 3, FaultyLogStore.broken());
            assertThatThrownBy(() -> relabel(killed, chunked)).hasRootCauseInstanceOf(IOException.class);
            assertThat(byImage(killed, same)).hasSize(4);

            assertThat(relabelled(killed, chunked).relabelled()).isEqualTo(2);
        });

        assertThat(json(killed, same)).hasSize(7).isEqualTo(json(undisturbed, same));
    }

    private static RelabelResult relabelled(Warehouse warehouse, Request request) {
        try {
            return relabel(warehouse, request);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** An image that was inspected with two knowledge bases, and by two captioners, is relabelled once, with its captions. */
    @Test
    void imagesAreRelabelledOnce() throws Exception {
        Path other = knowledge("other");
        Path third = knowledge("third");
        InspectFixture fixture = new InspectFixture(spark, Files.createDirectory(folder.resolve("warehouse")));
        fixture.part(1, 3).inspect();
        fixture.knowledge(other).part(2, 2).inspect();
        fixture.captions(mapper, RandomMapper.LANGUAGE_MODEL).inspect();
        fixture.part(3, 1);
        new InspectFixture(spark, folder.resolve("warehouse")).inspect();

        RelabelResult result = relabel(fixture.warehouse(), Request.with(third));

        assertThat(result.relabelled()).isEqualTo(6);
        assertThat(byImage(fixture.warehouse(), third)).hasSize(6);
        assertThat(rows(fixture.warehouse(), third).where("caption IS NOT NULL").count())
                .isEqualTo(5);
        assertThat(rows(fixture.warehouse(), third)
                        .where("captioner_id = 'none' AND part = 3")
                        .count())
                .isEqualTo(1);
        assertThat(relabel(fixture.warehouse(), Request.with(third)).chunks()).isZero();
    }

    /** Photographs that come later are inspected with the new knowledge base, beside the relabelled ones, which have no heat maps. */
    @Test
    void newPhotographsAreInspectedBesideRelabelledOnes() throws Exception {
        Path second = knowledge("second");
        InspectFixture fixture = new InspectFixture(spark, Files.createDirectory(folder.resolve("warehouse")));
        fixture.part(1, 3).inspect();
        relabel(fixture.warehouse(), Request.with(second));

        InspectResult result = fixture.part(2, 2).knowledge(second).inspect();

        assertThat(result.ok()).isEqualTo(2);
        assertThat(result.before()).isEqualTo(3);
        InspectResult captions =
                fixture.captions(mapper, RandomMapper.LANGUAGE_MODEL).inspect();
        assertThat(captions.captioned()).as("those with an embedding").isEqualTo(2);
        assertThat(captions.ok()).as("from their photographs").isEqualTo(3);
    }

    /** Rows of other writers may lack the region; an embedding without a direction is a failure of one image. */
    @Test
    void anEmbeddingWithoutADirectionFails() throws Exception {
        Warehouse warehouse = copy(inspected);
        Path same = knowledge("oranges-2");
        Dataset<Row> zero = warehouse
                .read(InspectionsTable.DEFINITION)
                .where("status = 'ok'")
                .limit(1)
                .withColumn("image_id", lit("zero"))
                .withColumn(
                        "region",
                        lit(null)
                                .cast(InspectionsTable.DEFINITION
                                        .schema()
                                        .apply("region")
                                        .dataType()))
                .withColumn("embedding", array_repeat(lit(0f), 40));
        warehouse.append(InspectionsTable.DEFINITION, zero, "another writer");

        RelabelResult result = relabel(warehouse, Request.with(same));

        assertThat(result.relabelled()).isEqualTo(6);
        assertThat(result.failed()).isEqualTo(2);
        Row row = byImage(warehouse, same).get("zero");
        assertThat(row.<String>getAs("error")).startsWith("not_finite: ");
        assertThat(row.<Object>getAs("defective")).isNull();
        assertThat(row.<Object>getAs("verdict")).isNull();
    }

    @Test
    void anEncoderWithoutInspectionsIsTold() throws Exception {
        Warehouse warehouse = copy(inspected);
        Path same = knowledge("oranges-2");

        String told = mistake(
                "relabel",
                "--warehouse",
                warehouse.toString(),
                "--clip",
                CLIP.toString(),
                "--knowledge",
                same.toString(),
                "--precision",
                "bf16",
                "--quiet");

        assertThat(told).contains("Cannot relabel the images of", "none was inspected with", "--precision");
        assertThat(warehouse
                        .read(InspectionsTable.DEFINITION)
                        .select("kb_id")
                        .distinct()
                        .count())
                .isEqualTo(1);
    }
}
