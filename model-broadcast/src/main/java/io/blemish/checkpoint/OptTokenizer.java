package io.blemish.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.blemish.error.UserException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * OPT's tokenizer: GPT-2's byte-level byte-pair encoding, which tells capitals apart and can spell every text, after one
 * {@code </s>}.
 *
 * <p>It is Hugging Face's tokenizer library, so its ids are those of transformers' {@code AutoTokenizer}. The leading
 * token is put there exactly once, whatever the files say about it, and nothing is appended: the end of a text is for
 * the model to say.
 */
public final class OptTokenizer implements Tokenizer {
    private static final String TOKENIZER = "tokenizer.json";

    /** Hugging Face's names of the older pair of files, and those of OPT's authors. */
    private static final String[][] PAIRS = {
        {"vocab.json", "merges.txt"}, {"gpt2-vocab.json", "gpt2-merges.txt"},
    };

    private final HuggingFaceTokenizer tokenizer;
    private final long begin;

    private OptTokenizer(HuggingFaceTokenizer tokenizer, long begin) {
        this.tokenizer = tokenizer;
        this.begin = begin;
    }

    /**
     * Opens the tokenizer of a checkpoint's folder: {@code tokenizer.json}; or {@code vocab.json} with {@code
     * merges.txt}; or the same with {@code gpt2-} before their names.
     *
     * @param folder where the files are
     * @throws UserException one line, if none of them is there or it cannot be used
     */
    public static OptTokenizer open(Path folder) {
        if (Files.isRegularFile(folder.resolve(TOKENIZER))) {
            Path file = folder.resolve(TOKENIZER);
            return open(file, JsonFile.read(file).toString());
        }
        for (String[] pair : PAIRS) {
            Path vocabulary = folder.resolve(pair[0]);
            Path merges = folder.resolve(pair[1]);
            if (Files.isRegularFile(vocabulary) && Files.isRegularFile(merges)) {
                return open(
                        vocabulary,
                        OptVocabulary.read(vocabulary, merges).tokenizerJson().toString());
            }
        }

        throw UserException.cannot(
                "open the tokenizer of " + folder,
                "it has neither " + TOKENIZER + ", nor vocab.json and merges.txt",
                "Add them; every published OPT has the same");
    }

    /** The token ids of a text: one {@code </s>}, then the text's own. Its length is not bounded. */
    @Override
    public long[] encode(String text) {
        long[] own = tokenizer.encode(text, false, false).getIds();
        long[] ids = new long[own.length + 1];
        ids[0] = begin;
        System.arraycopy(own, 0, ids, 1, own.length);
        return ids;
    }

    /** The text of ids, without special tokens; bytes that are no UTF-8 become replacement characters. */
    public String decode(long[] ids) {
        return tokenizer.decode(ids, true);
    }

    @Override
    public void close() {
        tokenizer.close();
    }

    private static OptTokenizer open(Path file, String json) {
        BundledTokenizers.use();
        try {
            HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(json.getBytes(UTF_8)), Map.of("truncation", "false", "padding", "false"));
            return new OptTokenizer(tokenizer, begin(tokenizer, file));
        } catch (IOException | RuntimeException e) {
            if (e instanceof UserException refused) {
                throw refused;
            }
            throw UserException.cannot(
                    "use the tokenizer " + file, OneLine.of(String.valueOf(e.getMessage())), "Fetch the file again", e);
        }
    }

    private static long begin(HuggingFaceTokenizer tokenizer, Path file) {
        long[] ids = tokenizer.encode(OptVocabulary.END, false, false).getIds();
        if (ids.length != 1) {
            tokenizer.close();
            throw UserException.cannot(
                    "use the tokenizer " + file,
                    "it does not know the token " + OptVocabulary.END,
                    "Use the tokenizer of an OPT model");
        }

        return ids[0];
    }
}
