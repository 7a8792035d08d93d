package io.blemish.jobs.sql;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import io.blemish.jobs.Printable;
import io.blemish.jobs.TextTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** The first rows of an answer, in lines for people. */
public final class AnswerTable {
    /** Bytes that tell what all of them are. */
    private static final int HEAD = 32;

    private final StructType schema;
    private final List<List<String>> rows;
    private final boolean more;

    private AnswerTable(StructType schema, List<List<String>> rows, boolean more) {
        this.schema = schema;
        this.rows = rows;
        this.more = more;
    }

    /** Fetches rows of the answer: of bytes, only what says what they are. */
    public static AnswerTable of(Dataset<Row> answer, int most) {
        List<List<String>> rows = new ArrayList<>();
        for (Row row : shortened(answer).limit(most + 1).collectAsList()) {
            rows.add(cells(row, answer.schema()));
        }
        boolean more = rows.size() > most;
        return new AnswerTable(answer.schema(), more ? rows.subList(0, most) : rows, more);
    }

    /** True when the answer has rows that were not fetched. */
    public boolean hasMore() {
        return more;
    }

    /** A table with numbers to the right; blocks of lines where a line would be longer than the terminal is wide. */
    public List<String> lines(OptionalInt terminal) {
        TextTable table = new TextTable();
        for (int i = 0; i < schema.size(); i++) {
            if (schema.apply(i).dataType() instanceof NumericType) {
                table.right(i);
            }
        }
        table.row(Arrays.asList(schema.fieldNames())).rule();
        rows.forEach(table::row);
        return terminal.isPresent() && table.width() > terminal.getAsInt() ? records() : table.lines();
    }

    /** A block of lines for each row, with a line for each column. */
    public List<String> records() {
        List<String> names =
                Arrays.stream(schema.fieldNames()).map(Printable::text).toList();
        int longest = names.stream().mapToInt(String::length).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            lines.add("-- " + (i + 1) + " --");
            for (int column = 0; column < names.size(); column++) {
                String name = names.get(column);
                String text = Printable.text(rows.get(i).get(column));
                lines.add((name + " ".repeat(longest - name.length()) + "  " + text).stripTrailing());
            }
        }
        return lines;
    }

    /** The same rows under numbers for names, which may occur twice, with each value of bytes cut to its head. */
    private static Dataset<Row> shortened(Dataset<Row> answer) {
        StructType schema = answer.schema();
        String[] numbered = new String[schema.size()];
        Column[] columns = new Column[schema.size()];
        for (int i = 0; i < columns.length; i++) {
            numbered[i] = "c" + i;
            Column column = col(numbered[i]);
            columns[i] = bytes(schema, i)
                    ? when(column.isNotNull(), struct(length(column).cast("long"), substring(column, 1, HEAD)))
                    : column;
        }
        return answer.toDF(numbered).select(columns);
    }

    private static boolean bytes(StructType schema, int column) {
        return schema.apply(column).dataType().equals(DataTypes.BinaryType);
    }

    private static List<String> cells(Row row, StructType schema) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            if (row.isNullAt(i) || !bytes(schema, i)) {
                cells.add(CellText.of(row.get(i)));
            } else {
                Row head = row.getStruct(i);
                cells.add(CellText.bytes(head.getLong(0), head.getAs(1)));
            }
        }
        return cells;
    }
}
