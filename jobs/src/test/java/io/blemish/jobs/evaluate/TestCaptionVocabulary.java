package io.blemish.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.blemish.knowledge.KnowledgeBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCaptionVocabulary {
    private static final String KNOWLEDGE = """
            name: fruit
            subject: fruit
            templates: ["{}"]
            sound: [{name: sound, prompts: [a sound fruit]}]
            defects:
              - {name: green mould, prompts: [a fruit with green mould]}
              - {name: mould, prompts: [a fruit with mould]}
              - {name: bruise, prompts: [a bruised fruit]}
              - {name: dark spots, prompts: [a fruit with dark spots]}
              - {name: scab, prompts: [a fruit with scab]}
              - {name: cut, prompts: [a fruit with a cut]}
              - {name: wrinkled skin, prompts: [a wrinkled fruit]}
              - {name: discolouration, prompts: [a discoloured fruit]}
            """;

    @TempDir
    private static Path folder;

    private static CaptionVocabulary words;

    @BeforeAll
    static void read() throws IOException {
        KnowledgeBase base = KnowledgeBase.read(Files.writeString(folder.resolve("fruit.yaml"), KNOWLEDGE));
        words = new CaptionVocabulary(new Vocabulary(base, Map.of("gash", "cut")));
    }

    private static void names(String caption, String... defects) {
        assertThat(words.call(caption)).as(caption).containsExactly(defects);
    }

    @Test
    void namesWhateverTheEndingsAndTheSpelling() {
        names("An orange with green mold.", "defect:green mould");
        names("a green mouldy orange", "defect:green mould");
        names("a moldy pear and two bruises", "defect:bruise", "defect:mould");
        names("a bruised, scabby apple", "defect:bruise", "defect:scab");
        names(
                "a dark-spotted lemon with discolored, wrinkly skin",
                "defect:dark spots",
                "defect:discolouration",
                "defect:wrinkled skin");
    }

    @Test
    void longerNamesHideShorterOnes() {
        names("green mould beside a patch of mould", "defect:green mould", "defect:mould");
        names("a green leaf and mould", "defect:mould");
    }

    @Test
    void mappedWordsAndThoseThatSayNoMore() {
        names("a knife left a deep gash", "defect:cut");
        names("a rotten, defective fruit", "defective");
    }

    @Test
    void soundFruitHasNoDefect() {
        names("a sound apple without any blemish");
        names("");
        assertThat(words.call(null)).isNull();
    }
}
