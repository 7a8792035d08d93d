package io.blemish.knowledge;

import io.blemish.knowledge.YamlMap.Located;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * A knowledge base from a plain list: each line is a prompt, and the prompt is the description's name. Blank lines
 * and lines that start with {@code #} do not count. Every description is a defect; the scale is CLIPCap-XAI's.
 */
final class PromptList {
    private PromptList() {}

    static KnowledgeBase read(SourceText source) {
        List<String> lines = source.text().lines().toList();
        UniqueTexts prompts = new UniqueTexts(source, UniqueTexts.Kind.PROMPT);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                prompts.add(new Located(source.printable(i + 1, "the prompt", line), i + 1));
            }
        }
        List<String> texts = prompts.texts();
        if (texts.size() < 2) {
            throw source.mistake(
                    "the pool has " + texts.size() + " descriptions", "Write at least two prompts, one a line");
        }
        String fileName = source.file().getFileName().toString();
        return new KnowledgeBase(
                source.printable(1, "the file name", fileName.substring(0, fileName.length() - ".txt".length())),
                "image",
                GrammaticalNumber.SINGULAR,
                List.of("{}"),
                IntStream.range(0, texts.size())
                        .mapToObj(index -> description(index, texts.get(index)))
                        .toList(),
                SeverityBands.DEFAULT,
                OptionalDouble.empty(),
                Composition.PROMPTS,
                List.of());
    }

    private static Description description(int index, String prompt) {
        return new Description(index, prompt, "other", State.DEFECT, prompt, List.of(prompt));
    }
}
