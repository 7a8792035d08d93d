package io.blemish.jobs.report;

import static io.blemish.jobs.report.Html.element;
import static io.blemish.jobs.report.Html.text;

import io.blemish.jobs.TimeWindow;
import io.blemish.jobs.report.Findings.Provenance;
import io.blemish.jobs.report.Html.Element;
import java.util.List;

/** What was run, and how it came out in a few numbers. */
final class SummarySection {
    private final Findings findings;
    private final Overview overview;

    SummarySection(Findings findings) {
        this.findings = findings;
        this.overview = findings.overview();
    }

    /** The head of the page: its title, the answer in one paragraph, and what it was made from. */
    Html header() {
        return element(
                "header",
                element("p", "overline", "Blemish"),
                element("h1", text("Inspection report")),
                element("p", "lead", lead()),
                facts());
    }

    private String lead() {
        StringBuilder lead = new StringBuilder();
        lead.append(Numbers.count(overview.inspected(), "photograph was", "photographs were"))
                .append(" inspected for what the knowledge base ")
                .append(findings.provenance().subject().base().name())
                .append(" describes. ");
        TimeWindow window = findings.provenance().window();
        if (!window.isAlways()) {
            lead.append("Told of are photographs taken")
                    .append(window.toString().substring(1))
                    .append(", and no others; an evaluation is of all that were evaluated. ");
        }
        if (overview.inspected() > 0) {
            lead.append(Numbers.count(overview.defective(), "shows", "show"))
                    .append(" a defect (")
                    .append(Numbers.percent(overview.defectiveShare()))
                    .append(')');
            findings.sites().rows().stream()
                    .findFirst()
                    .ifPresent(most -> lead.append(", most often ")
                            .append(most.defect())
                            .append(" (")
                            .append(Numbers.count(most.total()))
                            .append(')'));
            lead.append(". ");
        }
        if (overview.review() > 0) {
            lead.append(Numbers.count(overview.review(), "is", "are"))
                    .append(" too close to call, or set aside by a rule, and left for a person to review.");
        }
        return lead.toString().strip();
    }

    private Html facts() {
        Provenance provenance = findings.provenance();
        Subject subject = provenance.subject();
        long defects = subject.base().descriptions().stream()
                .filter(description -> description.isDefect())
                .count();
        long sound = subject.base().descriptions().size() - defects;
        Element facts = element("dl", "facts")
                .add(fact("Warehouse", provenance.warehouse(), "inspections at version " + provenance.version()))
                .add(fact(
                        "Encoder",
                        subject.encoderName(),
                        Numbers.shortId(subject.encoderId()) + ", "
                                + subject.card().precision().label() + ", looks at "
                                + subject.card().side() + " × " + subject.card().side() + " pixels"))
                .add(fact(
                        "Knowledge base",
                        subject.base().name(),
                        Numbers.shortId(subject.base().id()) + ", "
                                + Numbers.count(sound, "sound state", "sound states") + " and "
                                + Numbers.count(defects, "defect", "defects")))
                .add(fact("Made", Numbers.minute(provenance.at()), "Blemish " + provenance.blemish()));
        if (overview.captured().isPresent()) {
            Overview.Period captured = overview.captured().get();
            facts = facts.add(fact(
                    "Photographs taken",
                    Numbers.day(captured.first()) + " to " + Numbers.day(captured.last()),
                    Numbers.count(findings.sites().places().size(), "site", "sites")));
        }
        for (Overview.Run run : overview.runs()) {
            if (run.job().equals("inspect")) {
                facts = facts.add(fact(
                        "Throughput",
                        Numbers.decimal(run.imagesPerSecond(), 1) + " images a second",
                        "inspecting, end to end"));
            }
        }
        return facts;
    }

    private static Html fact(String name, String value, String detail) {
        return element(
                "div",
                element("dt", text(name)),
                element("dd", element("span", "value", value), element("span", "detail", detail)));
    }

    /** Totals. */
    Html totals() {
        return element("section", "totals", element("h2", text("Totals")), tiles(), bars(), runs())
                .with("id", "totals");
    }

    private Html tiles() {
        return element(
                "ul",
                "tiles",
                tile("Photographs", Numbers.count(overview.images()), left()),
                tile(
                        "Inspected",
                        Numbers.count(overview.inspected()),
                        overview.failed() == 0 ? "none failed" : Numbers.count(overview.failed()) + " failed"),
                tile(
                        "Defective",
                        Numbers.percent(overview.defective(), overview.inspected()),
                        Numbers.count(overview.defective()) + " of those inspected"),
                tile(
                        "For a person to review",
                        Numbers.count(overview.review()),
                        Numbers.percent(overview.review(), overview.inspected()) + " of those inspected"));
    }

    private String left() {
        return overview.left() == 0 ? "all have been looked at" : Numbers.count(overview.left()) + " not inspected yet";
    }

    private static Html tile(String name, String value, String detail) {
        return element(
                "li",
                element("span", "name", name),
                element("span", "figure", value),
                element("span", "detail", detail));
    }

    private Html bars() {
        Overview.Files files = overview.files();
        Element bars = element(
                "div",
                "columns",
                Bars.of("Inspected photographs by verdict", overview.verdicts(), overview.inspected()),
                Bars.of("Defective photographs by severity", overview.severities(), overview.defective()),
                Bars.of(
                        "Files: " + Numbers.count(files.listed()) + " listed, " + Numbers.count(files.ok())
                                + " taken in, " + Numbers.count(files.rejected()) + " rejected",
                        files.rejections(),
                        files.listed()));
        return overview.failures().isEmpty()
                ? bars
                : bars.add(Bars.of("Failed inspections by code", overview.failures(), overview.failed()));
    }

    private Html runs() {
        List<Overview.Run> runs = overview.runs();
        Element body = element("tbody");
        for (Overview.Run run : runs) {
            body = body.add(element(
                    "tr",
                    element("th", text(run.job())).with("scope", "row"),
                    element("td", text(Numbers.minute(run.at()))),
                    element("td", "number", Numbers.decimal(run.imagesPerSecond(), 1)),
                    element("td", "faint", run.machine())));
        }
        Html head = element(
                "thead",
                element(
                        "tr",
                        column("Job"),
                        column("Finished"),
                        column("Images a second").with("class", "number"),
                        column("On")));
        return element(
                "details",
                element("summary", text("The newest run of each job")),
                element("table", "plain", head, body));
    }

    private static Element column(String name) {
        return element("th", text(name)).with("scope", "col");
    }
}
