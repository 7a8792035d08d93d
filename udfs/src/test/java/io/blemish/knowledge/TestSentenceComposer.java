package io.blemish.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import io.blemish.knowledge.Outcome.Decision;
import io.blemish.knowledge.Outcome.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSentenceComposer {
    private static final int SEVERE = 0;
    private static final int MODERATE = 1;
    private static final int POSSIBLE = 2;
    private static final int MINOR = 3;

    @TempDir
    Path folder;

    @Test
    void saysOneDefect() {
        assertThat(sentence("green mould", SEVERE)).isEqualTo("The orange shows severe green mould.");
        assertThat(sentence("bruises", MODERATE)).isEqualTo("The orange shows moderate bruises.");
        assertThat(sentence("a cut", SEVERE)).isEqualTo("The orange shows a severe cut.");
        assertThat(sentence("an open wound", SEVERE)).isEqualTo("The orange shows a severe open wound.");
        assertThat(sentence("some scars", SEVERE)).isEqualTo("The orange shows some severe scars.");
        assertThat(sentence("a cut", POSSIBLE)).isEqualTo("The orange possibly shows a cut.");
    }

    @Test
    void saysTheLowestBandOnlyWhenThereIsNothingElse() {
        assertThat(sentence("scars", MINOR)).isEqualTo("The orange shows minor scars.");
        assertThat(sentence("scars", MINOR, "bruises", MINOR)).isEqualTo("The orange shows minor scars.");
        assertThat(sentence("scars", SEVERE, "bruises", MINOR)).isEqualTo("The orange shows severe scars.");
    }

    @Test
    void groupsByBand() {
        assertThat(sentence("green mould", SEVERE, "bruises", MODERATE, "soft rot", POSSIBLE))
                .isEqualTo("The orange shows severe green mould and moderate bruises, and possibly soft rot.");
        assertThat(sentence("green mould", SEVERE, "soft rot", SEVERE))
                .isEqualTo("The orange shows severe green mould and soft rot.");
        assertThat(sentence("green mould", SEVERE, "soft rot", SEVERE, "scars", SEVERE))
                .isEqualTo("The orange shows severe green mould, soft rot and scars.");
        assertThat(sentence("green mould", SEVERE, "soft rot", SEVERE, "bruises", MODERATE))
                .isEqualTo("The orange shows severe green mould and soft rot, and moderate bruises.");
        assertThat(sentence("green mould", SEVERE, "a cut", SEVERE, "bruises", MODERATE))
                .isEqualTo("The orange shows severe green mould and a severe cut, and moderate bruises.");
        assertThat(sentence("rot", SEVERE, "scab", SEVERE, "scars", SEVERE, "bruises", MODERATE, "a cut", POSSIBLE))
                .isEqualTo("The orange shows severe rot, scab and scars; moderate bruises; and possibly a cut.");
        assertThat(sentence("soft rot", POSSIBLE, "a cut", POSSIBLE))
                .isEqualTo("The orange possibly shows soft rot and a cut.");
    }

    @Test
    void copesWithPhrasesThatAreListsThemselves() {
        assertThat(sentence("cuts and bruises", SEVERE, "rot", SEVERE))
                .isEqualTo("The orange shows severe cuts and bruises, and rot.");
        assertThat(sentence("rings, spots and mosaic", SEVERE, "rot", MODERATE))
                .isEqualTo("The orange shows severe rings, spots and mosaic; and moderate rot.");
    }

    @Test
    void choosesTheArticleOfTheAdjective() {
        KnowledgeBase base = base("{band: extreme, above: 0.5}", "{band: uniform, above: 0}", "singular");
        assertThat(compose(base, "a cut", 0)).isEqualTo("The orange shows an extreme cut.");
        assertThat(compose(base, "an ulcer", 1)).isEqualTo("The orange shows a uniform ulcer.");
    }

    @Test
    void leavesThePhraseAloneWhenTheBandHasNoAdjective() {
        KnowledgeBase base = base("{band: high, above: 0.5, adjective: ''}", "{band: low, above: 0}", "singular");
        assertThat(compose(base, "an open wound", 0, "rot", 0)).isEqualTo("The orange shows an open wound and rot.");
    }

    @Test
    void neverSaysAWordTwiceWhereTwoPartsMeet() {
        assertThat(sentence("severe rot", SEVERE)).isEqualTo("The orange shows severe rot.");
        assertThat(sentence("a severe cut", SEVERE)).isEqualTo("The orange shows a severe cut.");
        assertThat(sentence("rot", SEVERE, "possibly rot", POSSIBLE))
                .isEqualTo("The orange shows severe rot, and possibly rot.");
    }

    @Test
    void agreesWithAPluralSubject() {
        KnowledgeBase base = base("{band: severe, above: 0.5}", "{band: minor, above: 0}", "plural");
        Description sound = new Description(0, "ripe", "sound", State.SOUND, "ripe", List.of("ripe"));
        List<Finding> findings = findings("a cut", 0);
        assertThat(compose(base, "a cut", 0)).isEqualTo("The orange show a severe cut.");
        assertThat(new SentenceComposer(base).compose(new Outcome(Decision.SOUND, Optional.of(sound), findings)))
                .isEqualTo("The orange are ripe.");
        assertThat(new SentenceComposer(base).compose(new Outcome(Decision.UNCERTAIN, Optional.of(sound), findings)))
                .isEqualTo("It is unclear whether the orange are ripe or show a cut.");
        assertThat(new SentenceComposer(base).compose(new Outcome(Decision.UNCERTAIN, Optional.empty(), findings)))
                .isEqualTo("It is unclear whether the orange show a cut.");
    }

    /**
     * Laws of every sentence: one capital, one full stop, no doubled or missing space, no doubled word, no article
     * before an article or before the wrong sound, every defect above the lowest band told exactly once and none of
     * the others.
     */
    @Test
    void everySentenceIsWellFormed() {
        List<String> phrases = List.of(
                "green mould",
                "bruises",
                "a cut",
                "an insect hole",
                "soft rot",
                "the loss of its stem",
                "some scars",
                "splits and abrasions",
                "severe wilting",
                "an open wound");
        KnowledgeBase base = Pools.read(folder, Pools.FRUIT);
        long seed = 42;
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            List<Finding> findings = new ArrayList<>();
            List<String> shuffled = new ArrayList<>(phrases);
            Collections.shuffle(shuffled, random);
            for (String phrase : shuffled.subList(0, 1 + random.nextInt(6))) {
                findings.add(finding(phrase, random.nextInt(4)));
            }
            findings.sort(Comparator.comparing(Finding::band));
            String sentence =
                    new SentenceComposer(base).compose(new Outcome(Decision.DEFECTIVE, Optional.empty(), findings));
            assertThat(sentence)
                    .as("seed %d, round %d", seed, round)
                    .matches("The orange (possibly )?shows [^A-Z.]+\\.")
                    .doesNotContainPattern("  | [,;.]|[,;][^ ]|,,|;;")
                    .doesNotContainPattern("\\b(\\w+) \\1\\b")
                    .doesNotContainPattern("\\b(an?|the|some) (an?|the|some)\\b")
                    .doesNotContainPattern("\\ba [aeiou]|\\ban [^aeiou]")
                    .doesNotContainPattern("severe (a|an|the|some)\\b|moderate (a|an|the|some)\\b");
            for (Finding finding : findings) {
                String noun =
                        NounPhrase.of(finding.description().phrase()).noun().replace("severe ", "");
                boolean told = finding.equals(findings.get(0)) || finding.band() < MINOR;
                assertThat(sentence.split(noun, -1).length - 1).as(sentence).isEqualTo(told ? 1 : 0);
            }
        }
    }

    /** Where an image is surely not sound, every defect is in the highest band, however improbable beside the first. */
    @Test
    void whatIsFarLessProbableIsNotTold() {
        Finding mould = finding("green mould", 0);
        List<Finding> findings = List.of(mould, relative("soft rot", 0.1), relative("scab", 0.0999));
        Outcome outcome = new Outcome(Decision.DEFECTIVE, Optional.empty(), findings);

        assertThat(new SentenceComposer(base("{band: severe, above: 0.5}", "{band: minor, above: 0}", "singular"))
                        .compose(outcome))
                .isEqualTo("The orange shows severe green mould and soft rot.");
    }

    private static Finding relative(String phrase, double relative) {
        Finding first = finding(phrase, 0);
        return new Finding(first.description(), first.probability(), 0, relative);
    }

    private String sentence(Object... phrasesAndBands) {
        return compose(Pools.read(folder, Pools.FRUIT), phrasesAndBands);
    }

    private KnowledgeBase base(String high, String low, String number) {
        return Pools.read(folder, """
            name: test
            subject: orange
            number: %s
            severity: [%s, %s]
            sound: [{name: ripe, prompts: [ripe]}]
            defects: [{name: rot, prompts: [rot]}]
            """.formatted(number, high, low));
    }

    private static String compose(KnowledgeBase base, Object... phrasesAndBands) {
        Outcome outcome = new Outcome(Decision.DEFECTIVE, Optional.empty(), findings(phrasesAndBands));
        return new SentenceComposer(base).compose(outcome);
    }

    private static List<Finding> findings(Object... phrasesAndBands) {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < phrasesAndBands.length; i += 2) {
            findings.add(finding((String) phrasesAndBands[i], (Integer) phrasesAndBands[i + 1]));
        }
        return findings;
    }

    private static Finding finding(String phrase, int band) {
        return new Finding(new Description(0, phrase, "other", State.DEFECT, phrase, List.of(phrase)), 0.5, band, 1);
    }
}
