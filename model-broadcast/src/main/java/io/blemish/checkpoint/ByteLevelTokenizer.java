package io.blemish.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.blemish.error.UserException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * GPT-2's byte-level byte-pair encoding, which tells capitals apart and can spell every text, in both directions.
 *
 * <p>It is Hugging Face's tokenizer library, so its ids are those of transformers' {@code AutoTokenizer}. What begins a text is put there
 * exactly once, whatever the files say about it, and nothing is appended: the end of a text is for the model to say.
 */
public abstract sealed class ByteLevelTokenizer implements Tokenizer permits OptTokenizer, Gpt2Tokenizer {
    /** Hugging Face's file, which the other forms are turned into. */
    static final String TOKENIZER = "tokenizer.json";

    private final HuggingFaceTokenizer tokenizer;
    private final String json;
    private final long[] begin;

    ByteLevelTokenizer(HuggingFaceTokenizer tokenizer, String json, long... begin) {
        this.tokenizer = tokenizer;
        this.json = json;
        this.begin = begin;
    }

    /** The token ids of a text: what begins every text, then the text's own. Its length is not bounded. */
    @Override
    public long[] encode(String text) {
        long[] own = own(text);
        long[] ids = Arrays.copyOf(begin, begin.length + own.length);
        System.arraycopy(own, 0, ids, begin.length, own.length);
        return ids;
    }

    /** The text's own ids, without what begins every text: those of a caption, which follows a prefix. */
    public long[] own(String text) {
        return tokenizer.encode(text, false, false).getIds();
    }

    /** The text of ids, without special tokens; bytes that are no UTF-8 become replacement characters. */
    public String decode(long[] ids) {
        return tokenizer.decode(ids, true);
    }

    /** The tokenizer in the form of {@code tokenizer.json}. */
    public String json() {
        return json;
    }

    @Override
    public void close() {
        tokenizer.close();
    }

    /** Hugging Face's tokenizer, which must know a token as one. */
    static HuggingFaceTokenizer open(String name, String json, String known, String cure) {
        BundledTokenizers.use();
        try {
            HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(json.getBytes(UTF_8)), Map.of("truncation", "false", "padding", "false"));
            if (tokenizer.encode(known, false, false).getIds().length != 1) {
                tokenizer.close();
                throw UserException.cannot("use the tokenizer " + name, "it does not know the token " + known, cure);
            }

            return tokenizer;
        } catch (IOException | RuntimeException e) {
            if (e instanceof UserException refused) {
                throw refused;
            }
            throw UserException.cannot(
                    "use the tokenizer " + name, OneLine.of(String.valueOf(e.getMessage())), "Fetch the file again", e);
        }
    }

    /** A pair of files by whose names a vocabulary and its merges are published. */
    record Pair(String vocabulary, String merges) {
        boolean isIn(Path folder) {
            return folder.resolve(vocabulary).toFile().isFile()
                    && folder.resolve(merges).toFile().isFile();
        }
    }
}
