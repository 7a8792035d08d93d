package io.blemish.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tokens and merges of GPT-2's byte-level byte-pair encoding with OPT's special tokens, and the {@code
 * tokenizer.json} that they amount to.
 *
 * @param tokens token to id
 * @param merges pairs in the order of their rank, each as {@code left right}
 */
record OptVocabulary(Map<String, Integer> tokens, List<String> merges) {
    /** Begins a text, ends it, and stands for what is unknown. */
    static final String END = "</s>";

    static final String PAD = "<pad>";

    /** The ids 0 to 3. */
    static final List<String> SPECIALS = List.of("<s>", PAD, END, "<unk>");

    /** What GPT-2 takes for a word: a space belongs to the letters, digits or signs that follow it. */
    static final String WORDS = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

    private static final int MAX_MERGES = 1 << 20;

    /** Hugging Face's pair of files. */
    static OptVocabulary read(Path vocabulary, Path merges) {
        Map<String, Integer> tokens = BytePairFiles.tokens(vocabulary, List.of(PAD, END));
        try (InputStream in = Files.newInputStream(merges)) {
            return new OptVocabulary(tokens, BytePairFiles.merges(merges, in, MAX_MERGES));
        } catch (IOException e) {
            throw BytePairFiles.refused(merges, e.toString(), e);
        }
    }

    /** Special tokens, the 256 bytes, and what the merges make, each named once: two pairs may make the same. */
    static OptVocabulary ofMerges(List<String> merges) {
        List<String> names = new ArrayList<>(SPECIALS);
        names.addAll(ByteLetters.inOrder());
        merges.forEach(pair -> names.add(pair.replace(" ", "")));
        Map<String, Integer> tokens = new LinkedHashMap<>();
        names.forEach(name -> tokens.putIfAbsent(name, tokens.size()));
        return new OptVocabulary(tokens, merges);
    }

    /** The same tokenizer in the form that Hugging Face's library reads; it begins every text with {@link #END}. */
    ObjectNode tokenizerJson() {
        return new ByteLevelJson(tokens, merges).document(List.of(PAD, END), Optional.of(END));
    }
}
