package io.blemish.train;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.blemish.checkpoint.Fingerprint;
import io.blemish.checkpoint.Tokenizer;
import io.blemish.lm.OptConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * Texts as tokens, begun and ended, in windows that a model can see at a time: what a language model is trained on, and
 * what it is validated with. A text that occurs several times counts as often, and all of it on one side.
 *
 * @param training windows that are trained on
 * @param validation windows that are never trained on
 * @param trainingTexts how many texts the former are of
 * @param validationTexts how many the latter are of
 * @param highestToken the highest id of all
 * @param fingerprint changes with any text, whatever their order
 */
public record TextData(
        List<Window> training,
        List<Window> validation,
        long trainingTexts,
        long validationTexts,
        long highestToken,
        String fingerprint) {
    /**
     * A part of a text. Each of its tokens but the first is told by those before it; windows of one text overlap by the
     * one token that the next begins with, so that every token is told once.
     *
     * @param tokens two or more ids
     */
    record Window(int[] tokens) {
        /** Tokens that are told. */
        int targets() {
            return tokens.length - 1;
        }
    }

    /**
     * Encodes texts. Which of them validate depends on their content alone.
     *
     * @param context tokens of a window at most, the last not counted: it is only told
     */
    public static TextData encode(
            Collection<String> texts, Tokenizer tokenizer, OptConfig config, int context, double validationShare) {
        // In an order of their own: what is learned must not depend on how the texts were read.
        TreeMap<String, Integer> counts = new TreeMap<>();
        texts.forEach(text -> counts.merge(text, 1, Integer::sum));
        List<Window> training = new ArrayList<>();
        List<Window> validation = new ArrayList<>();
        Fingerprint fingerprint = new Fingerprint();
        long trained = 0;
        long validated = 0;
        long highest = 0;
        for (var entry : counts.entrySet()) {
            int[] tokens =
                    ended(tokenizer.encode(entry.getKey()), config.tokens().end());
            boolean held = held(entry.getKey(), validationShare);
            for (int i = 0; i < entry.getValue(); i++) {
                addWindows(held ? validation : training, tokens, context);
            }
            trained += held ? 0 : entry.getValue();
            validated += held ? entry.getValue() : 0;
            highest = Math.max(highest, Arrays.stream(tokens).max().orElse(0));
            fingerprint.value(entry.getKey(), entry.getValue().toString());
        }
        return new TextData(training, validation, trained, validated, highest, fingerprint.hex());
    }

    /** Tokens that an epoch tells. */
    public long trainingTokens() {
        return training.stream().mapToLong(Window::targets).sum();
    }

    private static int[] ended(long[] ids, long end) {
        int[] tokens = new int[ids.length + 1];
        for (int i = 0; i < ids.length; i++) {
            tokens[i] = Math.toIntExact(ids[i]);
        }
        tokens[ids.length] = Math.toIntExact(end);
        return tokens;
    }

    private static void addWindows(List<Window> windows, int[] tokens, int context) {
        for (int from = 0; from + 1 < tokens.length; from += context) {
            windows.add(new Window(Arrays.copyOfRange(tokens, from, Math.min(tokens.length, from + context + 1))));
        }
    }

    private static boolean held(String text, double share) {
        String hash = Fingerprint.sha256(text.getBytes(UTF_8));
        return Integer.parseInt(hash.substring(0, 6), 16) < share * (1 << 24);
    }
}
