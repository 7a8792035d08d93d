package io.blemish.train;

import io.blemish.checkpoint.Checkpoint;
import io.blemish.checkpoint.OptVocabularyTrainer;
import io.blemish.checkpoint.Tensor;
import io.blemish.error.UserException;
import io.blemish.lm.OptConfig;
import io.blemish.lm.OptWeights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * What the training of a language model starts from. Its tokenizer lies in the folder of the result.
 *
 * @param config the architecture, whose vocabulary is that of the tokenizer
 * @param weights the list of {@link OptWeights#script}
 */
public record LmStart(OptConfig config, List<Tensor> weights) {
    private static final String CONFIG = "config.json";

    /** A checkpoint; its tokenizer is copied to the folder of the result. */
    public static LmStart fromCheckpoint(Path folder, Path out) {
        Checkpoint checkpoint = Checkpoint.open(folder);
        OptConfig config = OptConfig.read(folder.resolve(CONFIG), checkpoint.config());
        OptWeights weights = OptWeights.of(checkpoint, config);
        new ModelFolder(out).copyTokenizer(folder);
        return new LmStart(config, weights.script());
    }

    /**
     * Random weights of the architecture that a {@code config.json} describes.
     *
     * @param origin the file, or a folder with it. A folder's tokenizer is copied to the folder of the result; where there
     *     is none, or a file is named, a vocabulary of at most the configured size is learned from the texts
     */
    public static LmStart random(Path origin, Path out, Collection<String> texts, long seed) {
        boolean directory = Files.isDirectory(origin);
        Path file = directory ? origin.resolve(CONFIG) : origin;
        OptConfig config = OptConfig.read(file, Checkpoint.configuration(origin));
        if (directory && ModelFolder.hasTokenizer(origin)) {
            new ModelFolder(out).copyTokenizer(origin);
        } else {
            config = learned(config, file, out, texts);
        }
        return new LmStart(config, OptWeights.random(config, seed).script());
    }

    private static OptConfig learned(OptConfig config, Path file, Path out, Collection<String> texts) {
        if (config.vocabulary() < OptVocabularyTrainer.BASE) {
            throw UserException.cannot(
                    "learn a tokenizer for " + file,
                    "its vocab_size is " + config.vocabulary(),
                    "Allow at least " + OptVocabularyTrainer.BASE + " tokens, or add a tokenizer to the folder");
        }
        if (!config.tokens().equals(OptConfig.SpecialTokens.OF_OPT)) {
            throw UserException.cannot(
                    "learn a tokenizer for " + file,
                    "its special tokens are " + config.tokens(),
                    "Leave bos_token_id, eos_token_id and pad_token_id at 2, 2 and 1");
        }

        List<String> merges = OptVocabularyTrainer.learn(texts, config.vocabulary());
        return config.withVocabulary(OptVocabularyTrainer.write(out, merges, config.positions()));
    }
}
