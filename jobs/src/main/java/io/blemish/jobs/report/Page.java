package io.blemish.jobs.report;

import static io.blemish.jobs.report.Html.element;
import static io.blemish.jobs.report.Html.text;

import io.blemish.error.InternalException;
import io.blemish.jobs.report.Html.Element;
import io.blemish.jobs.report.Html.StyleSheet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The report as one page that needs nothing but itself: no script, no font, no picture from elsewhere; its own policy
 * forbids them all.
 */
public final class Page {
    private static final String STYLE_SHEET = "report.css";

    private static final String POLICY =
            "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'";

    private Page() {}

    /** Writes the page. */
    public static void write(Findings findings, Appendable out) throws IOException {
        out.append("<!DOCTYPE html>\n");
        html(findings).write(out);
        out.append('\n');
    }

    private static Html html(Findings findings) {
        return element("html", head(findings), body(findings)).with("lang", "en");
    }

    private static Html head(Findings findings) {
        String title = "Inspection report: "
                + findings.provenance().subject().base().name() + ", "
                + findings.provenance().warehouse();
        return element(
                "head",
                element("meta").with("charset", "utf-8"),
                element("meta").with("http-equiv", "Content-Security-Policy").with("content", POLICY),
                element("meta").with("name", "viewport").with("content", "width=device-width, initial-scale=1"),
                element("meta").with("name", "color-scheme").with("content", "light dark"),
                element("title", text(title)),
                new StyleSheet(styleSheet()));
    }

    private static Html body(Findings findings) {
        SummarySection summary = new SummarySection(findings);
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("totals", "Totals", summary.totals()));
        parts.add(new Part("defects", "Defects", DefectsSection.of(findings)));
        findings.timeline()
                .ifPresent(timeline -> parts.add(new Part("time", "Over time", TimelineSection.of(timeline))));
        parts.add(new Part("photographs", "Photographs", new GallerySection(findings).html()));
        if (!findings.scores().all().isEmpty()) {
            parts.add(new Part("evaluation", "Evaluation", EvaluationSection.of(findings.scores())));
        }
        parts.add(new Part("guide", "Reading heat maps", GuideSection.of(findings)));
        Element body = element(
                "body",
                element("a", "skip", "Skip to the findings").with("href", "#totals"),
                summary.header(),
                contents(parts));
        return body.add(element("main").add(parts.stream().map(Part::html).toList()), footer(findings));
    }

    /** A section of the page, and its entry in the list of contents. */
    private record Part(String id, String name, Html html) {}

    private static Html contents(List<Part> parts) {
        Element list = element("ul");
        for (Part part : parts) {
            list = list.add(element("li", element("a", text(part.name())).with("href", "#" + part.id())));
        }
        return element("nav", "contents", list).with("aria-label", "Contents");
    }

    private static Html footer(Findings findings) {
        Findings.Provenance provenance = findings.provenance();
        return element(
                "footer",
                element(
                        "p",
                        text("Made by Blemish " + provenance.blemish() + " on " + Numbers.minute(provenance.at())
                                + " from version " + provenance.version() + " of the inspections of "
                                + provenance.warehouse() + ". Labels are a model's; a person answers for what is done"
                                + " with them.")),
                element(
                        "p",
                        "faint",
                        "Encoder " + provenance.subject().encoderId() + ". Knowledge base "
                                + provenance.subject().base().id() + "."));
    }

    private static String styleSheet() {
        try (InputStream in = Page.class.getResourceAsStream(STYLE_SHEET)) {
            if (in == null) {
                throw new InternalException("The style sheet of the report is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the style sheet of the report", e);
        }
    }
}
