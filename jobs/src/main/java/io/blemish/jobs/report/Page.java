package io.blemish.jobs.report;

import static io.blemish.jobs.report.Html.element;
import static io.blemish.jobs.report.Html.text;
import static java.util.Objects.requireNonNull;

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
 * One page of a report: no script, no font, no picture from elsewhere; its own policy forbids them all. Links lead to
 * other pages of the same report alone.
 *
 * @param path of its file in the report's folder, with slashes
 * @param html everything
 */
public record Page(String path, Html html) {
    /** The page that a report begins with; it can be read without the others. */
    public static final String INDEX = "index.html";

    /** Tells the pages of a report from other files. */
    static final String GENERATED = "<meta name=\"generator\" content=\"Blemish\"/>";

    private static final String STYLE_SHEET = "report.css";

    private static final String POLICY =
            "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'";

    public Page {
        requireNonNull(path, "path is null");
        requireNonNull(html, "html is null");
    }

    /** The pages of a report, the first one last: it leads to all others. */
    public static List<Page> of(Findings findings) {
        List<Page> pages = new ArrayList<>();
        findings.trends().ifPresent(trends -> {
            for (DefectTrends defect : trends.defects()) {
                pages.add(new DefectPage(findings, trends, defect).page());
            }
        });
        pages.add(IndexPage.of(findings));
        return List.copyOf(pages);
    }

    /** A page with this title and this body. */
    static Page of(String path, String title, Element body) {
        Element head = element(
                "head",
                element("meta").with("charset", "utf-8"),
                element("meta").with("name", "generator").with("content", "Blemish"),
                element("meta").with("http-equiv", "Content-Security-Policy").with("content", POLICY),
                element("meta").with("name", "viewport").with("content", "width=device-width, initial-scale=1"),
                element("meta").with("name", "color-scheme").with("content", "light dark"),
                element("title", text(title)),
                new StyleSheet(styleSheet()));
        return new Page(path, element("html", head, body).with("lang", "en"));
    }

    /** Writes the page. */
    public void write(Appendable out) throws IOException {
        out.append("<!DOCTYPE html>\n");
        html.write(out);
        out.append('\n');
    }

    /** A section of a page, and its entry in the list of contents. */
    record Part(String id, String name, Html html) {}

    /** The list of contents. */
    static Html contents(List<Part> parts) {
        Element list = element("ul");
        for (Part part : parts) {
            list = list.add(element("li", element("a", text(part.name())).with("href", "#" + part.id())));
        }
        return element("nav", "contents", list).with("aria-label", "Contents");
    }

    /** What stands at the end of every page. */
    static Html footer(Findings findings) {
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
