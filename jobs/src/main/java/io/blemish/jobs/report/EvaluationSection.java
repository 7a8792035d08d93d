package io.blemish.jobs.report;

import static io.blemish.jobs.report.Html.element;
import static io.blemish.jobs.report.Html.text;

import io.blemish.jobs.report.Html.Element;
import io.blemish.jobs.report.Measure.Unit;
import java.util.ArrayList;
import java.util.List;

/** How good the labels and the heat maps are, measured against truths: each figure with what it means. */
final class EvaluationSection {
    private EvaluationSection() {}

    static Html of(Scores scores) {
        Element section = element(
                "section",
                "evaluation",
                element("h2", text("Measured against the truth")),
                element("p", "note", note(scores)));
        return section.add(headlines(scores))
                .add(DefectScores.of(scores).stream().toList())
                .add(Confusion.of(scores).stream().toList())
                .add(Reliability.of(scores).stream().toList())
                .add(MapScores.of(scores))
                .with("id", "evaluation");
    }

    private static String note(Scores scores) {
        String images = scores.of("images", Scores.ALL)
                .map(score -> Numbers.count(score.n(), "inspected photograph has", "inspected photographs have"))
                .orElse("Some inspected photographs have");
        return images
                + " a known truth. Ranges are 95 % intervals: where the figure would lie in 19 of 20 samples of as"
                + " many photographs like these. They say nothing of photographs of another kind.";
    }

    private static final List<Measure> HEADLINES = List.of(
            new Measure(
                    "top_defect_accuracy",
                    "Names a true defect",
                    Unit.SHARE,
                    "Of defective photographs: the most probable defect is one that is really there."),
            new Measure(
                    "label_accuracy",
                    "Right label",
                    Unit.SHARE,
                    "Of all photographs: a true defect is named, or a sound product is called sound."),
            new Measure(
                    "defective_accuracy",
                    "Defective or sound",
                    Unit.SHARE,
                    "Of all photographs: this one question is answered right."),
            new Measure(
                    "auroc_margin",
                    "AUROC",
                    Unit.DECIMAL,
                    "How often a defective photograph has a larger margin than a sound one, whatever the threshold: 0.5 is"
                            + " guessing, 1 never errs."));

    private static Html headlines(Scores scores) {
        List<Html> tiles = new ArrayList<>();
        for (Measure measure : HEADLINES) {
            scores.of(measure.metric(), Scores.ALL).ifPresent(score -> tiles.add(tile(measure, score)));
        }
        return element("ul", "tiles wide").add(tiles);
    }

    private static Html tile(Measure measure, Score score) {
        String interval = measure.interval(score);
        String images = Numbers.count(score.n(), "photograph", "photographs");
        return element(
                "li",
                element("span", "name", measure.name()),
                element("span", "figure", measure.value(score)),
                element("span", "detail", interval.isEmpty() ? images : interval + "; " + images),
                element("p", "meaning", measure.meaning()));
    }
}
