package io.blemish.jobs.inspect;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.blemish.error.InternalException;
import io.blemish.error.UserException;
import io.blemish.explain.Method;
import io.blemish.knowledge.KnowledgeBase;
import io.blemish.knowledge.LabelOptions;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.RunsTable;
import io.blemish.tables.Warehouse;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The inspections that a warehouse already holds for an encoder, a captioner and a knowledge base. */
public final class RowsAtHand {
    private final Warehouse warehouse;
    private final Request request;
    private final Dataset<Row> rows;

    /** The rows of the key in the warehouse, as it is now, which are to be inspected on. */
    public RowsAtHand(Warehouse warehouse, Column key) {
        this(warehouse, key, Request.INSPECT);
    }

    /** The rows of the key in the warehouse, as it is now. */
    public RowsAtHand(Warehouse warehouse, Column key, Request request) {
        this.warehouse = warehouse;
        this.request = request;
        this.rows = warehouse.read(InspectionsTable.DEFINITION).where(key);
    }

    /** What is asked for beside the rows, and what helps when they differ. */
    public enum Request {
        INSPECT("inspect", "Use the same options, or add --redo to delete these inspections and make them anew"),
        RELABEL("relabel", "Use the same options, or add --redo to delete what relabel has made so and make it anew"),
        /** Rows that hold the embeddings: no relabelling may delete them. */
        RELABEL_INSPECTED(
                "relabel",
                "Use the same options, or give the knowledge base a name of its own, or inspect the photographs anew"
                        + " with blemish inspect --redo");

        private final String act;
        private final String cure;

        Request(String act, String cure) {
            this.act = act;
            this.cure = cure;
        }
    }

    /** The rows. */
    public Dataset<Row> rows() {
        return rows;
    }

    /** True when there is none. */
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /**
     * Refuses to put rows of other options beside them. What a row does not show is compared with the configuration of
     * the run that made it, if the warehouse still has that run. Rows made by relabel have no heat maps, and don't tell of methods.
     *
     * @param base the knowledge base of the key
     * @param label how images are labelled
     * @param methods how heat maps are made
     * @throws UserException naming what differs, and {@code --redo}
     */
    public void requireSame(KnowledgeBase base, LabelOptions label, Collection<Method> methods) {
        requireSameLabels(base, label);
        Set<String> wanted = methods.stream().map(Method::label).collect(Collectors.toCollection(TreeSet::new));
        example(col("region").isNotNull(), col("maps.method")).ifPresent(example -> {
            Set<String> made = new TreeSet<>(example.getList(0));
            require("has heat maps by " + names(made), made.equals(wanted), names(wanted));
        });
    }

    /**
     * Refuses to put rows with labels of other options beside them.
     *
     * @param base the knowledge base of the key
     * @param label how images are labelled
     * @throws UserException naming what differs, and {@code --redo}
     */
    public void requireSameLabels(KnowledgeBase base, LabelOptions label) {
        int listed = Math.min(label.topK(), base.descriptions().size());
        example(lit(true), col("top.description"), col("run_id")).ifPresent(example -> {
            int found = example.getList(0).size();
            require("lists the top " + found, found == listed, "top " + listed);
            configuration(example.getString(1)).ifPresent(configuration -> requireSame(configuration, base, label));
        });
    }

    private Optional<Row> example(Column which, Column... columns) {
        List<Row> example = rows.where(
                        col("status").equalTo(InspectionsTable.OK).and(which))
                .select(columns)
                .limit(1)
                .collectAsList();
        return example.stream().findFirst();
    }

    private Optional<JsonNode> configuration(String runId) {
        List<Row> event = warehouse
                .read(RunsTable.DEFINITION)
                .where(col("run_id").equalTo(runId).and(col("configuration").isNotNull()))
                .select("configuration")
                .limit(1)
                .collectAsList();
        return event.stream().findFirst().map(row -> {
            try {
                return new ObjectMapper().readTree(row.getString(0));
            } catch (JsonProcessingException e) {
                throw new InternalException("The configuration of run " + runId + " in the table runs is damaged", e);
            }
        });
    }

    private void requireSame(JsonNode configuration, KnowledgeBase base, LabelOptions label) {
        double threshold = configuration.path("label.threshold").asDouble(label.threshold());
        require(
                "was labelled with label.threshold " + threshold,
                threshold == label.threshold(),
                String.valueOf(label.threshold()));
        double abstain = configuration.path("label.abstain").asDouble(label.abstain());
        require(
                "was labelled with label.abstain " + abstain,
                abstain == label.abstain() || leftOpen(abstain, base, label),
                String.valueOf(label.abstain()));
    }

    /**
     * True when the run may have left the margin to the knowledge base, as now: a configuration shows the default then.
     */
    private static boolean leftOpen(double abstain, KnowledgeBase base, LabelOptions label) {
        LabelOptions open = LabelOptions.of(base, label.topK(), label.threshold(), OptionalDouble.empty());
        return abstain == LabelOptions.DEFAULT.abstain() && label.abstain() == open.abstain();
    }

    private void require(String found, boolean same, String wanted) {
        if (!same) {
            throw UserException.cannot(
                    request.act + " with these options",
                    "what is already inspected " + found + ", not " + wanted,
                    request.cure);
        }
    }

    private static String names(Set<String> methods) {
        return methods.isEmpty() ? "no method" : String.join(", ", methods);
    }
}
