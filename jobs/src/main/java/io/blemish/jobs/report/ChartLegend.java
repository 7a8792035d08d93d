package io.blemish.jobs.report;

import static io.blemish.jobs.report.Html.element;
import static io.blemish.jobs.report.Html.text;

import io.blemish.jobs.report.Html.Element;

/** What the marks of control charts mean, once for all charts of a page. */
final class ChartLegend {
    private ChartLegend() {}

    static Html html() {
        return element("ul", "legend")
                .add(
                        entry("a day's share of photographs", dot(Ink.RATE)),
                        entry(
                                "its 95 % interval",
                                line(Ink.INTERVAL, "1.5")
                                        .with("x1", "10")
                                        .with("x2", "10")
                                        .with("y1", "1")
                                        .with("y2", "15")),
                        entry("rises", triangle(Ink.RISING, "10,2 17,14 3,14")),
                        entry("falls", triangle(Ink.FALLING, "10,14 17,2 3,2")),
                        entry("moving average", level(Ink.AVERAGE, "2.5")),
                        entry("baseline: the share before", level(Ink.BASELINE, "1.5")),
                        entry("control limits", level(Ink.LIMIT, "1.5").with("stroke-dasharray", "5 3")),
                        entry(
                                "another model or knowledge base",
                                line(Ink.CHANGE, "1.5")
                                        .with("x1", "10")
                                        .with("x2", "10")
                                        .with("y1", "0")
                                        .with("y2", "16")
                                        .with("stroke-dasharray", "2 2")));
    }

    private static Html entry(String meaning, Element mark) {
        Html picture = element("svg", "key", mark).with("viewBox", "0 0 20 16").with("aria-hidden", "true");
        return element("li", picture, text(meaning));
    }

    private static Element dot(Ink ink) {
        return element("circle").with("cx", "10").with("cy", "8").with("r", "3").with("fill", ink.variable());
    }

    private static Element triangle(Ink ink, String points) {
        return element("polygon").with("points", points).with("fill", ink.variable());
    }

    private static Element level(Ink ink, String width) {
        return line(ink, width).with("x1", "0").with("x2", "20").with("y1", "8").with("y2", "8");
    }

    private static Element line(Ink ink, String width) {
        return element("line").with("stroke", ink.variable()).with("stroke-width", width);
    }
}
