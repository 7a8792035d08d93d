package io.blemish.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import io.blemish.knowledge.Outcome.Decision;
import io.blemish.knowledge.Outcome.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The golden sentences are what CLIPCap-XAI's own synthesize() answers for these probabilities. */
class TestClipCapXaiComposer {
    private static final KnowledgeBase BASE = KnowledgeBase.read(Path.of("../conf/knowledge/clipcap-xai.yaml"));

    @Test
    void highestBandSaysWithTwice() {
        assertThat(compose("green mold", 0.85, "bruises", 0.10, "an old fruit", 0.05))
                .isEqualTo("A fruit with with green mold minor bruises and an old fruit");
    }

    @Test
    void nothingSeparatesTheBands() {
        assertThat(compose(
                        "green mold", 0.35, "bruises", 0.31, "an old fruit", 0.20, "soft rot", 0.10, "age spots", 0.04))
                .isEqualTo("A fruit with moderate green mold and bruises possible an old fruit minor soft rot and age"
                        + " spots");
    }

    @Test
    void itsGallerySentence() {
        assertThat(compose(
                        "green mold",
                        0.7428,
                        "viral discoloration",
                        0.0814,
                        "black mold",
                        0.0787,
                        "bacterial infection",
                        0.0551,
                        "gray mold",
                        0.0420))
                .isEqualTo("A fruit with severe green mold minor viral discoloration and black mold and bacterial"
                        + " infection and gray mold");
    }

    @Test
    void aProbabilityOfZeroIsDropped() {
        assertThat(compose("green mold", 0.6, "bruises", 0.4, "soft rot", 0.0))
                .isEqualTo("A fruit with severe green mold moderate bruises");
    }

    /** The gallery's raw softmax through the labeller: the same sentence, from similarities. */
    @Test
    void labellerReproducesTheGallery() {
        float[] similarities = new float[27];
        Arrays.fill(similarities, (float) (Math.log(0.238 / 22) / 100));
        String[] names = {"green mold", "viral discoloration", "black mold", "bacterial infection", "gray mold"};
        double[] probabilities = {0.566, 0.062, 0.060, 0.042, 0.032};
        for (int i = 0; i < names.length; i++) {
            similarities[named(names[i]).index()] = (float) (Math.log(probabilities[i]) / 100);
        }
        Label label = new Labeller(BASE, 100, LabelOptions.DEFAULT).label(similarities);

        assertThat(label.summary())
                .isEqualTo("A fruit with severe green mold minor viral discoloration and black mold and bacterial"
                        + " infection and gray mold");
        assertThat(label.severity()).isEqualTo("severe");
        assertThat(label.top()).extracting(Scored::name).containsExactly(names);
    }

    private static Description named(String name) {
        return BASE.descriptions().stream()
                .filter(description -> description.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String compose(Object... namesAndProbabilities) {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < namesAndProbabilities.length; i += 2) {
            double probability = (Double) namesAndProbabilities[i + 1];
            Description description = named((String) namesAndProbabilities[i]);
            findings.add(new Finding(description, probability, BASE.bands().indexOf(probability), 1));
        }
        return new ClipCapXaiComposer(BASE.bands())
                .compose(new Outcome(Decision.DEFECTIVE, Optional.empty(), findings));
    }
}
