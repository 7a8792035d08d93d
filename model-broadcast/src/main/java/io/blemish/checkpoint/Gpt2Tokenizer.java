package io.blemish.checkpoint;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.blemish.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** GPT-2's tokenizer: its byte-level byte-pair encoding with nothing before a text. {@code <|endoftext|>} ends one. */
public final class Gpt2Tokenizer extends ByteLevelTokenizer {
    private static final String END = "<|endoftext|>";
    private static final int MAX_MERGES = 1 << 20;

    /** Hugging Face's names of the pair of files, and OpenAI's. */
    private static final List<Pair> PAIRS =
            List.of(new Pair("vocab.json", "merges.txt"), new Pair("encoder.json", "vocab.bpe"));

    private Gpt2Tokenizer(HuggingFaceTokenizer tokenizer, String json) {
        super(tokenizer, json);
    }

    /** Whether a folder has one, in any of the forms that {@link #open} reads. */
    public static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(TOKENIZER)) || PAIRS.stream().anyMatch(pair -> pair.isIn(folder));
    }

    /**
     * Opens the tokenizer of a checkpoint's folder: {@code tokenizer.json}; or {@code vocab.json} with {@code
     * merges.txt}; or {@code encoder.json} with {@code vocab.bpe}.
     *
     * @param folder where the files are
     * @throws UserException one line, if none of them is there or it cannot be used
     */
    public static Gpt2Tokenizer open(Path folder) {
        Path file = folder.resolve(TOKENIZER);
        if (Files.isRegularFile(file)) {
            return of(file.toString(), JsonFile.read(file).toString());
        }
        for (Pair pair : PAIRS) {
            if (pair.isIn(folder)) {
                Path vocabulary = folder.resolve(pair.vocabulary());
                return of(vocabulary.toString(), json(vocabulary, folder.resolve(pair.merges())));
            }
        }

        throw UserException.cannot(
                "open the tokenizer of " + folder,
                "it has neither " + TOKENIZER + ", nor vocab.json and merges.txt",
                "Add them; every published GPT-2 has the same");
    }

    /**
     * A tokenizer of the contents of {@code tokenizer.json}.
     *
     * @param name what messages call it
     */
    public static Gpt2Tokenizer of(String name, String json) {
        return new Gpt2Tokenizer(open(name, json, END, "Use the tokenizer of a GPT-2 model"), json);
    }

    private static String json(Path vocabulary, Path merges) {
        Map<String, Integer> tokens = BytePairFiles.tokens(vocabulary, List.of(END));
        try (InputStream in = Files.newInputStream(merges)) {
            return new ByteLevelJson(tokens, BytePairFiles.merges(merges, in, MAX_MERGES))
                    .document(List.of(END), Optional.empty())
                    .toString();
        } catch (IOException e) {
            throw BytePairFiles.refused(merges, e.toString(), e);
        }
    }
}
