package io.blemish.tables;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A question about the tables of a warehouse that has a name. One text serves every engine; what engines say
 * differently, and the columns of tables, stand in it in braces.
 *
 * @param name the view's name
 * @param purpose what one row is, in one sentence
 * @param tables what it reads, other views apart
 * @param text the SELECT, over tables and earlier views by their names
 */
public record View(String name, String purpose, List<TableDefinition> tables, String text) {
    public View {
        requireNonNull(name, "name is null");
        requireNonNull(purpose, "purpose is null");
        tables = List.copyOf(tables);
        requireNonNull(text, "text is null");
    }

    /** How an engine speaks SQL. */
    public enum Dialect {
        SPARK("raise_error"),
        DUCKDB("error"),
        TRINO("fail");

        /** The function that ends a query with a message. */
        private final String failure;

        Dialect(String failure) {
            this.failure = failure;
        }
    }

    /** The SELECT as the engine wants it. */
    public String select(Dialect dialect) {
        String select = text.replace("{fail}", dialect.failure);
        for (TableDefinition table : tables) {
            select = select.replace("{" + table.name() + "}", columns(table));
        }
        return select;
    }

    private static String columns(TableDefinition table) {
        return Arrays.stream(table.schema().fieldNames())
                .map(column -> table.name() + "." + column)
                .collect(Collectors.joining(", "));
    }
}
