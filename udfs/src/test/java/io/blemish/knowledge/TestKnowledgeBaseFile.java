package io.blemish.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TestKnowledgeBaseFile {
    /** Lines 1 to 7; each mistake below replaces a part of it. */
    private static final String GOOD = """
        name: tiles
        subject: tile
        defects:
          - {name: crack, prompts: [a cracked tile]}
          - name: hole
            prompts:
              - a tile with a hole
        """;

    @TempDir
    Path folder;

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("name: tiles", "nam: tiles", 1, "unknown key 'nam' in the knowledge base"),
                mistake("name: tiles\n", "", 1, "'name' is missing"),
                mistake("name: tiles", "name: 12", 1, "'name' must be text, but YAML reads 12 as a number"),
                mistake("name: tiles", "name: no", 1, "'name' must be text, but YAML reads no as true or false"),
                mistake("name: tiles", "name:", 1, "'name' has no value"),
                mistake("name: tiles", "name: '  '", 1, "'name' is empty"),
                mistake("name: tiles", "name: [tiles]", 1, "'name' must be a single value, not a list"),
                mistake("name: tiles", "name: \"a\\u0007\"", 1, "'name' contains a character that cannot be shown"),
                mistake("name: tiles", "name: a\nname: b", 2, "the key 'name' stands twice in the knowledge base"),
                mistake("subject: tile", "subject: the tile", 2, "the subject 'the tile' has an article"),
                mistake("subject: tile", "subject: tile\nnumber: dual", 3, "there is no number 'dual'"),
                mistake("subject: tile", "subject: tile\nsummary: poem", 3, "there is no summary style 'poem'"),
                mistake("subject: tile", "subject: tile\nabstain: 2", 3, "'abstain' must be a number from 0.0 to 1.0"),
                mistake("subject: tile", "subject: tile\nabstain: .nan", 3, "not '.nan'"),
                mistake("subject: tile", "subject: tile\nabstain: '0.1'", 3, "'abstain' must be a number"),
                mistake("subject: tile", "subject: tile\ntemplates: a {}", 3, "'templates' must be a list, not text"),
                mistake("subject: tile", "subject: tile\ntemplates: []", 3, "'templates' is an empty list"),
                mistake("subject: tile", "subject: tile\ntemplates:\n- a photo", 4, "must contain {} exactly once"),
                mistake("subject: tile", "subject: tile\ntemplates:\n- '{} {}'", 4, "must contain {} exactly once"),
                mistake("subject: tile", "subject: tile\ntemplates:\n- a {}\n- a {}", 5, "stands on line 4 already"),
                mistake("name: hole", "name: Crack", 5, "the name 'Crack' stands on line 4 already"),
                mistake("name: hole", "name: hole\n    color: red", 6, "unknown key 'color' in a defect"),
                mistake("name: hole", "name: hole\n    phrase: a hole.", 6, "ends in a punctuation mark"),
                mistake("a tile with a hole", "a cracked  tile", 7, "the prompt 'a cracked tile' stands on line 4"),
                mistake("a tile with a hole", "a {} hole", 7, "the prompt 'a {} hole' contains {}"),
                mistake("a tile with a hole", "x".repeat(501), 7, "is longer than 500 characters (501)"),
                mistake(
                        "a tile with a hole",
                        "3",
                        7,
                        "an entry of 'prompts' must be text, but YAML reads 3 as a number"),
                mistake("prompts:\n      - a tile with a hole", "group: other", 5, "'hole' has no prompts"),
                mistake("prompts:\n      - a tile with a hole", "prompts: []", 6, "'prompts' is an empty list"),
                mistake("  - name: hole\n    prompts:\n      - a tile with a hole\n", "", 4, "a single description"),
                mistake("  - name: hole", "  - hole\n  - name: hole", 5, "a defect must be a mapping, not text"),
                mistake("defects:", "sound:", 1, "the pool has no defects"),
                mistake("name: hole", "name: &hole hole", 5, "anchors (&) and aliases (*) are not accepted"),
                mistake("name: hole", "name: *hole", 5, "anchors (&) and aliases (*) are not accepted"),
                mistake("name: hole", "name: !!str hole", 5, "the tag tag:yaml.org,2002:str is not accepted"),
                mistake(
                        "- name: hole",
                        "- !!java.net.URL\n    name: hole",
                        5,
                        "the tag tag:yaml.org,2002:java.net.URL"),
                mistake("name: hole", "name: [[[[[[[[[[]]]]]]]]]]", 5, "nests deeper than 8 levels"),
                mistake("name: hole", "name: hole: deep", 5, "it is not YAML"),
                mistake("prompts:\n", "prompts: [\n", 7, "it is not YAML"),
                mistake("defects:", "severity: [{band: a, above: x}]\ndefects:", 3, "'above' must be a number"),
                mistake("defects:", "severity: [{band: a}]\ndefects:", 3, "'above' is missing"),
                mistake("defects:", "severity: [{above: 0}]\ndefects:", 3, "'band' is missing"),
                mistake("defects:", "severity: [{band: a, above: 0.1}]\ndefects:", 3, "does not start at 0"),
                mistake("defects:", bands("{band: b, above: 0.1}", "{band: c, above: 0.1}"), 5, "must descend"),
                mistake("defects:", bands("{band: b, above: 0.1}", "{band: b, above: 0}"), 5, "are called 'b'"),
                mistake("defects:", bands("{band: b, above: 1}", "{band: c, above: 0}"), 4, "from 0.0 to 0.999999"),
                mistake(
                        "defects:",
                        bands("{band: b, above: 0.1, adverb: x, adjective: y}", "{band: c, above: 0}"),
                        4,
                        "has an adjective and an adverb"),
                mistake("defects:", "verdicts: [{verdict: reject}]\ndefects:", 3, "'when' is missing"),
                mistake("defects:", "verdicts: [{when: true}]\ndefects:", 3, "'verdict' is missing"),
                mistake("defects:", "verdicts: [{verdict: a, when: ''}]\ndefects:", 3, "the condition is empty"),
                mistake("defects:", "verdicts: [{verdict: a, when: [b]}]\ndefects:", 3, "not a list"),
                mistake(
                        "defects:",
                        "summary: clipcap-xai\nsound: [{name: good, prompts: [good]}]\ndefects:",
                        3,
                        "clipcap-xai summaries know no sound states"));
    }

    private static String bands(String first, String second) {
        return "severity:\n  - " + first + "\n  - " + second + "\ndefects:";
    }

    private static Arguments mistake(String part, String replacement, int line, String message) {
        return Arguments.of(part, replacement, line, message);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void namesFileAndLineOfAMistake(String part, String replacement, int line, String message) {
        assertThat(GOOD).contains(part);
        assertRefused("pool.yaml", GOOD.replace(part, replacement))
                .hasMessageStartingWith("Cannot read " + folder.resolve("pool.yaml") + ": line " + line + ": ")
                .hasMessageContaining(message)
                .hasMessageEndingWith(".");
    }

    @Test
    void theUnchangedFileIsGood() {
        assertThat(Pools.read(folder, GOOD).templates()).containsExactly("{}");
    }

    /** A condition that YAML reads as a boolean is still a condition. */
    @Test
    void whenTrueNeedsNoQuotes() {
        KnowledgeBase base = Pools.read(folder, GOOD + "verdicts: [{verdict: reject, when: true}]\n");
        assertThat(base.verdicts().get(0).when()).isEqualTo("true");
    }

    @Test
    void refusesFilesThatAreNoKnowledgeBase() throws IOException {
        assertRefused("pool.yaml", "").hasMessageContaining("pool.yaml: it is empty. Start from");
        assertRefused("pool.yaml", "# nothing\n").hasMessageContaining("it is empty");
        assertRefused("pool.yaml", "- a\n- b\n").hasMessageContaining("line 1: the knowledge base must be a mapping");
        assertRefused("pool.yaml", "a: 1\n---\nb: 2\n").hasMessageContaining("it is not YAML");
        assertRefused("pool.yaml", "a: \u0001\n").hasMessageContaining("the control character U+0001");
        assertRefused("pool.txt", "one\ntwo\u0000\n")
                .hasMessageContaining("line 2: ")
                .hasMessageContaining("U+0000");
        assertRefused("pool.toml", "a = 1").hasMessageContaining("is told by its ending");
        assertRefused("pool.yaml", "#".repeat(SourceText.MAX_BYTES + 1)).hasMessageContaining("larger than 1048576");
        assertThatThrownBy(() -> KnowledgeBase.read(folder.resolve("absent.yaml")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("absent.yaml: there is no such file");
        assertThatThrownBy(() -> KnowledgeBase.read(Files.createDirectory(folder.resolve("folder.yaml"))))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("folder.yaml: the file cannot be opened");
        Path latin =
                Files.write(folder.resolve("latin.yaml"), "a: b\nc: \u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> KnowledgeBase.read(latin))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("latin.yaml: line 2: it is not UTF-8 text");
    }

    @Test
    void refusesBadLists() {
        assertRefused("pool.txt", "# only\n\n").hasMessageContaining("the pool has 0 descriptions");
        assertRefused("pool.txt", "one\n").hasMessageContaining("the pool has 1 descriptions");
        assertRefused("pool.txt", "one\n#\nOne\n")
                .hasMessageContaining("line 3: the prompt 'One' stands on line 1 already");
        assertRefused("pool.txt", "one\n" + "x".repeat(501))
                .hasMessageContaining("line 2: the prompt is longer than 500");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(String fileName, String text) {
        return assertThatThrownBy(() -> Pools.read(folder, fileName, text)).isInstanceOf(UserException.class);
    }
}
