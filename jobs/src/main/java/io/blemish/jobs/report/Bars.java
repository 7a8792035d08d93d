package io.blemish.jobs.report;

import static io.blemish.jobs.report.Html.element;
import static io.blemish.jobs.report.Html.text;

import io.blemish.jobs.report.Html.Element;
import java.util.List;

/** Counts as a table whose rows end in bars. */
final class Bars {
    private Bars() {}

    /**
     * The table.
     *
     * @param caption what is counted
     * @param whole what the shares are of
     */
    static Html of(String caption, List<Count> counts, long whole) {
        long most = Math.max(1, counts.stream().mapToLong(Count::count).max().orElse(0));
        Element body = element("tbody");
        for (Count count : counts) {
            body = body.add(element("tr")
                    .add(
                            element("th", text(count.name())).with("scope", "row"),
                            element("td", "number", Numbers.count(count.count())),
                            element("td", "number faint", Numbers.percent(count.count(), whole)),
                            element("td", "bar-cell", bar((double) count.count() / most))));
        }
        if (counts.isEmpty()) {
            body = body.add(element("tr", element("td", "faint", "none").with("colspan", "4")));
        }
        return element("table", "bars", element("caption", text(caption)), body);
    }

    /** A bar of which this share is filled: an ornament, since the numbers stand beside it. */
    static Html bar(double share) {
        return bar(share, "bar");
    }

    /** A bar of a colour that the style sheet knows by its class. */
    static Html bar(double share, String styleClass) {
        return element(
                        "svg",
                        styleClass,
                        rectangle("track", 100),
                        rectangle("fill", Math.max(0, Math.min(1, share)) * 100))
                .with("viewBox", "0 0 100 8")
                .with("preserveAspectRatio", "none")
                .with("aria-hidden", "true");
    }

    private static Html rectangle(String styleClass, double width) {
        return element("rect", styleClass)
                .with("width", Numbers.decimal(width, 2))
                .with("height", "8");
    }
}
