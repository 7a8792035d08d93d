package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.UserException;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which images a run of relabel takes, once each, whatever came before it. */
class TestRelabelRuns extends RelabelTest {
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
        String[] command =
                command(warehouse, same, "--precision", "fp32", "--json", "--since", "2025-03-02", "--dry-run");
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

    @Test
    void anEncoderWithoutInspectionsIsTold() throws Exception {
        Warehouse warehouse = copy(inspected);
        Path same = knowledge("oranges-2");

        String told = mistake(command(warehouse, same, "--precision", "bf16"));

        assertThat(told).contains("Cannot relabel the images of", "none was inspected with", "--precision");
        assertThat(warehouse
                        .read(InspectionsTable.DEFINITION)
                        .select("kb_id")
                        .distinct()
                        .count())
                .isEqualTo(1);
    }
}
