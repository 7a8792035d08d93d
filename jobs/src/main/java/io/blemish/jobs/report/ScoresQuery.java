package io.blemish.jobs.report;

import static org.apache.spark.sql.functions.col;

import io.blemish.tables.EvaluationsTable;
import io.blemish.tables.Warehouse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.Row;

/** Reads the newest evaluation of a subject. */
final class ScoresQuery {
    private static final List<String> COLUMNS =
            List.of("metric", "slice", "detail", "method", "value", "low", "high", "n");

    private ScoresQuery() {}

    /** Its figures; none when it was never evaluated. */
    static Scores scores(Warehouse warehouse, Subject subject) {
        if (!warehouse.exists(EvaluationsTable.DEFINITION)) {
            return new Scores(List.of());
        }
        return new Scores(EvaluationsTable.current(warehouse
                        .read(EvaluationsTable.DEFINITION)
                        .where(col("encoder_id")
                                .equalTo(subject.encoderId())
                                .and(col("kb_id").equalTo(subject.base().id()))))
                .selectExpr(COLUMNS.toArray(String[]::new))
                .collectAsList()
                .stream()
                .map(ScoresQuery::score)
                .toList());
    }

    private static Score score(Row row) {
        return new Score(
                row.getString(0),
                row.getString(1),
                Optional.ofNullable(row.getString(2)),
                Optional.ofNullable(row.getString(3)),
                number(row, 4),
                number(row, 5),
                number(row, 6),
                row.getLong(7));
    }

    private static OptionalDouble number(Row row, int column) {
        return row.isNullAt(column) ? OptionalDouble.empty() : OptionalDouble.of(row.getDouble(column));
    }
}
