package io.blemish.jobs.report;

import static io.blemish.jobs.report.Html.element;
import static io.blemish.jobs.report.Html.text;

import io.blemish.jobs.report.Measure.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Precision and recall of each defect. */
final class DefectScores {
    private static final Measure RECALL = new Measure("defect_recall", "Recall", Unit.SHARE);
    private static final List<Measure> MEASURES = List.of(
            new Measure("defect_precision", "Precision", Unit.SHARE),
            RECALL,
            new Measure("defect_f1", "F1", Unit.SHARE));

    private static final String NOTE =
            "Precision: of the photographs called by this defect, how many have it. Recall: of"
                    + " those that have it, how many are called by it; a photograph with two defects is called by one of them,"
                    + " which lowers the recall of the other. F1 is the harmonic mean of both.";

    private DefectScores() {}

    static Optional<Html> of(Scores scores) {
        List<Score> defects = scores.of(RECALL.metric()).stream()
                .filter(score -> !score.slice().equals(Scores.MEAN))
                .toList();
        if (defects.isEmpty()) {
            return Optional.empty();
        }
        List<Html> headings = new ArrayList<>();
        headings.add(Matrix.heading("Defect"));
        MEASURES.forEach(measure -> headings.add(Matrix.heading(measure.name())));
        List<Html> rows = new ArrayList<>();
        for (Score defect : defects) {
            String images = "on " + Numbers.count(defect.n(), "photograph", "photographs");
            rows.add(row(scores, defect.subject(), images, defect.slice()));
        }
        rows.add(row(scores, "Mean", "each defect counts alike", Scores.MEAN));
        return Optional.of(element(
                "div",
                element("h3", text("Each defect")),
                element("p", "note", NOTE),
                Matrix.table("scores", "Precision and recall", headings, rows)));
    }

    private static Html row(Scores scores, String name, String detail, String slice) {
        List<Html> cells = new ArrayList<>();
        for (Measure measure : MEASURES) {
            cells.add(measure.cell(scores.of(measure.metric(), slice)));
        }
        return Matrix.row(Matrix.rowHeading(name, detail), cells);
    }
}
