package io.blemish.jobs.report;

import static io.blemish.jobs.report.Html.element;
import static io.blemish.jobs.report.Html.text;

import io.blemish.jobs.report.Breakdown.Line;
import io.blemish.jobs.report.Breakdown.Place;
import io.blemish.jobs.report.Html.Element;

/** Which defects are seen where. */
final class DefectsSection {
    private DefectsSection() {}

    static Html of(Findings findings) {
        return element(
                        "section",
                        element("h2", text("Defects by site and product")),
                        element(
                                "p",
                                "note",
                                "Each photograph counts once, by its most probable defect. Percentages are of the"
                                        + " photographs inspected at that site, or of that product; the darker a cell,"
                                        + " the larger its share."),
                        matrix(findings.sites(), "Defects by site"),
                        matrix(findings.products(), "Defects by product"))
                .with("id", "defects");
    }

    private static Html matrix(Breakdown breakdown, String caption) {
        if (breakdown.rows().isEmpty()) {
            return element("p", text("No defect was found."));
        }
        Element body = element("tbody");
        double highest = highest(breakdown);
        for (Line line : breakdown.rows()) {
            body = body.add(row(breakdown, line, highest));
        }
        return element("table", "matrix", element("caption", text(caption)), head(breakdown), body)
                .with("role", "table");
    }

    private static Html head(Breakdown breakdown) {
        Element head = element("tr", header("Defect", "")).with("role", "row");
        long defective = 0;
        for (Place place : breakdown.places()) {
            head = head.add(header(place.name(), of(place.defective(), place.inspected())));
            defective += place.defective();
        }
        head = head.add(header("All", of(defective, breakdown.inspected())));
        return element("thead", head).with("role", "rowgroup");
    }

    private static String of(long defective, long inspected) {
        return Numbers.percent(defective, inspected) + " of " + Numbers.count(inspected);
    }

    private static Html header(String name, String detail) {
        return element("th", text(name), element("span", "detail", detail))
                .with("scope", "col")
                .with("role", "columnheader");
    }

    private static Html row(Breakdown breakdown, Line line, double highest) {
        Element row = element(
                        "tr",
                        element("th", text(line.defect())).with("scope", "row").with("role", "rowheader"))
                .with("role", "row");
        for (int i = 0; i < breakdown.places().size(); i++) {
            Place place = breakdown.places().get(i);
            row = row.add(cell(place.name(), line.counts().get(i), place.inspected(), highest));
        }
        long most = breakdown.rows().stream().mapToLong(Line::total).max().orElse(1);
        Html total = element(
                        "td",
                        "total",
                        element("span", "number", Numbers.count(line.total())),
                        Bars.bar((double) line.total() / most))
                .with("role", "cell")
                .with("data-label", "All");
        return row.add(total);
    }

    private static Html cell(String place, long count, long inspected, double highest) {
        double share = inspected == 0 ? 0 : (double) count / inspected;
        return element(
                        "td",
                        "heat",
                        element("span", "number", Numbers.count(count)),
                        element("span", "detail", Numbers.percent(count, inspected)))
                .with("role", "cell")
                .with("data-label", place)
                .with("style", "--heat:" + Numbers.decimal(highest == 0 ? 0 : share / highest, 3));
    }

    /** The largest share of any cell, which gets the darkest shade. */
    private static double highest(Breakdown breakdown) {
        double highest = 0;
        for (Line line : breakdown.rows()) {
            for (int i = 0; i < breakdown.places().size(); i++) {
                long inspected = breakdown.places().get(i).inspected();
                highest = inspected == 0
                        ? highest
                        : Math.max(highest, (double) line.counts().get(i) / inspected);
            }
        }
        return highest;
    }
}
