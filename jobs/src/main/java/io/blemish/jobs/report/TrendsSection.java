package io.blemish.jobs.report;

import static io.blemish.jobs.report.Html.element;
import static io.blemish.jobs.report.Html.text;

import io.blemish.jobs.report.Html.Element;
import java.util.HashMap;
import java.util.Map;

/** What rises and what falls: a small control chart for each defect at each site, the clearest signal first. */
final class TrendsSection {
    private TrendsSection() {}

    static Html of(Findings findings) {
        Element section = element("section", element("h2", text("Trends"))).with("id", "trends");
        return findings.trends()
                .map(trends -> section.add(
                        element("p", "note", note(trends)), ChartLegend.html(), charts(trends), pages(trends)))
                .orElseGet(() -> section.add(missing(findings)));
    }

    private static Html missing(Findings findings) {
        return element(
                "p",
                "note",
                "No trends are computed yet: bin/blemish trends --warehouse "
                        + findings.provenance().warehouse() + " computes them.");
    }

    private static String note(Trends trends) {
        String drawn = trends.notDrawn() == 0
                ? ""
                : " " + Numbers.count(trends.notDrawn(), "chart is", "charts are") + " left out here.";
        return "On " + Numbers.day(trends.day()) + ", " + moving(trends)
                + ", by more than chance explains. Each chart has a scale of its own and tells of one defect at one"
                + " site; the clearest signals come first." + drawn;
    }

    private static String moving(Trends trends) {
        return trends.rising() + trends.falling() == 0
                ? "no series rises or falls"
                : Numbers.count(trends.rising(), "series rises", "series rise") + " and "
                        + Numbers.count(trends.falling(), "falls", "fall");
    }

    private static Html charts(Trends trends) {
        Map<String, String> pages = new HashMap<>();
        trends.defects().forEach(defect -> pages.put(defect.defect(), defect.page()));
        Element charts = element("div", "charts");
        for (TrendSeries series : trends.charts()) {
            charts = charts.add(chart(series, pages));
        }
        return charts;
    }

    private static Html chart(TrendSeries series, Map<String, String> pages) {
        Standing standing = series.standing();
        String sentence = TrendWords.sentence(series);
        String name = TrendWords.capitalised(standing.defect()) + ", "
                + standing.scope().name();
        String page = pages.get(standing.defect());
        Html title = page == null ? text(name) : element("a", text(name)).with("href", page);
        return element(
                "figure",
                "chart " + TrendWords.styleClass(standing.last().signal()),
                element("h3", TrendWords.mark(standing.last().signal()), title),
                new ControlChart(series, ControlChart.Size.SMALL).html(sentence),
                element("figcaption", text(sentence)));
    }

    private static Html pages(Trends trends) {
        Element list = element("ul");
        for (DefectTrends defect : trends.defects()) {
            String name = TrendWords.capitalised(defect.defect());
            list = list.add(element(
                    "li",
                    TrendWords.mark(defect.standings().get(0).last().signal()),
                    element("a", text(name)).with("href", defect.page())));
        }
        String left = trends.withoutPage() == 0
                ? "Each defect has a page: its series, and photographs that show it."
                : Numbers.count(trends.withoutPage(), "defect has", "defects have") + " no page here.";
        return element("nav", "pages", element("p", text(left)), list).with("aria-label", "Pages of defects");
    }
}
