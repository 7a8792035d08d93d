package io.blemish.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.blemish.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a vocabulary of OPT's kind from texts: four special tokens, 256 bytes, and merges. {@link OptTokenizer} and
 * transformers' {@code AutoTokenizer} read its files.
 */
public final class OptVocabularyTrainer {
    /** Tokens that every vocabulary of this kind has besides its merges. */
    public static final int BASE = 260;

    private static final Pattern WORD = Pattern.compile(OptVocabulary.WORDS);
    private static final ObjectMapper JSON = new ObjectMapper();

    private OptVocabularyTrainer() {}

    /**
     * Learns a vocabulary.
     *
     * @param size the most tokens that it may have, at least {@link #BASE}; fewer come out of few texts
     * @return the merges, as lines of {@code merges.txt}
     */
    public static List<String> learn(Collection<String> texts, int size) {
        if (size < BASE) {
            throw new IllegalArgumentException("a vocabulary of " + size + " tokens has not even the bytes");
        }

        return BytePairTrainer.learn(texts.stream(), OptVocabularyTrainer::words, size - BASE).stream()
                .map(BytePairTrainer.Pair::toString)
                .toList();
    }

    /**
     * Writes {@code vocab.json}, {@code merges.txt}, {@code tokenizer.json} and the two small files that transformers
     * wants beside them.
     *
     * @param positions the most tokens of a text
     * @return how many tokens the vocabulary has
     */
    public static int write(Path folder, List<String> merges, int positions) {
        OptVocabulary vocabulary = OptVocabulary.ofMerges(merges);
        ObjectNode special = JSON.createObjectNode()
                .put("bos_token", OptVocabulary.END)
                .put("eos_token", OptVocabulary.END)
                .put("unk_token", OptVocabulary.END)
                .put("pad_token", OptVocabulary.PAD);
        ObjectNode config = special.deepCopy()
                .put("tokenizer_class", "GPT2Tokenizer")
                .put("add_bos_token", true)
                .put("add_prefix_space", false)
                .put("errors", "replace")
                .put("model_max_length", positions);
        try {
            JSON.writeValue(folder.resolve("vocab.json").toFile(), vocabulary.tokens());
            String lines = "#version: 0.2\n" + String.join("\n", merges) + (merges.isEmpty() ? "" : "\n");
            Files.writeString(folder.resolve("merges.txt"), lines, UTF_8);
            JSON.writeValue(folder.resolve("tokenizer.json").toFile(), vocabulary.tokenizerJson());
            JSON.writeValue(folder.resolve("special_tokens_map.json").toFile(), special);
            JSON.writeValue(folder.resolve("tokenizer_config.json").toFile(), config);
            return vocabulary.tokens().size();
        } catch (IOException e) {
            throw UserException.cannot(
                    "write the tokenizer to " + folder, e.toString(), "Check the folder and its free space", e);
        }
    }

    /** The words of a text as the tokenizer finds them, each as its letters. */
    private static List<List<String>> words(String text) {
        List<List<String>> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            words.add(BytePairTrainer.letters(matcher.group()));
        }
        return words;
    }
}
