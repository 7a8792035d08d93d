package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.UserException;
import io.blemish.jobs.inspect.Registers;
import io.blemish.knowledge.KnowledgeBase;
import io.blemish.tables.BundlesTable;
import io.blemish.tables.KnowledgeBasesTable;
import io.blemish.tables.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What becomes of a register that two drivers write to at the same time. */
class TestRegisters extends CommandLineTest {
    private Warehouse create() {
        Warehouse warehouse = Warehouse.at(spark, warehouse());
        warehouse.create(KnowledgeBasesTable.DEFINITION, BundlesTable.DEFINITION);
        return warehouse;
    }

    private static KnowledgeBase oranges() {
        return KnowledgeBase.read(InspectFixture.resource("oranges.yaml"));
    }

    /** Another content under the same name. */
    private KnowledgeBase otherOranges() throws IOException {
        String text = Files.readString(InspectFixture.resource("oranges.yaml"));
        Path file = folder.resolve("oranges.yaml");
        return KnowledgeBase.read(Files.writeString(file, text.replaceFirst("a photo of", "a picture of")));
    }

    /** Another thread: Delta allows one transaction at a time in each. */
    private static FaultyLogStore.Event elsewhere(Runnable action) {
        return () -> CompletableFuture.runAsync(action).join();
    }

    @Test
    void sameContentIsWrittenDownOnce() {
        FaultyLogStore.during(() -> {
            Warehouse warehouse = create();
            Registers one = new Registers(warehouse, "run-1");
            Registers two = new Registers(warehouse, "run-2");

            FaultyLogStore.beforeNextCommit(elsewhere(() -> two.record(oranges())));
            one.record(oranges());
            FaultyLogStore.beforeNextCommit(elsewhere(() -> two.recordEncoder("encoder", "clip", "{}")));
            one.recordEncoder("encoder", "clip", "{}");

            assertThat(warehouse.read(KnowledgeBasesTable.DEFINITION).collectAsList())
                    .map(row -> row.<String>getAs("run_id"))
                    .containsExactly("run-2");
            assertThat(warehouse.read(BundlesTable.DEFINITION).count()).isEqualTo(1);
        });
    }

    @Test
    void nameStandsForTheContentOfTheFirst() throws IOException {
        KnowledgeBase other = otherOranges();
        assertThat(other.id()).isNotEqualTo(oranges().id());
        FaultyLogStore.during(() -> {
            Warehouse warehouse = create();

            FaultyLogStore.beforeNextCommit(elsewhere(() -> new Registers(warehouse, "run-2").record(other)));

            assertThatThrownBy(() -> new Registers(warehouse, "run-1").record(oranges()))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("this name already stands for another content (" + other.id() + ")");
            assertThat(warehouse.read(KnowledgeBasesTable.DEFINITION).count()).isEqualTo(1);
        });
    }
}
