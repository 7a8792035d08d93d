package io.blemish.knowledge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Knowledge bases for tests, written to files, because only files are read. */
final class Pools {
    static final String FRUIT = """
        name: test
        subject: orange
        severity:
          - {band: severe, above: 0.8}
          - {band: moderate, above: 0.5}
          - {band: possible, above: 0.2, adverb: possibly}
          - {band: minor, above: 0}
        sound:
          - {name: fresh, phrase: fresh and unblemished, prompts: [a fresh fruit]}
          - {name: ripe, prompts: [a ripe fruit]}
        defects:
          - {name: green mould, group: fungal, prompts: [a fruit with green mould]}
          - {name: bruises, group: physical, prompts: [a bruised fruit]}
          - {name: soft rot, group: bacterial, prompts: [a fruit with soft rot]}
          - {name: cut, group: physical, phrase: a cut, prompts: [a fruit with a cut]}
          - {name: scars, group: physical, phrase: scars, prompts: [a scarred fruit]}
        """;

    private Pools() {}

    static KnowledgeBase read(Path folder, String yaml) {
        return read(folder, "pool.yaml", yaml);
    }

    static KnowledgeBase read(Path folder, String fileName, String text) {
        try {
            return KnowledgeBase.read(Files.writeString(folder.resolve(fileName), text));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
