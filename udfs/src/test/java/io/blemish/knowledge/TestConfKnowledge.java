package io.blemish.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The knowledge bases that ship with Blemish. */
class TestConfKnowledge {
    private static final Path CONF = Path.of("../conf/knowledge");

    @TempDir
    Path folder;

    @Test
    void everyFileIsTestedBelow() throws IOException {
        try (Stream<Path> files = Files.list(CONF)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("fruit.yaml", "samples.yaml", "magnetic-tile.yaml", "clipcap-xai.yaml");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fruit.yaml", "samples.yaml", "magnetic-tile.yaml", "clipcap-xai.yaml"})
    void isNamedAsItsFileAndSurvivesItsCanonicalForm(String file) throws IOException {
        KnowledgeBase base = KnowledgeBase.read(CONF.resolve(file));
        assertThat(base.name() + ".yaml").isEqualTo(file);
        Path again = Files.writeString(folder.resolve("again.json"), base.canonicalJson());
        assertThat(KnowledgeBase.read(again).id()).isEqualTo(base.id());
        assertThat(KnowledgeBase.read(again).descriptions()).isEqualTo(base.descriptions());
    }

    @Test
    void fruitIsRicherThanClipCapXai() {
        KnowledgeBase base = KnowledgeBase.read(CONF.resolve("fruit.yaml"));
        List<Description> defects =
                base.descriptions().stream().filter(Description::isDefect).toList();
        assertThat(defects).hasSizeGreaterThan(27);
        assertThat(defects.stream().map(Description::group).distinct())
                .containsExactly("fungal", "bacterial", "viral", "physical", "ageing");
        assertThat(base.hasSoundStates()).isTrue();
        assertThat(base.templates()).hasSizeGreaterThan(1);
        assertThat(base.promptTexts()).allSatisfy(texts -> assertThat(texts).hasSizeGreaterThanOrEqualTo(6));
        String prompts = base.promptTexts().toString();
        assertThat(prompts).contains("apple", "orange", "banana", "pear", "tomato", "grapes", "mold", "mould");
        assertThat(base.descriptions())
                .noneMatch(description -> description.phrase().contains("mold"));
    }

    @Test
    void clipCapXaiHasItsTwentySevenPrompts() {
        KnowledgeBase base = KnowledgeBase.read(CONF.resolve("clipcap-xai.yaml"));
        List<String> prompts =
                base.promptTexts().stream().map(texts -> texts.get(0)).toList();
        assertThat(prompts).hasSize(27);
        assertThat(base.promptTexts()).allSatisfy(texts -> assertThat(texts).hasSize(1));
        assertThat(prompts.get(14)).isEqualTo("a fruit with deformationsa fruit with storage damage");
        assertThat(prompts.get(15)).isEqualTo("a fruit with missing partsa fruit with overripening");
        assertThat(base.bands()).isEqualTo(SeverityBands.DEFAULT);
        assertThat(base.composition()).isEqualTo(Composition.CLIPCAP_XAI);
        assertThat(base.hasSoundStates()).isFalse();
    }

    /** The words of a summary are those that synthesize() makes of the prompt itself. */
    @Test
    void clipCapXaiPhrasesAreItsCleanedPrompts() {
        for (Description description :
                KnowledgeBase.read(CONF.resolve("clipcap-xai.yaml")).descriptions()) {
            String prompt = description.prompts().get(0).toLowerCase(Locale.ROOT);
            assertThat(description.phrase())
                    .isEqualTo(prompt.replace("a fruit with", "").strip());
        }
    }

    @Test
    void magneticTileKnowsTheClassesOfItsDataSet() {
        KnowledgeBase base = KnowledgeBase.read(CONF.resolve("magnetic-tile.yaml"));
        assertThat(base.descriptions().stream().map(Description::name).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("sound surface", "blowhole", "break", "crack", "fray", "uneven");
    }

    /** Whatever CLIP answers, the sentence has no doubled word, no stray space and the right article. */
    @ParameterizedTest
    @ValueSource(strings = {"fruit.yaml", "samples.yaml", "magnetic-tile.yaml"})
    void everySummaryIsWellFormed(String file) {
        KnowledgeBase base = KnowledgeBase.read(CONF.resolve(file));
        Labeller labeller = new Labeller(base, 100, LabelOptions.DEFAULT);
        long seed = 7;
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            float[] similarities = new float[base.descriptions().size()];
            for (int j = 0; j < similarities.length; j++) {
                similarities[j] = 0.2f + 0.02f * (float) random.nextGaussian();
            }
            assertThat(labeller.label(similarities).summary())
                    .as("seed %d, similarities %s", seed, Arrays.toString(similarities))
                    .matches("[A-Z][^A-Z.]+\\.")
                    .doesNotContainPattern("  | [,;.]|[,;][^ ]|\\b(\\w+) \\1\\b")
                    .doesNotContainPattern("\\ba [aeiou]|\\ban [^aeiou]|\\b(a|an) (a|an|severe an?)\\b");
        }
    }
}
