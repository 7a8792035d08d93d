package io.blemish.checkpoint;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.blemish.error.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** OPT's tokenizer: GPT-2's byte-level byte-pair encoding, after one {@code </s>}. */
public final class OptTokenizer extends ByteLevelTokenizer {
    /** Hugging Face's names of the older pair of files, and those of OPT's authors. */
    private static final List<Pair> PAIRS =
            List.of(new Pair("vocab.json", "merges.txt"), new Pair("gpt2-vocab.json", "gpt2-merges.txt"));

    private OptTokenizer(HuggingFaceTokenizer tokenizer, String json, long begin) {
        super(tokenizer, json, begin);
    }

    /** Whether a folder has one, in any of the forms that {@link #open} reads. */
    public static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(TOKENIZER)) || PAIRS.stream().anyMatch(pair -> pair.isIn(folder));
    }

    /**
     * Opens the tokenizer of a checkpoint's folder: {@code tokenizer.json}; or {@code vocab.json} with {@code
     * merges.txt}; or the same with {@code gpt2-} before their names.
     *
     * @param folder where the files are
     * @throws UserException one line, if none of them is there or it cannot be used
     */
    public static OptTokenizer open(Path folder) {
        Path file = folder.resolve(TOKENIZER);
        if (Files.isRegularFile(file)) {
            return of(file.toString(), JsonFile.read(file).toString());
        }
        for (Pair pair : PAIRS) {
            if (pair.isIn(folder)) {
                Path vocabulary = folder.resolve(pair.vocabulary());
                OptVocabulary read = OptVocabulary.read(vocabulary, folder.resolve(pair.merges()));
                return of(vocabulary.toString(), read.tokenizerJson().toString());
            }
        }

        throw UserException.cannot(
                "open the tokenizer of " + folder,
                "it has neither " + TOKENIZER + ", nor vocab.json and merges.txt",
                "Add them; every published OPT has the same");
    }

    /**
     * A tokenizer of the contents of {@code tokenizer.json}.
     *
     * @param name what messages call it
     */
    public static OptTokenizer of(String name, String json) {
        HuggingFaceTokenizer tokenizer = open(name, json, OptVocabulary.END, "Use the tokenizer of an OPT model");
        return new OptTokenizer(
                tokenizer,
                json,
                tokenizer.encode(OptVocabulary.END, false, false).getIds()[0]);
    }
}
