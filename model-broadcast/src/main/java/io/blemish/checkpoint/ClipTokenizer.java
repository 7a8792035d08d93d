package io.blemish.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.blemish.error.InternalException;
import io.blemish.error.UserException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * CLIP's byte-pair encoding: lower case, words that end in {@code </w>}, between a start and an end token.
 *
 * <p>It is Hugging Face's tokenizer library, so its ids are those of {@code CLIPTokenizerFast}. OpenAI's Python also
 * mends broken Unicode and HTML entities (ftfy); prompts have neither. A text that is too long loses its last words and
 * keeps its end token.
 */
public final class ClipTokenizer implements Tokenizer {
    private static final String TOKENIZER = "tokenizer.json";
    private static final String VOCABULARY = "vocab.json";
    private static final String MERGES = "merges.txt";
    private static final String OPENAI_MERGES = "bpe_simple_vocab_16e6.txt.gz";

    private final HuggingFaceTokenizer tokenizer;
    private final String json;

    private ClipTokenizer(HuggingFaceTokenizer tokenizer, String json) {
        this.tokenizer = tokenizer;
        this.json = json;
    }

    /**
     * Opens the tokenizer of a checkpoint's folder: {@code tokenizer.json}; or {@code vocab.json} with {@code
     * merges.txt}; or OpenAI's {@code bpe_simple_vocab_16e6.txt.gz}.
     *
     * @param folder where the files are
     * @param maxLength the most ids of a text, start and end included: 77 for every published CLIP
     * @throws UserException one line, if none of them is there or it cannot be used
     */
    public static ClipTokenizer open(Path folder, int maxLength) {
        if (maxLength < 3) {
            throw new InternalException("No token fits between start and end in a length of " + maxLength);
        }
        if (Files.isRegularFile(folder.resolve(TOKENIZER))) {
            Path file = folder.resolve(TOKENIZER);
            return open(file, JsonFile.read(file).toString(), maxLength);
        }
        if (Files.isRegularFile(folder.resolve(VOCABULARY)) && Files.isRegularFile(folder.resolve(MERGES))) {
            Path vocabulary = folder.resolve(VOCABULARY);
            ClipVocabulary files = ClipVocabulary.read(vocabulary, folder.resolve(MERGES));
            return open(vocabulary, files.tokenizerJson(), maxLength);
        }
        if (Files.isRegularFile(folder.resolve(OPENAI_MERGES))) {
            Path merges = folder.resolve(OPENAI_MERGES);
            return open(merges, ClipVocabulary.readOpenAi(merges).tokenizerJson(), maxLength);
        }

        throw UserException.cannot(
                "open the tokenizer of " + folder,
                "it has neither " + TOKENIZER + ", nor " + VOCABULARY + " and " + MERGES + ", nor " + OPENAI_MERGES,
                "Add one of them; every published CLIP has the same");
    }

    /**
     * A tokenizer from what {@link #json} gave.
     *
     * @param maxLength the most ids of a text, start and end included
     */
    public static ClipTokenizer of(String json, int maxLength) {
        return open(Path.of("in the archive"), json, maxLength);
    }

    /** The tokenizer in the form of {@code tokenizer.json}. */
    public String json() {
        return json;
    }

    @Override
    public long[] encode(String text) {
        return tokenizer.encode(text).getIds();
    }

    @Override
    public void close() {
        tokenizer.close();
    }

    private static ClipTokenizer open(Path file, String json, int maxLength) {
        BundledTokenizers.use();
        String length = Integer.toString(maxLength);
        Map<String, String> options =
                Map.of("truncation", "true", "padding", "false", "maxLength", length, "modelMaxLength", length);
        try {
            ClipTokenizer tokenizer = new ClipTokenizer(
                    HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json.getBytes(UTF_8)), options), json);
            tokenizer.requireStartAndEnd(file);
            return tokenizer;
        } catch (IOException | RuntimeException e) {
            if (e instanceof UserException refused) {
                throw refused;
            }
            throw UserException.cannot(
                    "use the tokenizer " + file, OneLine.of(String.valueOf(e.getMessage())), "Fetch the file again", e);
        }
    }

    private void requireStartAndEnd(Path file) {
        int length = encode("").length;
        if (length != 2) {
            close();
            throw UserException.cannot(
                    "use the tokenizer " + file,
                    "it makes " + length + " tokens of an empty text instead of a start and an end token",
                    "Use the tokenizer of a CLIP model");
        }
    }
}
