package io.blemish.jobs.report;

import static io.blemish.jobs.report.Html.element;
import static io.blemish.jobs.report.Html.text;

import io.blemish.jobs.report.Html.Element;
import java.util.List;

/** The days of a chart as a table, for those who would rather read numbers. */
final class DayTable {
    private static final List<String> COLUMNS =
            List.of("Photographs", "With it", "Share", "Interval", "Baseline", "Limits", "Signal");

    private DayTable() {}

    static Html of(TrendSeries series) {
        Element head = element("tr", element("th", text("Day")).with("scope", "col"));
        for (String column : COLUMNS) {
            head = head.add(element("th", text(column)).with("scope", "col"));
        }
        Element body = element("tbody");
        for (TrendPoint point : series.points()) {
            body = body.add(row(point));
        }
        Element table = element(
                "table",
                "plain days",
                element("caption", text("Days of " + series.standing().scope().name())),
                element("thead", head),
                body);
        Html scroll = element("div", "scroll", table)
                .with("tabindex", "0")
                .with("role", "region")
                .with("aria-label", "Days of " + series.standing().scope().name());
        return element("details", element("summary", text("The days as a table")), scroll);
    }

    private static Html row(TrendPoint point) {
        return element("tr", element("th", text(Numbers.day(point.day()))).with("scope", "row"))
                .add(
                        number(Numbers.count(point.inspected())),
                        number(Numbers.count(point.count())),
                        number(TrendWords.percent(point.share())),
                        number(TrendWords.range(point.rate().low(), point.rate().high())),
                        number(TrendWords.percent(point.baseline())),
                        number(TrendWords.range(
                                point.limits().low(), point.limits().high())),
                        element("td", text(TrendWords.name(point.signal()))));
    }

    private static Html number(String number) {
        return element("td", "number", number);
    }
}
