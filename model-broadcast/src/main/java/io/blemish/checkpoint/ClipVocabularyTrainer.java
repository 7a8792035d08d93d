package io.blemish.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.blemish.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a vocabulary of CLIP's kind from captions: 256 bytes, the same at the end of a word, merges, and the two special
 * tokens last. {@link ClipTokenizer} and transformers' {@code CLIPTokenizer} read its files.
 */
public final class ClipVocabularyTrainer {
    /** Tokens that every vocabulary of this kind has besides its merges. */
    public static final int BASE = 514;

    private static final Pattern WORD = Pattern.compile(ClipVocabulary.WORDS);
    private static final ObjectMapper JSON = new ObjectMapper();

    private ClipVocabularyTrainer() {}

    /**
     * Learns a vocabulary.
     *
     * @param size the most tokens that it may have, at least {@link #BASE}; fewer come out of few captions
     * @return the merges, as lines of {@code merges.txt}
     */
    public static List<String> learn(Collection<String> captions, int size) {
        if (size < BASE) {
            throw new IllegalArgumentException("a vocabulary of " + size + " tokens has not even the bytes");
        }

        return BytePairTrainer.learn(captions.stream(), ClipVocabularyTrainer::words, size - BASE).stream()
                .map(BytePairTrainer.Pair::toString)
                .toList();
    }

    /**
     * Writes {@code vocab.json}, {@code merges.txt} and the two small files that transformers wants beside them.
     *
     * @param positions the most tokens of a text
     * @return how many tokens the vocabulary has; the last is the end-of-text token
     */
    public static int write(Path folder, List<String> merges, int positions) {
        ClipVocabulary vocabulary = ClipVocabulary.ofMerges(merges);
        try {
            JSON.writeValue(folder.resolve("vocab.json").toFile(), vocabulary.tokens());
            String lines = "#version: 0.2\n" + String.join("\n", merges) + (merges.isEmpty() ? "" : "\n");
            Files.writeString(folder.resolve("merges.txt"), lines, UTF_8);
            ObjectNode special = JSON.createObjectNode()
                    .put("bos_token", ClipVocabulary.START)
                    .put("eos_token", ClipVocabulary.END)
                    .put("pad_token", ClipVocabulary.END)
                    .put("unk_token", ClipVocabulary.END);
            JSON.writeValue(folder.resolve("special_tokens_map.json").toFile(), special);
            ObjectNode config = special.deepCopy()
                    .put("tokenizer_class", "CLIPTokenizer")
                    .put("do_lower_case", true)
                    .put("add_prefix_space", false)
                    .put("model_max_length", positions);
            JSON.writeValue(folder.resolve("tokenizer_config.json").toFile(), config);
            return vocabulary.tokens().size();
        } catch (IOException e) {
            throw UserException.cannot(
                    "write the tokenizer to " + folder, e.toString(), "Check the folder and its free space", e);
        }
    }

    /** The words of a text as the tokenizer finds them, each as its letters, the last of which ends the word. */
    private static List<List<String>> words(String text) {
        String normal = Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        List<List<String>> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(normal);
        while (matcher.find()) {
            List<String> letters = BytePairTrainer.letters(matcher.group());
            letters.set(letters.size() - 1, letters.get(letters.size() - 1) + ClipVocabulary.WORD_END);
            words.add(letters);
        }
        return words;
    }
}
