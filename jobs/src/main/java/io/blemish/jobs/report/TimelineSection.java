package io.blemish.jobs.report;

import static io.blemish.jobs.report.Html.element;
import static io.blemish.jobs.report.Html.text;

import io.blemish.jobs.report.Html.Element;
import io.blemish.jobs.report.Timeline.Line;
import io.blemish.jobs.report.Timeline.Point;
import io.blemish.jobs.report.Timeline.Series;
import java.util.ArrayList;
import java.util.List;

/** How often defects are seen over time: one small chart for each defect at each site. */
final class TimelineSection {
    private static final int HEIGHT = 36;
    private static final int WIDTH = 160;
    /** Of a period's width: what is between two columns. */
    private static final double GAP = 0.25;

    private TimelineSection() {}

    static Html of(Timeline timeline) {
        return element(
                        "section",
                        element("h2", text("Defects over time")),
                        element("p", "note", note(timeline)),
                        table(timeline))
                .with("id", "time");
    }

    private static String note(Timeline timeline) {
        String period = timeline.days() == 1 ? "one day" : timeline.days() + " days";
        return "The share of the photographs taken at a site that show the defect. Each column is " + period
                + ", from " + Numbers.day(timeline.begin(0)) + " to "
                + Numbers.day(timeline.begin(timeline.periods()).minusDays(1))
                + "; a dot marks a period without photographs. All charts of a row have one scale, which ends at its"
                + " highest column. These are counts, not a test: a few photographs make a column jump.";
    }

    private static Html table(Timeline timeline) {
        List<Html> headings = new ArrayList<>();
        headings.add(Matrix.heading("Defect"));
        timeline.sites().forEach(site -> headings.add(Matrix.heading(site)));
        List<Html> rows = new ArrayList<>();
        for (Line line : timeline.rows()) {
            rows.add(row(timeline, line));
        }
        return Matrix.table("timeline", "Share of photographs with a defect, by period and site", headings, rows);
    }

    private static Html row(Timeline timeline, Line line) {
        double highest = line.highest();
        List<Html> cells = new ArrayList<>();
        for (int i = 0; i < timeline.sites().size(); i++) {
            String site = timeline.sites().get(i);
            cells.add(Matrix.cell(site, chart(line.series().get(i), highest, line.defect() + " at " + site)));
        }
        return Matrix.row(Matrix.rowHeading(line.defect(), "up to " + Numbers.percent(highest)), cells);
    }

    private static Html chart(Series series, double highest, String what) {
        Element chart = element("svg", "spark")
                .with("viewBox", "0 0 " + WIDTH + " " + HEIGHT)
                .with("preserveAspectRatio", "none")
                .with("role", "img")
                .with("aria-label", what + ", share of photographs by period: " + spoken(series));
        double step = (double) WIDTH / series.points().size();
        for (int i = 0; i < series.points().size(); i++) {
            chart = chart.add(column(series.points().get(i), highest, i * step, step));
        }
        return chart;
    }

    private static Html column(Point point, double highest, double x, double step) {
        double share = highest == 0 ? 0 : point.share() / highest;
        boolean empty = point.inspected() == 0;
        double height = empty ? 2 : Math.max(1, share * (HEIGHT - 2));
        double width = empty ? Math.min(2, step) : step * (1 - GAP);
        return element("rect", empty ? "missing" : "fill")
                .with("x", Numbers.decimal(x + (step - width) / 2, 2))
                .with("y", Numbers.decimal(HEIGHT - height, 2))
                .with("width", Numbers.decimal(width, 2))
                .with("height", Numbers.decimal(height, 2));
    }

    private static String spoken(Series series) {
        StringBuilder spoken = new StringBuilder();
        for (Point point : series.points()) {
            spoken.append(spoken.length() == 0 ? "" : ", ")
                    .append(point.inspected() == 0 ? "none taken" : Numbers.percent(point.share()));
        }
        return spoken.toString();
    }
}
