package io.blemish.knowledge;

import io.blemish.knowledge.YamlMap.Located;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Names, templates or prompts, of which no two may be equal but for case: each remembers its line for the complaint
 * about the second. A template has one <code>{}</code>, a prompt none.
 */
final class UniqueTexts {
    private final SourceText source;
    private final Kind kind;
    private final Map<String, Integer> lines = new HashMap<>();
    private final List<String> texts = new ArrayList<>();

    UniqueTexts(SourceText source, Kind kind) {
        this.source = source;
        this.kind = kind;
    }

    void add(Located text) {
        int slots = text.text().split(Pattern.quote("{}"), -1).length - 1;
        if (kind == Kind.TEMPLATE && slots != 1) {
            throw source.mistake(
                    text.line(),
                    "the template '" + text.text() + "' must contain {} exactly once",
                    "Write {} where the prompt goes");
        }
        if (kind == Kind.PROMPT && slots != 0) {
            throw source.mistake(
                    text.line(),
                    "the prompt '" + text.text() + "' contains {}",
                    "Only 'templates' have a place to fill");
        }
        Integer earlier = lines.putIfAbsent(text.text().toLowerCase(Locale.ROOT), text.line());
        if (earlier != null) {
            throw source.mistake(
                    text.line(),
                    "the " + kind.word() + " '" + text.text() + "' stands on line " + earlier + " already",
                    "Remove or change one of the two");
        }
        texts.add(text.text());
    }

    List<String> texts() {
        return List.copyOf(texts);
    }

    /** What the texts are, and so what must be true of each. */
    enum Kind {
        NAME,
        TEMPLATE,
        PROMPT;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
