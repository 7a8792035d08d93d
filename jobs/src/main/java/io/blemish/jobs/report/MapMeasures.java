package io.blemish.jobs.report;

import io.blemish.jobs.report.Measure.Unit;
import java.util.List;

/** What is measured of heat maps, and the ways of making them. */
final class MapMeasures {
    /** Whether the brightest place lies on the defect. */
    static final Measure POINTING = new Measure(
            "pointing_game",
            "Points right",
            Unit.SHARE,
            "The pointing game: the brightest place of the map lies on the defect. A defect without a map is a miss.");

    /** Where maps look, against masks. */
    static final List<Measure> PLACE = List.of(
            POINTING,
            new Measure(
                    "pointing_game_15px",
                    "Nearly right",
                    Unit.SHARE,
                    "The same, but near misses count too: within 15 pixels on a crop of 224."),
            new Measure("energy_inside", "Energy inside", Unit.SHARE, "How much of all heat lies on the defect."),
            new Measure(
                    "iou_half",
                    "Overlap at half",
                    Unit.SHARE,
                    "What exceeds half of the peak, against the defect: their intersection over their union."),
            new Measure("iou_best", "Best overlap", Unit.SHARE, "The same at the best threshold for each map."),
            new Measure(
                    "pixel_auroc",
                    "Pixel AUROC",
                    Unit.DECIMAL,
                    "How often a pixel of the defect is hotter than one outside of it: 0.5 is guessing."));

    /** What the model does when it is shown, or not shown, what a map says that it needs. */
    static final List<Measure> EFFECT = List.of(
            new Measure(
                    "insertion_auc",
                    "Insertion",
                    Unit.DECIMAL,
                    "The defect's probability while its hottest places are uncovered first. High is better."),
            new Measure(
                    "deletion_auc",
                    "Deletion",
                    Unit.DECIMAL,
                    "Its probability while its hottest places are removed first. Low is better."));

    /** Checks that a map must pass to mean anything. */
    static final List<Measure> SANITY = List.of(
            new Measure(
                    "sanity_randomised_block",
                    "Last block at random",
                    Unit.DECIMAL,
                    "Correlation with the map of a model whose last blocks were randomised. High would mean that the map does"
                            + " not depend on what was learned."),
            new Measure(
                    "sanity_shuffled_prompt",
                    "Another description",
                    Unit.DECIMAL,
                    "Correlation with the map of another description. High would mean that the map does not depend on what"
                            + " was asked."),
            new Measure(
                    "sanity_float64",
                    "In double precision",
                    Unit.DECIMAL,
                    "Correlation with the map computed in double precision. Less than 1 is rounding noise."));

    /** All ways of making maps in the order in which they are shown; those that know nothing of a defect come last. */
    static final List<Way> WAYS = List.of(
            new Way("relevance", "relevance", "the default", Knowledge.OF_DESCRIPTION),
            new Way("gradcam", "Grad-CAM", "", Knowledge.OF_DESCRIPTION),
            new Way("clipcap-xai", "clipcap-xai", "for comparison: rounding noise", Knowledge.OF_DESCRIPTION),
            new Way("attention", "attention alone", "knows no description", Knowledge.NONE),
            new Way("centre", "always the middle", "knows nothing", Knowledge.NONE),
            new Way("random", "by chance", "knows nothing", Knowledge.NONE));

    private MapMeasures() {}

    /**
     * A way of making maps.
     *
     * @param method its name in the table {@code evaluations}
     * @param name what people call it
     * @param remark what to know about it
     * @param knowledge that goes into its maps
     */
    record Way(String method, String name, String remark, Knowledge knowledge) {}

    /** What a way of making maps knows. */
    enum Knowledge {
        /** The description that is to be found. */
        OF_DESCRIPTION,
        /** Nothing of it: what others have to beat. */
        NONE
    }
}
