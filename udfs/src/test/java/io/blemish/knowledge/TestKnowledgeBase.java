package io.blemish.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestKnowledgeBase {
    private static final String SMALL = """
        name: small
        subject: tile
        abstain: 0.1
        templates: ["a photo of {}.", "a close-up photo of {}."]
        sound:
          - {name: smooth, prompts: [a smooth tile]}
        defects:
          - {name: crack, group: mechanical, phrase: a crack, prompts: [a cracked tile, a tile with a crack]}
        verdicts:
          - {verdict: reject, when: "severity = 'severe'"}
        """;

    @TempDir
    Path folder;

    @Test
    void readsEveryPart() {
        KnowledgeBase base = Pools.read(folder, SMALL);

        assertThat(base.name()).isEqualTo("small");
        assertThat(base.subject()).isEqualTo("tile");
        assertThat(base.number()).isEqualTo(GrammaticalNumber.SINGULAR);
        assertThat(base.abstain()).isEqualTo(OptionalDouble.of(0.1));
        assertThat(base.bands()).isEqualTo(SeverityBands.DEFAULT);
        assertThat(base.composition()).isEqualTo(Composition.SENTENCE);
        assertThat(base.descriptions()).extracting(Description::state).containsExactly(State.SOUND, State.DEFECT);
        assertThat(base.descriptions()).extracting(Description::group).containsExactly("sound", "mechanical");
        assertThat(base.descriptions()).extracting(Description::phrase).containsExactly("smooth", "a crack");
        assertThat(base.verdicts())
                .containsExactly(
                        new VerdictRule("reject", "severity = 'severe'", folder.resolve("pool.yaml") + ", line 10"));
    }

    @Test
    void putsEveryPromptIntoEveryTemplate() {
        assertThat(Pools.read(folder, SMALL).promptTexts().get(1))
                .containsExactly(
                        "a photo of a cracked tile.",
                        "a close-up photo of a cracked tile.",
                        "a photo of a tile with a crack.",
                        "a close-up photo of a tile with a crack.");
    }

    /** The id is that of the content: comments, layout, order of keys and spelled-out defaults change nothing. */
    @Test
    void idIgnoresHowTheFileIsWritten() {
        String otherwise = """
            # A comment.
            verdicts:
              - when: |
                  severity = 'severe'
                verdict: 'reject'
            defects:
              - prompts:
                  - a   cracked
                    tile
                  - "a tile with a crack"   # another
                phrase: a crack
                name: crack
                group: mechanical
            number: singular
            summary: sentence
            sound: [{prompts: ['a smooth tile'], group: sound, name: smooth, phrase: smooth}]
            templates:
              - a photo of {}.
              - a close-up photo of {}.
            abstain: 1.0e-1
            subject: tile

            name: small
            """;

        KnowledgeBase base = Pools.read(folder, SMALL);
        KnowledgeBase same = Pools.read(folder, otherwise);
        assertThat(same.canonicalJson()).isEqualTo(base.canonicalJson());
        assertThat(same.id()).isEqualTo(base.id()).matches("[0-9a-f]{64}");
    }

    @Test
    void canonicalJsonIsPinned() {
        assertThat(Pools.read(folder, SMALL).canonicalJson())
                .isEqualTo("{\"name\":\"small\",\"subject\":\"tile\",\"number\":\"singular\",\"abstain\":0.1,"
                        + "\"summary\":\"sentence\",\"templates\":[\"a photo of {}.\",\"a close-up photo of {}.\"],"
                        + "\"severity\":[{\"band\":\"very severe\",\"above\":0.8,\"adjective\":\"very severe\"},"
                        + "{\"band\":\"severe\",\"above\":0.5,\"adjective\":\"severe\"},"
                        + "{\"band\":\"moderate\",\"above\":0.3,\"adjective\":\"moderate\"},"
                        + "{\"band\":\"possible\",\"above\":0.1,\"adverb\":\"possibly\"},"
                        + "{\"band\":\"minor\",\"above\":0.0,\"adjective\":\"minor\"}],"
                        + "\"sound\":[{\"name\":\"smooth\",\"group\":\"sound\",\"phrase\":\"smooth\","
                        + "\"prompts\":[\"a smooth tile\"]}],"
                        + "\"defects\":[{\"name\":\"crack\",\"group\":\"mechanical\",\"phrase\":\"a crack\","
                        + "\"prompts\":[\"a cracked tile\",\"a tile with a crack\"]}],"
                        + "\"verdicts\":[{\"verdict\":\"reject\",\"when\":\"severity = 'severe'\"}]}");
    }

    @Test
    void idChangesWithAnyContent() {
        String id = Pools.read(folder, SMALL).id();
        String[][] changes = {
            {"name: small", "name: smaller"},
            {"subject: tile", "subject: plate"},
            {"abstain: 0.1", "abstain: 0.2"},
            {"abstain: 0.1", "number: plural"},
            {"abstain: 0.1", "summary: prompts"},
            {"a photo of {}.", "a picture of {}."},
            {"name: smooth", "name: even"},
            {"group: mechanical", "group: material"},
            {"phrase: a crack", "phrase: cracks"},
            {"a cracked tile, a tile with a crack", "a tile with a crack, a cracked tile"},
            {"verdict: reject", "verdict: scrap"},
            {"severity = 'severe'", "severity = 'minor'"},
        };
        for (String[] change : changes) {
            assertThat(SMALL).contains(change[0]);
            assertThat(Pools.read(folder, SMALL.replace(change[0], change[1])).id())
                    .as("%s becomes %s", change[0], change[1])
                    .isNotEqualTo(id);
        }
    }

    /** White space inside a condition may be part of a literal, and is kept. */
    @Test
    void conditionsKeepTheirWhiteSpace() {
        KnowledgeBase base = Pools.read(folder, SMALL.replace("'severe'", "'a  b'"));
        assertThat(base.verdicts().get(0).when()).isEqualTo("severity = 'a  b'");
    }

    @Test
    void canonicalJsonIsAKnowledgeBaseFile() {
        KnowledgeBase base =
                Pools.read(folder, SMALL.replace("a smooth tile", "\"ein glattes St\\u00fcck – “ok” 😀\""));
        KnowledgeBase again = Pools.read(folder, "again.json", base.canonicalJson());
        assertThat(again.id()).isEqualTo(base.id());
        assertThat(again.descriptions()).isEqualTo(base.descriptions());
    }

    @Test
    void readsAPlainListOfPrompts() {
        KnowledgeBase base = Pools.read(
                folder, "my list.txt", "\uFEFF# mould\n\na fruit with green mold\r\n   an old fruit  \n#soft rot\n");

        assertThat(base.name()).isEqualTo("my list");
        assertThat(base.promptTexts().toString()).isEqualTo("[[a fruit with green mold], [an old fruit]]");
        assertThat(base.hasSoundStates()).isFalse();
        assertThat(base.composition()).isEqualTo(Composition.PROMPTS);
        assertThat(base.bands()).isEqualTo(SeverityBands.DEFAULT);
        assertThat(base.verdicts()).isEmpty();
        assertThat(Pools.read(folder, "again.json", base.canonicalJson()).id()).isEqualTo(base.id());
    }
}
