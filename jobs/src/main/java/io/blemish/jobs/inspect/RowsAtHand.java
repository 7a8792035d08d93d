package io.blemish.jobs.inspect;

import static org.apache.spark.sql.functions.col;

import io.blemish.error.UserException;
import io.blemish.explain.Method;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.Warehouse;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The inspections that a warehouse already holds for an encoder, a captioner and a knowledge base. */
public final class RowsAtHand {
    private final Dataset<Row> rows;

    /** The rows of the key in the warehouse, as it is now. */
    public RowsAtHand(Warehouse warehouse, Column key) {
        this.rows = warehouse.read(InspectionsTable.DEFINITION).where(key);
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
     * Refuses to put rows of other options beside them.
     *
     * @param listed how many descriptions a label lists
     * @param methods how heat maps are made
     * @throws UserException naming what differs, and {@code --redo}
     */
    public void requireSame(int listed, Collection<Method> methods) {
        example().ifPresent(example -> {
            int found = example.getList(0).size();
            require("lists the top " + found, found == listed, "top " + listed);
            Set<String> wanted = methods.stream().map(Method::label).collect(Collectors.toCollection(TreeSet::new));
            Set<String> made = new TreeSet<>(example.getList(1));
            require("has heat maps by " + names(made), made.equals(wanted), names(wanted));
        });
    }

    private Optional<Row> example() {
        List<Row> example = rows.where(col("status").equalTo(InspectionsTable.OK))
                .select(col("top.description"), col("maps.method"))
                .limit(1)
                .collectAsList();
        return example.stream().findFirst();
    }

    private static void require(String found, boolean same, String wanted) {
        if (!same) {
            throw UserException.cannot(
                    "inspect with these options",
                    "what is already inspected " + found + ", not " + wanted,
                    "Use the same options, or add --redo to delete these inspections and make them anew");
        }
    }

    private static String names(Set<String> methods) {
        return methods.isEmpty() ? "no method" : String.join(", ", methods);
    }
}
