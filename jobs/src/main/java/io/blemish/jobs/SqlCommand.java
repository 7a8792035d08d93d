package io.blemish.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.StructField;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code blemish sql}. */
@Command(
        name = "sql",
        description =
                "Answers a question in SQL. Views: the tables, current_inspections, current_truths, current_evaluations,"
                        + " current_runs. With --json, one JSON object a line.")
public final class SqlCommand extends JobCommand {
    private static final int SHOWN_ROWS = 100;

    @Parameters(paramLabel = "STATEMENT", description = "A SELECT, DESCRIBE or SHOW TABLES")
    private String statement;

    @Option(names = "--warehouse", required = true, paramLabel = "W", description = "Where the tables are")
    private String warehouse;

    @Option(names = "--limit", paramLabel = "N", description = "Rows at most; by default 100 in a table, all in JSON")
    private Integer limit;

    @Override
    protected ExitCode execute(JobContext context) {
        Dataset<Row> answer = Sql.over(context.spark(), warehouse).query(statement);
        return Sql.explained(statement, () -> {
            if (context.terminal().answer() == Terminal.Answer.JSON) {
                printJson(answer, context.terminal());
            } else {
                printTable(answer, context.terminal());
            }
            return ExitCode.DONE;
        });
    }

    private void printJson(Dataset<Row> answer, Terminal terminal) {
        Iterator<String> lines =
                (limit == null ? answer : answer.limit(limit)).toJSON().toLocalIterator();
        lines.forEachRemaining(terminal::print);
    }

    private void printTable(Dataset<Row> answer, Terminal terminal) {
        int most = limit == null ? SHOWN_ROWS : limit;
        List<Row> rows = readable(answer).limit(most + 1).collectAsList();
        TextTable table = new TextTable().row(Arrays.asList(answer.columns())).rule();
        for (Row row : rows.subList(0, Math.min(most, rows.size()))) {
            table.row(cells(row));
        }
        table.lines().forEach(terminal::print);
        if (rows.size() > most) {
            terminal.warn("There are more rows than these " + most + "; --limit shows more.");
        }
    }

    private static List<String> cells(Row row) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            cells.add(row.isNullAt(i) ? "" : row.getString(i));
        }
        return cells;
    }

    /** The same rows as text; of bytes, only how many they are. */
    private static Dataset<Row> readable(Dataset<Row> answer) {
        StructField[] fields = answer.schema().fields();
        String[] numbered = new String[fields.length];
        Arrays.setAll(numbered, i -> "c" + i);
        Column[] texts = new Column[fields.length];
        for (int i = 0; i < fields.length; i++) {
            Column column = col(numbered[i]);
            texts[i] = fields[i].dataType() instanceof BinaryType
                    ? when(column.isNotNull(), concat(length(column), lit(" bytes")))
                    : column.cast("string");
        }
        return answer.toDF(numbered).select(texts);
    }
}
