package io.blemish.jobs.report;

import static io.blemish.jobs.report.Html.element;
import static io.blemish.jobs.report.Html.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What photographs are, against what they are called. */
final class Confusion {
    private final Map<String, Map<String, Long>> counts = new HashMap<>();
    private final Set<String> labels = new TreeSet<>();

    private Confusion(List<Score> cells) {
        for (Score cell : cells) {
            String called = cell.detail().orElse("");
            labels.add(cell.subject());
            labels.add(called);
            counts.computeIfAbsent(cell.subject(), truth -> new HashMap<>()).put(called, cell.n());
        }
    }

    static Optional<Html> of(Scores scores) {
        List<Score> cells = scores.of("confusion");
        return cells.isEmpty() ? Optional.empty() : Optional.of(new Confusion(cells).html());
    }

    private Html html() {
        List<Html> headings = new ArrayList<>();
        headings.add(Matrix.heading("True"));
        labels.forEach(label -> headings.add(Matrix.heading(label)));
        List<Html> rows = new ArrayList<>();
        for (String truth : labels) {
            if (counts.containsKey(truth)) {
                rows.add(row(truth, counts.get(truth)));
            }
        }
        String note = "Each row holds the photographs of one true label (those that are sound or have a single defect),"
                + " each column what they were called; the darker a cell, the larger its share of the row. A perfect"
                + " model fills the diagonal alone.";
        String caption = "Photographs by true label and by what they were called";
        return element(
                "div",
                element("h3", text("What is taken for what")),
                element("p", "note", note),
                Matrix.table("confusion", caption, headings, rows));
    }

    private Html row(String truth, Map<String, Long> called) {
        long whole = called.values().stream().mapToLong(Long::longValue).sum();
        List<Html> cells = new ArrayList<>();
        for (String label : labels) {
            long count = called.getOrDefault(label, 0L);
            String mark = (count == 0 ? " zero" : "") + (label.equals(truth) ? " right" : "");
            cells.add(Matrix.cell(label, Matrix.number(Numbers.count(count)))
                    .with("class", "heat" + mark)
                    .with("style", "--heat:" + Numbers.decimal((double) count / whole, 3)));
        }
        return Matrix.row(Matrix.rowHeading(truth), cells);
    }
}
