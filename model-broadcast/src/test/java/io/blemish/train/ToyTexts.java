package io.blemish.train;

import io.blemish.checkpoint.OptTokenizer;
import io.blemish.checkpoint.OptVocabularyTrainer;
import io.blemish.lm.NormPlace;
import io.blemish.lm.OptConfig;
import io.blemish.lm.OptWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A small language of captions, and a small model for it. */
final class ToyTexts {
    private static final String[] FRUITS = {"apple", "orange", "pear", "lemon"};
    private static final String[] STATES = {"green mould", "soft rot", "a bruise", "no blemish", "dark spots"};
    private static final String[] PLACES = {"near the stem", "on one side", "here and there"};

    private ToyTexts() {}

    /** Sixty different captions, some of them twice. */
    static List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (String fruit : FRUITS) {
            for (String state : STATES) {
                for (String place : PLACES) {
                    texts.add("an " + fruit + " with " + state + " " + place);
                }
                texts.add("an " + fruit + " with " + state + " " + PLACES[0]);
            }
        }
        return texts;
    }

    /** 24 wide, 2 blocks, at most 300 tokens. */
    static OptConfig config() {
        return new OptConfig(24, 2, 2, 48, NormPlace.BEFORE, 24, 300, 32, OptConfig.SpecialTokens.OF_OPT);
    }

    /** A tokenizer that has learned the captions, in that folder. */
    static OptTokenizer tokenizer(Path folder) {
        OptVocabularyTrainer.write(folder, OptVocabularyTrainer.learn(texts(), 300), 32);
        return OptTokenizer.open(folder);
    }

    /** The captions, a fifth of them held back. */
    static TextData data(Path folder) {
        try (OptTokenizer tokenizer = tokenizer(folder)) {
            return TextData.encode(texts(), tokenizer, config(), 32, 0.2);
        }
    }

    /** A model that has learned nothing. */
    static LmTrainer trainer(TextData data, int blocks) {
        return new LmTrainer(
                config(), OptWeights.random(config(), 5).script(), data, new LmTraining(8, 32, 9, 0.2, blocks));
    }
}
