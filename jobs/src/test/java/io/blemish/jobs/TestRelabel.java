package io.blemish.jobs;

import static org.apache.spark.sql.functions.array_repeat;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.blemish.error.UserException;
import io.blemish.jobs.relabel.Changes;
import io.blemish.knowledge.KnowledgeBase;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.RunsTable;
import io.blemish.tables.Warehouse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** What relabel says from stored embeddings, against what a look at the photographs said. */
class TestRelabel extends RelabelTest {
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
        assertThat(result.summary("W").text())
                .contains(
                        "against oranges",
                        " → ",
                        "promote --warehouse W --knowledge "
                                + KnowledgeBase.read(other).id().substring(0, 12));
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
}
