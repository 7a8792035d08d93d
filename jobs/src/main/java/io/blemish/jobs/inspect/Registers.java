package io.blemish.jobs.inspect;

import static org.apache.spark.sql.functions.col;

import io.blemish.error.UserException;
import io.blemish.knowledge.KnowledgeBase;
import io.blemish.tables.BundlesTable;
import io.blemish.tables.KnowledgeBasesTable;
import io.blemish.tables.Warehouse;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * What a warehouse knows of the models and knowledge bases that were used in it: each is written down once, when first
 * used.
 */
public final class Registers {
    private final Warehouse warehouse;
    private final String runId;

    /** The registers of the warehouse, written to in the name of the run. */
    public Registers(Warehouse warehouse, String runId) {
        this.warehouse = warehouse;
        this.runId = runId;
    }

    /**
     * Writes the knowledge base down, unless it is there.
     *
     * @throws UserException when its name already stands for another content
     */
    public void record(KnowledgeBase base) {
        List<Row> namesakes = warehouse
                .read(KnowledgeBasesTable.DEFINITION)
                .where(col("name").equalTo(base.name()))
                .select("kb_id")
                .collectAsList();
        for (Row namesake : namesakes) {
            if (!namesake.getString(0).equals(base.id())) {
                throw UserException.cannot(
                        "use the knowledge base " + base.name(),
                        "this name already stands for another content (" + namesake.getString(0) + ")",
                        "Give the new content a name of its own");
            }
        }
        if (namesakes.isEmpty()) {
            Row row = RowFactory.create(base.id(), base.name(), Instant.now(), runId, base.canonicalJson());
            warehouse.append(
                    KnowledgeBasesTable.DEFINITION,
                    warehouse.spark().createDataFrame(List.of(row), KnowledgeBasesTable.DEFINITION.schema()),
                    runId);
        }
    }

    /**
     * Writes an encoder down, unless it is there.
     *
     * @param card architecture, precision and preprocessing as JSON
     */
    public void recordEncoder(String encoderId, String name, String card) {
        boolean known = !warehouse
                .read(BundlesTable.DEFINITION)
                .where(col("bundle_id").equalTo(encoderId))
                .isEmpty();
        if (!known) {
            Row row = RowFactory.create(encoderId, "encoder", name, Instant.now(), runId, card);
            warehouse.append(
                    BundlesTable.DEFINITION,
                    warehouse.spark().createDataFrame(List.of(row), BundlesTable.DEFINITION.schema()),
                    runId);
        }
    }
}
