package io.blemish.jobs.report;

import static io.blemish.jobs.report.Html.element;
import static io.blemish.jobs.report.Html.text;

import io.blemish.jobs.report.Html.Element;

/** How to read the heat maps, and what not to read into them. */
final class GuideSection {
    private GuideSection() {}

    static Html of(Findings findings) {
        int side = findings.provenance().subject().card().side();
        Element guide = element("dl", "guide");
        guide = guide.add(entry(
                "What a heat map shows",
                "The parts of the photograph that raised the score of one description, as the model computed it. It"
                        + " tells where the model looked, not how large a defect is, and not why it is there."));
        guide = guide.add(entry(
                "Bright and dark",
                "Each map is stretched to its own range: bright is the strongest place of this map. Two maps cannot be"
                        + " compared by their colours; how much a description counts is its probability. A line runs"
                        + " around what exceeds half of the peak, and a ring marks the peak itself."));
        guide = guide.add(entry(
                "Colours and numbers",
                "The combined picture gives each place to the description whose map is strongest there, in the colour"
                        + " of its number; places where none reaches half of its own peak stay clear."));
        guide = guide.add(entry(
                "Hatched borders",
                "The model sees a square of " + side + " × " + side
                        + " pixels from the middle of the scaled photograph."
                        + " What lies outside is hatched: nothing was looked for there."));
        guide = guide.add(entry(
                "Coarse by nature",
                "The model divides its square into patches and gives one value to each. Soft edges come from drawing"
                        + " these values smoothly; detail finer than a patch is not there."));
        guide = guide.add(entry(
                "What a word rests on",
                "The parts of the square that made a word of the caption more probable, given the words before it. Small"
                        + " words rest on the picture too, but mostly follow from the words around them."));
        guide = guide.add(entry(
                "Severity and probability",
                "Severity is how clearly the defect stands out against the sound states, not an area that was measured."
                        + " Probabilities compare the descriptions of this knowledge base with each other: a defect that"
                        + " it does not describe cannot be found."));
        return element("section", element("h2", text("How to read the heat maps")), guide)
                .with("id", "guide");
    }

    private static Html entry(String name, String meaning) {
        return element("div", element("dt", text(name)), element("dd", text(meaning)));
    }
}
