package io.blemish.jobs.report;

import static io.blemish.jobs.report.Html.element;
import static io.blemish.jobs.report.Html.text;

import io.blemish.jobs.inspect.EncoderCard;
import io.blemish.jobs.report.Html.Element;
import io.blemish.knowledge.Description;
import java.util.List;

/** Which model, which descriptions, which tables and which runs the figures come from: enough to find them again. */
final class ProvenanceSection {
    private final Subject subject;
    private final Lineage lineage;

    private ProvenanceSection(Findings findings) {
        this.subject = findings.provenance().subject();
        this.lineage = findings.lineage();
    }

    static Html of(Findings findings) {
        ProvenanceSection provenance = new ProvenanceSection(findings);
        return element(
                        "section",
                        "provenance",
                        element("h2", text("Where this comes from")),
                        provenance.models(),
                        element("div", "columns", provenance.tables(), provenance.runs()),
                        provenance.descriptions())
                .with("id", "provenance");
    }

    private Html models() {
        EncoderCard card = subject.card();
        String prepared = card.precision().label() + "; crops of " + card.side() + " × " + card.side()
                + " pixels, orientation " + card.orientation().label() + ", decoding "
                + card.decode().label();
        String promoted = lineage.promotion()
                .map(promotion -> "promoted on " + Numbers.minute(promotion.at()) + " by " + promotion.author())
                .orElse("never promoted");
        return element(
                "dl",
                "facts",
                fact("Encoder", subject.encoderName(), subject.encoderId(), prepared),
                lineage.captionerName()
                        .map(name -> fact("Captioner", name, subject.captionerId(), "writes the captions"))
                        .orElseGet(() -> fact("Captioner", "none", "", "no captions were written")),
                fact(
                        "Knowledge base",
                        subject.base().name(),
                        subject.base().id(),
                        Numbers.count(subject.base().descriptions().size(), "description", "descriptions")),
                fact("Release", promoted, "", "of this encoder and this knowledge base"));
    }

    private static Html fact(String name, String value, String id, String detail) {
        Element meaning = element("dd", element("span", "value", value), element("span", "detail", detail));
        return element(
                "div", element("dt", text(name)), id.isEmpty() ? meaning : meaning.add(element("code", text(id))));
    }

    private Html tables() {
        Element body = element("tbody");
        for (Lineage.TableVersion table : lineage.tables()) {
            body = body.add(element(
                    "tr",
                    element("th", text(table.name())).with("scope", "row"),
                    element("td", "number", Numbers.count(table.version()))));
        }
        return table("Tables that were read", List.of("Table", "Version"), body);
    }

    private Html runs() {
        Element body = element("tbody");
        for (Lineage.JobRun run : lineage.runs()) {
            body = body.add(element(
                    "tr",
                    element("th", text(run.job())).with("scope", "row"),
                    element("td", text(Numbers.minute(run.at()))),
                    element("td", element("code", text(run.runId())))));
        }
        return table("The newest run of each job", List.of("Job", "Finished", "Run"), body);
    }

    private static Html table(String caption, List<String> columns, Html body) {
        Element head = element("tr");
        for (String column : columns) {
            head = head.add(element("th", text(column)).with("scope", "col"));
        }
        return element("table", "plain", element("caption", text(caption)), element("thead", head), body);
    }

    private Html descriptions() {
        Element list = element("dl", "meanings");
        for (Description description : subject.base().descriptions()) {
            String prompts = String.join("; ", description.prompts());
            list = list.add(element(
                    "div",
                    element("dt", text(description.name() + (description.isDefect() ? "" : " (sound)"))),
                    element("dd", text(prompts))));
        }
        return element("details", element("summary", text("The descriptions of the knowledge base")), list);
    }
}
