package io.blemish.jobs.report;

import static io.blemish.jobs.report.Html.element;
import static io.blemish.jobs.report.Html.text;

import io.blemish.jobs.report.Html.Element;

/** Photographs with what was found on them, why, and where. */
final class GallerySection {
    private final Findings findings;

    GallerySection(Findings findings) {
        this.findings = findings;
    }

    Html html() {
        Element cards = element("div", "cards");
        int number = 0;
        for (Exhibit exhibit : findings.exhibits()) {
            number++;
            cards = cards.add(new ExhibitCard(exhibit, "p" + number).html());
        }
        return element("section", "gallery", element("h2", text("Photographs")), note(), filter(), cards)
                .with("id", "photographs");
    }

    private Html note() {
        long shown = findings.exhibits().size();
        String chosen = Numbers.count(shown) + " of "
                + Numbers.count(findings.overview().inspected())
                + " photographs, chosen to show some of each defect, the most severe first, some that are sound, some"
                + " that are to be reviewed" + (known() ? ", and some that were mistaken. " : ". ");
        String drawn = findings.tiles()
                .map(method -> "Heat maps were made by " + method + "; touch a picture to see it whole.")
                .orElse("No heat maps are drawn yet: bin/blemish tiles --warehouse "
                        + findings.provenance().warehouse() + " draws them.");
        return element("p", "note", chosen + drawn);
    }

    private boolean known() {
        return findings.exhibits().stream().anyMatch(exhibit -> exhibit.truth().isPresent());
    }

    /** Works without a script: the style sheet hides the cards that the chosen button is not for. */
    private Html filter() {
        Element buttons = element("fieldset", "filter", element("legend", text("Show")))
                .add(button("all", "all"), button("defective", "defective"))
                .add(button("review", "to be reviewed"), button("sound", "sound"));
        return known() ? buttons.add(button("mistaken", "mistaken")) : buttons;
    }

    private static Element button(String id, String label) {
        Element input =
                element("input").with("type", "radio").with("name", "show").with("id", "show-" + id);
        return element("label", id.equals("all") ? input.with("checked", "checked") : input, text(label));
    }
}
