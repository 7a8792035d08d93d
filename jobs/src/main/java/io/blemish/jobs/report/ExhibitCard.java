package io.blemish.jobs.report;

import static io.blemish.jobs.report.Html.element;
import static io.blemish.jobs.report.Html.text;

import io.blemish.explain.Palette;
import io.blemish.jobs.report.Exhibit.Described;
import io.blemish.jobs.report.Exhibit.Finding;
import io.blemish.jobs.report.Exhibit.Origin;
import io.blemish.jobs.report.Exhibit.Picture;
import io.blemish.jobs.report.Exhibit.Truth;
import io.blemish.jobs.report.Html.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One photograph of the gallery as a card: the photograph, two heat maps, and what was found.
 *
 * <p>A touched picture fills the window: its address becomes that of the page ({@code :target}), and the style sheet
 * does the rest.
 */
final class ExhibitCard {
    /** Tiles give the photograph at least this share of its height as width, and keep their words below it. */
    private static final double NARROWEST_TILE = 0.625;

    /** Width by height of the place that a picture has on a card. */
    private static final double FRAME = 4.0 / 3;

    private final Exhibit exhibit;
    private final Finding finding;
    private final String id;

    /**
     * The card of a photograph.
     *
     * @param id that no other element of the page has, nor one that begins with it and a hyphen
     */
    ExhibitCard(Exhibit exhibit, String id) {
        this.exhibit = exhibit;
        this.finding = exhibit.finding();
        this.id = id;
    }

    Html html() {
        String state = finding.state().name().toLowerCase(Locale.ROOT);
        boolean mistaken = exhibit.agrees().equals(Optional.of(false));
        Element words = element("div", "words", headline(), element("p", "summary", finding.summary()))
                .add(finding.caption().map(ExhibitCard::caption).stream().toList())
                .add(new WordsStrip(exhibit).html().stream().toList())
                .add(exhibit.truth().map(this::truth).stream().toList())
                .add(descriptions(), origin());
        return element("article", mistaken ? "card mistaken " + state : "card " + state, pictures(), words)
                .with("id", id);
    }

    private Html pictures() {
        String best = finding.top().isEmpty()
                ? "the best description"
                : finding.top().get(finding.chosen()).name();
        return element(
                "div",
                "pictures",
                figure(exhibit.photograph(), Kind.PHOTOGRAPH, "Photograph: " + finding.summary(), fileName()),
                figure(
                        exhibit.combined(),
                        Kind.COMBINED,
                        "The same photograph, coloured by the description that is strongest there",
                        "which description is strongest where"),
                figure(
                        exhibit.best(),
                        Kind.BEST,
                        "Heat map of " + best + " over the photograph",
                        "where the model sees " + best));
    }

    /** What a picture shows. */
    private enum Kind {
        PHOTOGRAPH,
        COMBINED,
        BEST;

        String styleClass() {
            return this == PHOTOGRAPH ? "photograph" : "tile";
        }
    }

    private Html figure(Optional<Picture> picture, Kind kind, String alternative, String caption) {
        if (picture.isEmpty()) {
            String missing =
                    kind == Kind.PHOTOGRAPH ? "The photograph cannot be read any more." : "This tile is not drawn.";
            return element("figure", kind.styleClass() + " absent", element("p", text(missing)));
        }
        String own = id + "-" + kind.name().toLowerCase(Locale.ROOT);
        Element image = element("img")
                .with("src", picture.get().address())
                .with("width", Integer.toString(picture.get().width()))
                .with("height", Integer.toString(picture.get().height()))
                .with("alt", alternative);
        Html open = element("a", "open", shaped(image, kind, picture.get())).with("href", "#" + own);
        Html close = element("a", "close", "Close").with("href", "#" + id);
        return element("figure", kind.styleClass(), open, element("figcaption", text(caption)), close)
                .with("id", own);
    }

    /** Of a tile, the photograph is shown on the card, and the words below it only when it is enlarged. */
    private Html shaped(Element image, Kind kind, Picture picture) {
        Picture whole = kind == Kind.PHOTOGRAPH ? picture : exhibit.photograph().orElse(picture);
        double shape = (double) whole.width() / whole.height();
        double shown = kind == Kind.PHOTOGRAPH ? shape : Math.max(shape, NARROWEST_TILE);
        return image.with("class", shown >= FRAME ? "wide" : "tall")
                .with("style", "--shape:" + Numbers.decimal(shown, 4));
    }

    private String fileName() {
        String uri = exhibit.uri();
        return uri.substring(uri.lastIndexOf('/') + 1);
    }

    private Html headline() {
        String name = finding.top().isEmpty() ? "" : finding.top().get(0).name();
        String title =
                switch (finding.state()) {
                    case DEFECTIVE ->
                        finding.defect().orElse(name)
                                + finding.severity()
                                        .map(severity -> ", " + severity)
                                        .orElse("");
                    case SOUND -> "sound: " + name;
                    case REVIEW ->
                        "to be reviewed: "
                                + finding.defect().map(defect -> defect + "?").orElse(name + "?");
                };
        return element(
                "div",
                "headline",
                element("h3", text(TrendWords.sentenceCase(title))),
                element("span", "verdict", finding.verdict()));
    }

    private static Html caption(String caption) {
        return element("p", "caption", "“" + caption + "”");
    }

    private Html truth(Truth truth) {
        boolean agrees = exhibit.agrees().orElse(false);
        String stated = String.join(", ", truth.labels())
                + truth.severity().map(severity -> " (" + severity + ")").orElse("");
        return element(
                "p",
                agrees ? "truth agrees" : "truth differs",
                element("strong", text(agrees ? "✓ Truth: " : "✗ Truth: ")),
                text(stated));
    }

    private Html descriptions() {
        int[] colours = Palette.distinct(finding.top().size());
        List<Html> rows = new ArrayList<>();
        for (int i = 0; i < finding.top().size(); i++) {
            rows.add(description(i + 1, finding.top().get(i), colours[i]));
        }
        return element("ol", "descriptions").add(rows);
    }

    private static Html description(int rank, Described described, int colour) {
        Html badge = element("span", "rank", Integer.toString(rank))
                .with("style", String.format(Locale.ROOT, "--rank:#%06x", colour));
        return element(
                "li",
                badge,
                element("span", "name", described.name()),
                element("span", "number", Numbers.percent(described.probability())),
                Bars.bar(described.probability(), described.defect() ? "bar" : "bar sound"));
    }

    private Html origin() {
        Origin origin = exhibit.origin();
        List<String> parts = new ArrayList<>();
        origin.product().ifPresent(parts::add);
        origin.site().ifPresent(parts::add);
        origin.line().ifPresent(parts::add);
        origin.lot().ifPresent(parts::add);
        origin.capturedAt().map(Numbers::minute).ifPresent(parts::add);
        parts.add(Numbers.shortId(exhibit.imageId()));
        return element("p", "origin", String.join(" · ", parts)).with("title", exhibit.uri());
    }
}
