package io.blemish.jobs.report;

import static io.blemish.jobs.report.Html.element;
import static io.blemish.jobs.report.Html.text;

import io.blemish.jobs.report.Html.Element;
import io.blemish.jobs.report.Page.Part;
import io.blemish.knowledge.Description;
import io.blemish.trends.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One defect: what it is, its series as control charts, photographs that show it, and where every series stands. */
final class DefectPage {
    private static final String HOME = "../" + Page.INDEX;

    private final Findings findings;
    private final Trends trends;
    private final DefectTrends defect;

    DefectPage(Findings findings, Trends trends, DefectTrends defect) {
        this.findings = findings;
        this.trends = trends;
        this.defect = defect;
    }

    Page page() {
        List<Part> parts = List.of(
                new Part("series", "Series", series()),
                new Part("evidence", "Photographs", evidence()),
                new Part("standings", "All series", standings()));
        String name = TrendWords.capitalised(defect.defect());
        Element body = element(
                "body",
                element("a", "skip", "Skip to the series").with("href", "#series"),
                header(name),
                Page.contents(parts),
                element("main").add(parts.stream().map(Part::html).toList()),
                Page.footer(findings));
        return Page.of(
                defect.page(),
                name + ": " + findings.provenance().subject().base().name() + ", "
                        + findings.provenance().warehouse(),
                body);
    }

    private Html header(String name) {
        Element way = element(
                        "nav", "way", element("a", text("Inspection report")).with("href", HOME))
                .with("aria-label", "Way back");
        for (Neighbour neighbour : neighbours()) {
            way = way.add(element("a", text(neighbour.label())).with("href", neighbour.page()));
        }
        String lead = defect.charts().isEmpty()
                ? "No series of it has had photographs of late."
                : TrendWords.sentence(defect.charts().get(0)) + ".";
        Element header = element(
                "header",
                element("p", "overline", "Blemish").with("aria-hidden", "true"),
                way,
                element("h1", text(name)),
                element("p", "lead", lead));
        return header.add(meaning().stream().toList());
    }

    /** Another page, and what leads to it. */
    private record Neighbour(String label, String page) {}

    /** The defects before and after this one. */
    private List<Neighbour> neighbours() {
        List<DefectTrends> all = trends.defects();
        int place = all.indexOf(defect);
        List<Neighbour> neighbours = new ArrayList<>();
        if (place > 0) {
            neighbours.add(neighbour("← ", all.get(place - 1)));
        }
        if (place >= 0 && place + 1 < all.size()) {
            neighbours.add(neighbour("→ ", all.get(place + 1)));
        }
        return neighbours;
    }

    private static Neighbour neighbour(String arrow, DefectTrends other) {
        return new Neighbour(arrow + TrendWords.defect(other.defect()), other.slug() + ".html");
    }

    /** The words that the model compares with a photograph. */
    private Optional<Html> meaning() {
        return findings.provenance().subject().base().descriptions().stream()
                .filter(description -> description.name().equals(defect.defect()))
                .findFirst()
                .map(DefectPage::meaning);
    }

    private static Html meaning(Description description) {
        return element(
                "p",
                "note",
                "In the knowledge base: “" + String.join("”, “", description.prompts()) + "”. Group: "
                        + description.group() + ".");
    }

    private Html series() {
        Element charts = element("div", "charts large");
        for (TrendSeries series : defect.charts()) {
            charts = charts.add(chart(series));
        }
        String note =
                "Series whose signals are clearest, rising ones first; each chart has a scale of its own. A signal"
                        + " says that the days up to this one differ from the baseline by more than chance explains,"
                        + " whatever the cause.";
        return element("section", element("h2", text("Series")), element("p", "note", note), ChartLegend.html(), charts)
                .with("id", "series");
    }

    private static Html chart(TrendSeries series) {
        Standing standing = series.standing();
        String sentence = TrendWords.sentence(series);
        return element(
                "figure",
                "chart " + TrendWords.styleClass(standing.last().signal()),
                element(
                        "h3",
                        TrendWords.mark(standing.last().signal()),
                        text(standing.scope().name())),
                new ControlChart(series, ControlChart.Size.LARGE).html(sentence),
                element("figcaption", text(sentence)),
                DayTable.of(series));
    }

    private Html evidence() {
        Element cards = element("div", "cards");
        int number = 0;
        for (Exhibit exhibit : defect.evidence()) {
            number++;
            cards = cards.add(new ExhibitCard(exhibit, "p" + number).html());
        }
        String note = defect.evidence().isEmpty()
                ? "No photograph of it is shown."
                : "The newest photographs with this defect"
                        + (rises() ? ", of the series above that rise." : "; no series rises.");
        return element("section", "gallery", element("h2", text("Photographs")), element("p", "note", note), cards)
                .with("id", "evidence");
    }

    private boolean rises() {
        return defect.charts().stream()
                .anyMatch(series -> series.standing().last().signal() == Signal.RISING);
    }

    private Html standings() {
        List<Element> headings = List.of(
                Matrix.heading("Series"),
                Matrix.heading("Signal"),
                Matrix.heading("Of late"),
                Matrix.heading("Baseline"),
                Matrix.heading("Photographs of late"),
                Matrix.heading("By chance"));
        List<Html> rows = new ArrayList<>();
        for (Standing standing : defect.standings()) {
            rows.add(row(standing));
        }
        String note =
                "Where each series stands on its last day, if that is among the last seven. By chance: how likely a"
                        + " difference as large is without a cause, adjusted for all series of the day."
                        + (defect.notListed() == 0 ? "" : " " + Numbers.count(defect.notListed()) + " are not listed.");
        return element(
                        "section",
                        element("h2", text("All series")),
                        element("p", "note", note),
                        Matrix.table("standings", "Where each series stands", headings, rows))
                .with("id", "standings");
    }

    private static Html row(Standing standing) {
        TrendPoint last = standing.last();
        return Matrix.row(
                Matrix.rowHeading(standing.scope().name()),
                List.of(
                        Matrix.cell("Signal", TrendWords.mark(last.signal()), text(TrendWords.name(last.signal()))),
                        Matrix.cell(
                                "Of late",
                                Matrix.number(TrendWords.percent(last.recent().value())),
                                Matrix.detail(TrendWords.range(
                                        last.recent().low(), last.recent().high()))),
                        Matrix.cell("Baseline", Matrix.number(TrendWords.percent(last.baseline()))),
                        Matrix.cell(
                                "Photographs of late",
                                Matrix.number(Numbers.count(last.recent().n()))),
                        Matrix.cell("By chance", Matrix.number(TrendWords.likelihood(last.q())))));
    }
}
