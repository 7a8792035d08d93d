package io.blemish.jobs.report;

import static io.blemish.jobs.report.Html.element;
import static io.blemish.jobs.report.Html.text;

import io.blemish.jobs.report.Html.Element;
import io.blemish.jobs.report.MapMeasures.Knowledge;
import io.blemish.jobs.report.MapMeasures.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How well heat maps find defects, by method, beside maps that know nothing; and whether they are about the model. */
final class MapScores {
    private static final String EFFECT = "On a sample of photographs, the places that a map shows are uncovered, or"
            + " removed, step by step, the hottest first, and the model is asked again each time.";

    private final Scores scores;

    private MapScores(Scores scores) {
        this.scores = scores;
    }

    /** The parts that there are figures for. */
    static List<Html> of(Scores scores) {
        MapScores maps = new MapScores(scores);
        List<Html> parts = new ArrayList<>();
        maps.part("Where heat maps look", maps.where(), MapMeasures.PLACE).ifPresent(parts::add);
        maps.byDefect().ifPresent(parts::add);
        maps.part("Whether the model needs what they show", EFFECT, MapMeasures.EFFECT)
                .ifPresent(parts::add);
        maps.part(
                        "Whether heat maps are about the model",
                        "Checks that a map must pass to mean anything.",
                        MapMeasures.SANITY)
                .ifPresent(parts::add);
        return parts;
    }

    private String where() {
        StringBuilder note = new StringBuilder("The map of each true defect, against the mask of that defect. A way of"
                + " making maps is worth what it has over maps that know nothing.");
        scores.of("map_coverage", Scores.ALL)
                .flatMap(Score::share)
                .ifPresent(share -> note.append(' ')
                        .append(share)
                        .append(" of the true defects are among the described ones, and so have a map."));
        scores.of("mask_share", Scores.ALL)
                .flatMap(Score::share)
                .ifPresent(share ->
                        note.append(" A mask covers ").append(share).append(" of what the model sees, on average."));
        return note.toString();
    }

    private Optional<Html> part(String title, String note, List<Measure> measures) {
        List<Measure> measured = measures.stream()
                .filter(measure -> !scores.methods(measure.metric()).isEmpty())
                .toList();
        if (measured.isEmpty()) {
            return Optional.empty();
        }
        List<Html> headings = new ArrayList<>();
        headings.add(Matrix.heading("Method"));
        Element meanings = element("dl", "meanings");
        for (Measure measure : measured) {
            headings.add(Matrix.heading(measure.name()));
            meanings = meanings.add(
                    element("div", element("dt", text(measure.name())), element("dd", text(measure.meaning()))));
        }
        return Optional.of(element(
                "div",
                element("h3", text(title)),
                element("p", "note", note),
                Matrix.table("scores", "By method, over all pairs of photograph and defect", headings, rows(measured)),
                meanings));
    }

    private List<Html> rows(List<Measure> measured) {
        List<Html> rows = new ArrayList<>();
        for (Way way : MapMeasures.WAYS) {
            List<Html> cells = new ArrayList<>();
            boolean any = false;
            for (Measure measure : measured) {
                Optional<Score> score = scores.of(measure.metric(), Scores.ALL, way.method());
                any |= score.isPresent();
                cells.add(measure.cell(score));
            }
            if (any) {
                Element row = Matrix.row(Matrix.rowHeading(way.name(), way.remark()), cells);
                rows.add(way.knowledge() == Knowledge.NONE ? row.with("class", "baseline") : row);
            }
        }
        return rows;
    }

    /** The pointing game of each defect, by the methods that were asked for and beside the middle of the picture. */
    private Optional<Html> byDefect() {
        Measure pointing = MapMeasures.POINTING;
        List<Way> ways = MapMeasures.WAYS.stream()
                .filter(way -> scores.methods(pointing.metric()).contains(way.method()))
                .toList();
        List<String> defects = scores.of(pointing.metric()).stream()
                .map(Score::slice)
                .filter(slice -> slice.startsWith("defect:"))
                .distinct()
                .toList();
        if (defects.isEmpty()) {
            return Optional.empty();
        }
        List<Html> headings = new ArrayList<>();
        headings.add(Matrix.heading("Defect"));
        ways.forEach(way -> headings.add(Matrix.heading(way.name())));
        List<Html> rows = new ArrayList<>();
        for (String defect : defects) {
            List<Html> cells = new ArrayList<>();
            for (Way way : ways) {
                Measure named = new Measure(pointing.metric(), way.name(), pointing.unit());
                cells.add(named.cell(scores.of(pointing.metric(), defect, way.method())));
            }
            rows.add(Matrix.row(Matrix.rowHeading(defect.substring(defect.indexOf(':') + 1)), cells));
        }
        return Optional.of(element(
                "details",
                element("summary", text("How often each defect is pointed at")),
                Matrix.table("scores", "Points right, by defect and method", headings, rows)));
    }
}
