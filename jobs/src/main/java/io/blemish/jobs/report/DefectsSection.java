package io.blemish.jobs.report;

import static io.blemish.jobs.report.Html.element;
import static io.blemish.jobs.report.Html.text;

import io.blemish.jobs.report.Breakdown.Line;
import io.blemish.jobs.report.Breakdown.Place;
import io.blemish.jobs.report.Html.Element;
import java.util.ArrayList;
import java.util.List;

/** Which defects are seen where. */
final class DefectsSection {
    private static final String ALL = "All";

    private DefectsSection() {}

    static Html of(Findings findings) {
        String note = "Each photograph counts once, by its most probable defect. Percentages are of the photographs"
                + " inspected at that site, or of that product; the darker a cell, the larger its share.";
        return element(
                        "section",
                        element("h2", text("Defects by site and product")),
                        element("p", "note", note),
                        matrix(findings.sites(), "Defects by site"),
                        matrix(findings.products(), "Defects by product"))
                .with("id", "defects");
    }

    private static Html matrix(Breakdown breakdown, String caption) {
        if (breakdown.rows().isEmpty()) {
            return element("p", text("No defect was found."));
        }
        double highest = highest(breakdown);
        long most = breakdown.rows().stream().mapToLong(Line::total).max().orElse(1);
        List<Html> rows = new ArrayList<>();
        for (Line line : breakdown.rows()) {
            rows.add(row(breakdown, line, highest, most));
        }
        return Matrix.table("", caption, headings(breakdown), rows);
    }

    private static List<Element> headings(Breakdown breakdown) {
        List<Element> headings = new ArrayList<>();
        headings.add(Matrix.heading("Defect"));
        long defective = 0;
        for (Place place : breakdown.places()) {
            headings.add(Matrix.heading(place.name(), defectives(place.defective(), place.inspected())));
            defective += place.defective();
        }
        headings.add(Matrix.heading(ALL, defectives(defective, breakdown.inspected())));
        return headings;
    }

    private static String defectives(long defective, long inspected) {
        return Numbers.percent(defective, inspected) + " of " + Numbers.count(inspected) + " defective";
    }

    private static Html row(Breakdown breakdown, Line line, double highest, long most) {
        List<Element> cells = new ArrayList<>();
        for (int i = 0; i < breakdown.places().size(); i++) {
            cells.add(cell(breakdown.places().get(i), line.counts().get(i), highest));
        }
        Html total = Matrix.number(Numbers.count(line.total()));
        cells.add(
                Matrix.cell(ALL, total, Bars.bar((double) line.total() / most)).with("class", "total"));
        return Matrix.row(Matrix.rowHeading(line.defect()), cells);
    }

    private static Element cell(Place place, long count, double highest) {
        double shade = highest == 0 || place.inspected() == 0 ? 0 : (double) count / place.inspected() / highest;
        Html share = Matrix.detail(Numbers.percent(count, place.inspected()));
        return Matrix.cell(place.name(), Matrix.number(Numbers.count(count)), share)
                .with("class", "heat")
                .with("style", "--heat:" + Numbers.decimal(shade, 3));
    }

    /** The largest share of any cell, which gets the darkest shade. */
    private static double highest(Breakdown breakdown) {
        double highest = 0;
        for (Line line : breakdown.rows()) {
            for (int i = 0; i < breakdown.places().size(); i++) {
                long inspected = Math.max(1, breakdown.places().get(i).inspected());
                highest = Math.max(highest, (double) line.counts().get(i) / inspected);
            }
        }
        return highest;
    }
}
