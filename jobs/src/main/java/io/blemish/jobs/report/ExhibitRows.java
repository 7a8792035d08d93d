package io.blemish.jobs.report;

import io.blemish.jobs.report.Exhibit.Described;
import io.blemish.jobs.report.Exhibit.Finding;
import io.blemish.jobs.report.Exhibit.Origin;
import io.blemish.jobs.report.Exhibit.State;
import io.blemish.knowledge.Labeller;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** Reads rows of {@code inspections} as what an {@link Exhibit} tells. */
final class ExhibitRows {
    /** The columns that are read. */
    static final String[] COLUMNS = {
        "image_id",
        "uri",
        "product",
        "site",
        "line",
        "lot",
        "captured_at",
        "defective",
        "defect",
        "severity",
        "verdict",
        "summary",
        "caption",
        "top"
    };

    private ExhibitRows() {}

    static Origin origin(Row row) {
        return new Origin(
                stated(row, "product"),
                stated(row, "site"),
                stated(row, "line"),
                stated(row, "lot"),
                Optional.ofNullable(row.getAs("captured_at")));
    }

    static Finding finding(Row row) {
        String verdict = row.getAs("verdict");
        boolean defective = row.getAs("defective");
        State decided = defective ? State.DEFECTIVE : State.SOUND;
        return new Finding(
                Labeller.REVIEW.equals(verdict) ? State.REVIEW : decided,
                stated(row, "defect"),
                stated(row, "severity"),
                verdict,
                row.getAs("summary"),
                stated(row, "caption"),
                top(row));
    }

    private static Optional<String> stated(Row row, String column) {
        return Optional.ofNullable(row.getAs(column));
    }

    private static List<Described> top(Row row) {
        List<Described> top = new ArrayList<>();
        for (Row described : row.<Row>getList(row.fieldIndex("top"))) {
            top.add(new Described(
                    described.getAs("description"), described.getAs("defect"), described.getAs("probability")));
        }
        return top;
    }
}
