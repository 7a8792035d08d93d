package io.blemish.knowledge;

import io.blemish.knowledge.Outcome.Decision;
import io.blemish.knowledge.Outcome.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;

/**
 * Turns the similarities of an image to all descriptions into a {@link Label}. In double precision throughout;
 * immutable, and safe for several threads.
 *
 * <pre>
 * logit_j       = scale · similarity_j
 * probability_j = exp(logit_j) / Σ_i exp(logit_i)
 * P(defective)  = Σ_defects probability_j
 * severity_j    = band of exp(logit_j) / (exp(logit_j) + Σ_sound exp(logit_i))
 * </pre>
 *
 * Severity leaves the other defects out, so that it does not fall because a similar defect shares the mass. Without
 * sound states P(defective) is 1 and severity is CLIPCap-XAI's: the band of probability_j / Σ_top k probability_i.
 */
public final class Labeller {
    /** The verdict of an image whose P(defective) is too near the threshold to tell. */
    public static final String REVIEW = "review";

    private final List<Description> descriptions;
    private final SeverityBands bands;
    private final double scale;
    private final LabelOptions options;
    private final int[] soundStates;
    private final int[] defects;
    private final SummaryComposer composer;

    /**
     * A labeller for one knowledge base.
     *
     * @param scale exp(logit_scale): what cosines are multiplied by, 100 in OpenAI's checkpoints; positive and finite
     */
    public Labeller(KnowledgeBase base, float scale, LabelOptions options) {
        if (!(scale > 0 && scale < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the scale of the logits must be positive and finite, not " + scale);
        }
        this.descriptions = base.descriptions();
        this.bands = base.bands();
        this.scale = scale;
        this.options = options;
        this.soundStates = indices(description -> !description.isDefect());
        this.defects = indices(Description::isDefect);
        this.composer = SummaryComposer.of(base);
    }

    private int[] indices(Predicate<Description> wanted) {
        return descriptions.stream().filter(wanted).mapToInt(Description::index).toArray();
    }

    /**
     * The label of one image.
     *
     * @param similarities cosines to the descriptions, in their order
     * @throws IllegalArgumentException if there are not as many as descriptions, or one is not finite
     */
    public Label label(float[] similarities) {
        check(similarities);
        Softmax sound = Softmax.of(similarities, scale, soundStates);
        Softmax defective = Softmax.of(similarities, scale, defects);
        int[] top = top(similarities);
        double probabilityDefective = sound.shareAgainst(defective.logSum());
        Decision decision = decision(probabilityDefective);
        boolean isDefective = isDefective(probabilityDefective);

        Findings each = new Findings(similarities, similarities[defective.best()], severity(similarities, sound, top));
        Finding worst = each.of(descriptions.get(defective.best()));
        Finding[] listed = listed(top, worst, each);
        Optional<Description> soundState =
                Optional.of(sound.best()).filter(j -> j >= 0).map(descriptions::get);
        return new Label(
                isDefective,
                isDefective ? worst.description().name() : null,
                isDefective ? worst.description().group() : null,
                isDefective ? bandName(worst.band()) : null,
                probabilityDefective,
                margin(similarities, sound, defective),
                decision == Decision.UNCERTAIN ? REVIEW : null,
                composer.compose(new Outcome(decision, soundState, findings(listed, worst))),
                scored(similarities, top, listed, sound.with(defective)));
    }

    private void check(float[] similarities) {
        if (similarities.length != descriptions.size()) {
            throw new IllegalArgumentException(
                    similarities.length + " similarities for " + descriptions.size() + " descriptions");
        }
        for (int j = 0; j < similarities.length; j++) {
            if (!Float.isFinite(similarities[j])) {
                throw new IllegalArgumentException(
                        "the similarity to '" + descriptions.get(j).name() + "' is " + similarities[j]);
            }
        }
    }

    /**
     * Indices of the k most similar descriptions, most similar first, equal ones in their order: insertion into k
     * places.
     */
    private int[] top(float[] similarities) {
        int[] top = new int[Math.min(options.topK(), similarities.length)];
        for (int j = 0; j < similarities.length; j++) {
            int place = Math.min(j, top.length);
            while (place > 0 && similarities[j] > similarities[top[place - 1]]) {
                place--;
            }
            if (place < top.length) {
                System.arraycopy(top, place, top, place + 1, Math.min(j, top.length - 1) - place);
                top[place] = j;
            }
        }
        return top;
    }

    private boolean isDefective(double probabilityDefective) {
        return soundStates.length == 0 || probabilityDefective >= options.threshold();
    }

    private Decision decision(double probabilityDefective) {
        if (Math.abs(probabilityDefective - options.threshold()) < options.abstain()) {
            return Decision.UNCERTAIN;
        }
        return isDefective(probabilityDefective) ? Decision.DEFECTIVE : Decision.SOUND;
    }

    /** The probability that a defect's band is chosen by, given its logit. */
    private DoubleUnaryOperator severity(float[] similarities, Softmax sound, int[] top) {
        if (soundStates.length > 0) {
            return sound::shareAgainst;
        }
        return Softmax.of(similarities, scale, top)::probability;
    }

    /** Makes findings; similarities to all descriptions, and to the most probable defect. */
    private final class Findings {
        private final float[] similarities;
        private final float best;
        private final DoubleUnaryOperator severity;

        Findings(float[] similarities, float best, DoubleUnaryOperator severity) {
            this.similarities = similarities;
            this.best = best;
            this.severity = severity;
        }

        Finding of(Description defect) {
            double similarity = similarities[defect.index()];
            double probability = severity.applyAsDouble(scale * similarity);
            double relative = Math.exp(scale * (similarity - best));
            return new Finding(defect, probability, bands.indexOf(probability), relative);
        }
    }

    /** What is found of each of the top k; null of sound states. */
    private Finding[] listed(int[] top, Finding worst, Findings each) {
        Finding[] listed = new Finding[top.length];
        for (int rank = 0; rank < top.length; rank++) {
            Description description = descriptions.get(top[rank]);
            if (description.isDefect()) {
                listed[rank] = description.index() == worst.description().index() ? worst : each.of(description);
            }
        }
        return listed;
    }

    private static List<Finding> findings(Finding[] listed, Finding worst) {
        List<Finding> findings = new ArrayList<>(listed.length);
        for (Finding finding : listed) {
            if (finding != null) {
                findings.add(finding);
            }
        }
        return findings.isEmpty() ? List.of(worst) : findings;
    }

    private List<Scored> scored(float[] similarities, int[] top, Finding[] listed, Softmax all) {
        List<Scored> scored = new ArrayList<>(top.length);
        for (int rank = 0; rank < top.length; rank++) {
            int j = top[rank];
            Description description = descriptions.get(j);
            String band = listed[rank] == null ? null : bandName(listed[rank].band());
            double probability = all.probability(scale * similarities[j]);
            scored.add(new Scored(j, description.name(), description.isDefect(), probability, similarities[j], band));
        }
        return scored;
    }

    private double margin(float[] similarities, Softmax sound, Softmax defective) {
        if (soundStates.length > 0) {
            return defective.bestLogit() - sound.bestLogit();
        }
        double second = Double.NEGATIVE_INFINITY;
        for (int j : defects) {
            if (j != defective.best()) {
                second = Math.max(second, scale * similarities[j]);
            }
        }
        return defective.bestLogit() - second;
    }

    private String bandName(int band) {
        return bands.bands().get(band).name();
    }
}
