package io.blemish.jobs.inspect;

import static org.apache.spark.sql.functions.col;

import io.blemish.error.InternalException;
import io.blemish.error.UserException;
import io.blemish.knowledge.KnowledgeBase;
import io.blemish.tables.BundlesTable;
import io.blemish.tables.KnowledgeBasesTable;
import io.blemish.tables.TableDefinition;
import io.blemish.tables.Warehouse;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
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
        if (!holds(base)) {
            Row row = RowFactory.create(base.id(), base.name(), Instant.now(), runId, base.canonicalJson());
            append(KnowledgeBasesTable.DEFINITION, row, "blemish-kb-" + base.name(), () -> holds(base));
        }
    }

    /**
     * Writes an encoder down, unless it is there.
     *
     * @param card architecture, precision and preprocessing as JSON
     */
    public void recordEncoder(String encoderId, String name, String card) {
        recordBundle(encoderId, BundlesTable.ENCODER, name, card);
    }

    /**
     * Writes a captioner down, unless it is there.
     *
     * @param card architecture, precision and decoding as JSON
     */
    public void recordCaptioner(String captionerId, String name, String card) {
        recordBundle(captionerId, BundlesTable.CAPTIONER, name, card);
    }

    /**
     * True when the knowledge base is written down.
     *
     * @throws UserException when its name stands for another content
     */
    public boolean holds(KnowledgeBase base) {
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
        return !namesakes.isEmpty();
    }

    private void recordBundle(String id, String kind, String name, String card) {
        if (!holdsBundle(id)) {
            Row row = RowFactory.create(id, kind, name, Instant.now(), runId, card);
            append(BundlesTable.DEFINITION, row, "blemish-bundle-" + id, () -> holdsBundle(id));
        }
    }

    private boolean holdsBundle(String id) {
        return !warehouse
                .read(BundlesTable.DEFINITION)
                .where(col("bundle_id").equalTo(id))
                .isEmpty();
    }

    /**
     * Appends the row as the only transaction of its application. The table tells how it went: of two drivers one alone
     * gets its row in, and a failed append may have been committed all the same.
     */
    private void append(TableDefinition table, Row row, String application, BooleanSupplier isThere) {
        Exception failure = null;
        try {
            warehouse.append(
                    table,
                    warehouse.spark().createDataFrame(List.of(row), table.schema()),
                    runId,
                    new Warehouse.Transaction(application, 1));
        } catch (Exception e) {
            // Scala throws checked exceptions without declaring them.
            failure = e;
        }
        if (isThere.getAsBoolean()) {
            return;
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        throw new InternalException(
                "Transaction " + application + " of run " + runId + " left no row in " + table.name(), failure);
    }
}
