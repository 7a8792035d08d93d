package io.blemish.jobs.report;

import static io.blemish.jobs.report.Html.element;

import io.blemish.jobs.report.Html.Element;
import io.blemish.jobs.report.Page.Part;
import java.util.ArrayList;
import java.util.List;

/** The page that a report begins with: everything but the details of single defects. */
final class IndexPage {
    private IndexPage() {}

    static Page of(Findings findings) {
        String title = "Inspection report: "
                + findings.provenance().subject().base().name() + ", "
                + findings.provenance().warehouse();
        SummarySection summary = new SummarySection(findings);
        List<Part> parts = parts(findings, summary);
        Element body = element(
                "body",
                element("a", "skip", "Skip to the findings").with("href", "#totals"),
                summary.header(),
                Page.contents(parts),
                element("main").add(parts.stream().map(Part::html).toList()),
                Page.footer(findings));
        return Page.of(Page.INDEX, title, body);
    }

    private static List<Part> parts(Findings findings, SummarySection summary) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("totals", "Totals", summary.totals()));
        parts.add(new Part("trends", "Trends", TrendsSection.of(findings)));
        parts.add(new Part("defects", "Defects", DefectsSection.of(findings)));
        if (findings.trends().isEmpty()) {
            findings.timeline()
                    .ifPresent(timeline -> parts.add(new Part("time", "Over time", TimelineSection.of(timeline))));
        }
        parts.add(new Part("photographs", "Photographs", new GallerySection(findings).html()));
        if (!findings.scores().all().isEmpty()) {
            parts.add(new Part("evaluation", "Evaluation", EvaluationSection.of(findings.scores())));
        }
        parts.add(new Part("provenance", "Provenance", ProvenanceSection.of(findings)));
        parts.add(new Part("guide", "Reading heat maps", GuideSection.of(findings)));
        return parts;
    }
}
