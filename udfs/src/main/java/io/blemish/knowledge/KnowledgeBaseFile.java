package io.blemish.knowledge;

import io.blemish.error.UserException;
import io.blemish.knowledge.UniqueTexts.Kind;
import io.blemish.knowledge.YamlMap.Located;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads a {@link KnowledgeBase} from YAML, or hands a plain list of prompts to {@link PromptList}.
 *
 * <p>{@code conf/knowledge/fruit.yaml} shows every key with its meaning. Canonical JSON is YAML too, and is read by
 * the same code.
 */
final class KnowledgeBaseFile {
    private static final List<String> KEYS = List.of(
            "name", "subject", "number", "abstain", "summary", "templates", "severity", "sound", "defects", "verdicts");
    private static final List<String> DESCRIPTION_KEYS = List.of("name", "group", "phrase", "prompts");
    private static final List<String> VERDICT_KEYS = List.of("verdict", "when");
    private static final int MAX_CONDITION = 2_000;
    private static final Pattern ARTICLE = Pattern.compile("(?i)(a|an|the)\\s.*");

    private final SourceText source;
    private final YamlMap root;
    private final Composition composition;

    private KnowledgeBaseFile(SourceText source) {
        this.source = source;
        this.root = YamlMap.of(source, YamlDocument.parse(source), "the knowledge base", KEYS);
        this.composition = composition();
    }

    static KnowledgeBase read(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".txt")) {
            return PromptList.read(SourceText.read(file));
        }
        if (Stream.of(".yaml", ".yml", ".json").noneMatch(name::endsWith)) {
            throw UserException.cannot(
                    "read " + file,
                    "a knowledge base is told by its ending",
                    "Name it .yaml (or .json), or .txt for a plain list of prompts");
        }
        return new KnowledgeBaseFile(SourceText.read(file)).read();
    }

    /** Reads canonical JSON that did not come from a file; {@code origin} stands for the file's name in messages. */
    static KnowledgeBase parse(String canonicalJson, String origin) {
        return new KnowledgeBaseFile(new SourceText(Path.of(origin), canonicalJson)).read();
    }

    private KnowledgeBase read() {
        List<Description> descriptions = descriptions();
        if (composition == Composition.CLIPCAP_XAI && !descriptions.get(0).isDefect()) {
            throw root.mistake(
                    "summary",
                    "clipcap-xai summaries know no sound states",
                    "Remove 'sound', or write summary: sentence");
        }
        return new KnowledgeBase(
                root.text("name"),
                subject(),
                number(),
                templates(),
                descriptions,
                SeverityBandsReader.read(root),
                root.has("abstain") ? OptionalDouble.of(root.number("abstain", 0, 1)) : OptionalDouble.empty(),
                composition,
                verdicts());
    }

    private String subject() {
        String subject = root.text("subject");
        if (ARTICLE.matcher(subject).matches()) {
            throw root.mistake("subject", "the subject '" + subject + "' has an article", "Write the noun alone");
        }
        return subject;
    }

    private GrammaticalNumber number() {
        String label = root.optionalText("number").orElse(GrammaticalNumber.SINGULAR.label());
        return GrammaticalNumber.parse(label)
                .orElseThrow(
                        () -> root.mistake("number", "there is no number '" + label + "'", "Write singular or plural"));
    }

    private Composition composition() {
        String label = root.optionalText("summary").orElse(Composition.SENTENCE.label());
        return Composition.parse(label)
                .orElseThrow(() -> root.mistake(
                        "summary",
                        "there is no summary style '" + label + "'",
                        "Write sentence, prompts or clipcap-xai"));
    }

    private List<String> templates() {
        UniqueTexts seen = new UniqueTexts(source, Kind.TEMPLATE);
        root.texts("templates").forEach(seen::add);
        return seen.texts().isEmpty() ? List.of("{}") : seen.texts();
    }

    private List<Description> descriptions() {
        List<YamlMap> sound = root.maps("sound", "a sound state", DESCRIPTION_KEYS);
        List<YamlMap> defects = root.maps("defects", "a defect", DESCRIPTION_KEYS);
        if (defects.isEmpty()) {
            throw root.mistake("defects", "the pool has no defects", "List at least one under 'defects'");
        }
        if (sound.size() + defects.size() < 2) {
            throw root.mistake("defects", "the pool has a single description", "Add a sound state or another defect");
        }
        UniqueTexts names = new UniqueTexts(source, Kind.NAME);
        UniqueTexts prompts = new UniqueTexts(source, Kind.PROMPT);
        List<Description> descriptions = new ArrayList<>();
        for (YamlMap entry : sound) {
            descriptions.add(description(entry, descriptions.size(), State.SOUND, names, prompts));
        }
        for (YamlMap entry : defects) {
            descriptions.add(description(entry, descriptions.size(), State.DEFECT, names, prompts));
        }
        return descriptions;
    }

    private Description description(YamlMap entry, int index, State state, UniqueTexts names, UniqueTexts prompts) {
        String name = entry.text("name");
        names.add(new Located(name, entry.line("name")));
        List<Located> own = entry.texts("prompts");
        if (own.isEmpty()) {
            throw entry.mistake("prompts", "'" + name + "' has no prompts", "List at least one under 'prompts'");
        }
        own.forEach(prompts::add);
        String group = entry.optionalText("group").orElse(state == State.SOUND ? "sound" : "other");
        return new Description(
                index,
                name,
                group,
                state,
                phrase(entry, name),
                own.stream().map(Located::text).toList());
    }

    private String phrase(YamlMap entry, String name) {
        String phrase = entry.optionalText("phrase").orElse(name);
        String last = phrase.substring(phrase.length() - 1);
        boolean fits = !phrase.contains(";") && !Set.of(".", ",", ":", "!", "?").contains(last);
        if (composition == Composition.SENTENCE && !fits) {
            throw entry.mistake(
                    entry.has("phrase") ? "phrase" : "name",
                    "the phrase '" + phrase + "' contains a semicolon or ends in a punctuation mark",
                    "Write words that fit into a sentence");
        }
        return phrase;
    }

    private List<VerdictRule> verdicts() {
        List<VerdictRule> rules = new ArrayList<>();
        for (YamlMap entry : root.maps("verdicts", "a verdict rule", VERDICT_KEYS)) {
            String when = entry.raw("when");
            if (when.isEmpty() || when.length() > MAX_CONDITION) {
                throw entry.mistake(
                        "when",
                        "the condition is empty or longer than " + MAX_CONDITION + " characters",
                        "Write a boolean SQL expression, or several rules");
            }
            rules.add(new VerdictRule(entry.text("verdict"), when, source.origin(entry.line("when"))));
        }
        return rules;
    }
}
