package io.blemish.train;

import io.blemish.checkpoint.Checkpoint;
import io.blemish.checkpoint.ClipTokenizer;
import io.blemish.checkpoint.ClipVocabularyTrainer;
import io.blemish.checkpoint.DType;
import io.blemish.checkpoint.StateDict;
import io.blemish.checkpoint.Tensor;
import io.blemish.checkpoint.Tokenizer;
import io.blemish.clip.ClipConfig;
import io.blemish.clip.ClipParameters;
import io.blemish.error.UserException;
import io.blemish.image.ImageProcessor;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * What the training of a CLIP starts from.
 *
 * @param config the architecture, whose vocabulary is that of the tokenizer
 * @param processor the preprocessing
 * @param weights all tensors in float32
 */
public record ClipStart(ClipConfig config, ImageProcessor processor, StateDict weights) {
    /**
     * The same for pictures of another side: positions are interpolated, the rest stays.
     *
     * @param side a multiple of the patch
     */
    public ClipStart withSide(int side) {
        int patch = config.vision().patch();
        if (side < patch || side % patch != 0) {
            throw UserException.cannot(
                    "train on pictures of side " + side,
                    "the patches of the model have a side of " + patch,
                    "Choose a multiple of " + patch);
        }
        if (side == config.vision().side()) {
            return this;
        }

        ClipConfig resized = config.withSide(side);
        Tensor positions = PositionGrid.resize(
                weights.tensor(ClipParameters.POSITIONS),
                config.vision().grid(),
                resized.vision().grid());
        return new ClipStart(
                resized,
                new ImageProcessor(side, processor.mean(), processor.std(), processor.rounding()),
                StateDict.of(StreamSupport.stream(weights.spliterator(), false)
                        .map(tensor -> tensor.name().equals(ClipParameters.POSITIONS) ? positions : tensor)
                        .toList()));
    }

    /** A checkpoint; its tokenizer is copied to the folder of the result. */
    public static ClipStart fromCheckpoint(Path folder, Path out) {
        Checkpoint checkpoint = Checkpoint.open(folder);
        ClipConfig config = ClipConfig.read(checkpoint);
        ImageProcessor processor =
                ImageProcessor.read(checkpoint.preprocessor(), config.vision().side(), checkpoint.preprocessorFile());
        StateDict tensors = ClipParameters.read(checkpoint, config);
        new ModelFolder(out).copyTokenizer(folder);
        return new ClipStart(
                config,
                processor,
                StateDict.of(StreamSupport.stream(tensors.spliterator(), false)
                        .map(tensor -> tensor.as(DType.F32))
                        .toList()));
    }

    /**
     * Random weights of the architecture that {@code config.json} of a folder describes. The folder's tokenizer is
     * copied to the folder of the result; without one, a vocabulary of at most the configured size is learned from the
     * captions.
     */
    public static ClipStart random(Path folder, Path out, Collection<String> captions, long seed) {
        ClipConfig shape = ClipConfig.ofUntrained(folder);
        ImageProcessor processor = ImageProcessor.read(
                Checkpoint.preprocessor(folder), shape.vision().side(), folder.resolve("preprocessor_config.json"));
        ClipConfig config = shape;
        if (ModelFolder.hasTokenizer(folder)) {
            new ModelFolder(out).copyTokenizer(folder);
            try (Tokenizer tokenizer = ClipTokenizer.open(out, shape.text().positions())) {
                config = shape.withVocabulary(
                        shape.text().vocabulary(), tokenizer.encode("")[1]);
            }
        } else {
            if (shape.text().vocabulary() < ClipVocabularyTrainer.BASE) {
                throw UserException.cannot(
                        "learn a tokenizer for " + folder,
                        "its vocab_size is " + shape.text().vocabulary(),
                        "Allow at least " + ClipVocabularyTrainer.BASE + " tokens, or add a tokenizer to the folder");
            }
            List<String> merges =
                    ClipVocabularyTrainer.learn(captions, shape.text().vocabulary());
            int size = ClipVocabularyTrainer.write(out, merges, shape.text().positions());
            config = shape.withVocabulary(size, size - 1L);
        }
        return new ClipStart(config, processor, ClipInitialisation.weights(config, seed));
    }
}
