package io.blemish.clip;

import io.blemish.checkpoint.Checkpoint;
import io.blemish.checkpoint.ClipTokenizer;
import io.blemish.checkpoint.Fingerprint;
import io.blemish.checkpoint.Precision;
import io.blemish.error.UserException;
import io.blemish.image.DecodeMode;
import io.blemish.image.ImageProcessor;
import io.blemish.image.Orientation;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A CLIP checkpoint on the driver: its configuration, checked weights, preprocessing and text tower, and the source of the vision tower's
 * archive.
 *
 * <pre>{@code
 * try (Clip clip = Clip.open(folder)) {
 *     DescriptionMatrix descriptions = new DescriptionMatrix(clip.describe(prompts));
 *     clip.writeVision(file, Precision.FP32);
 *     try (ClipVisionEncoder encoder = ClipVisionEncoder.load(file, "cpu")) {
 *         encoder.inspect(batch, descriptions, clip.logitScale(), 5, EnumSet.of(Method.RELEVANCE));
 *     }
 * }
 * }</pre>
 *
 * <p>Not for several threads at once.
 */
public final class Clip implements AutoCloseable {
    private final Checkpoint checkpoint;
    private final ClipConfig config;
    private final ClipWeights weights;
    private final ImageProcessor imageProcessor;
    private String weightsFingerprint;
    private ClipTextEncoder textEncoder;

    private Clip(Checkpoint checkpoint, ClipConfig config, ClipWeights weights, ImageProcessor imageProcessor) {
        this.checkpoint = checkpoint;
        this.config = config;
        this.weights = weights;
        this.imageProcessor = imageProcessor;
    }

    /**
     * Opens a checkpoint. The tokenizer and the text tower are read when they are first asked for.
     *
     * @throws UserException one line, for anything that is missing, left over, of the wrong shape or type, or of another architecture
     */
    public static Clip open(Path folder) {
        Checkpoint checkpoint = Checkpoint.open(folder);
        ClipConfig config = ClipConfig.read(checkpoint);
        int side = config.vision().side();
        ImageProcessor processor = ImageProcessor.read(checkpoint.preprocessor(), side, checkpoint.preprocessorFile());
        if (processor.side() != side) {
            throw UserException.cannot(
                    "open the checkpoint " + folder,
                    "its preprocessing makes pictures of side " + processor.side() + ", its vision tower takes " + side,
                    "Restore preprocessor_config.json or config.json");
        }

        return new Clip(checkpoint, config, ClipWeights.of(checkpoint, config), processor);
    }

    /** The architecture. */
    public ClipConfig config() {
        return config;
    }

    /** The preprocessing. */
    public ImageProcessor imageProcessor() {
        return imageProcessor;
    }

    /** By what cosine similarities are multiplied before the softmax. */
    public float logitScale() {
        return weights.logitScale();
    }

    /**
     * The {@code encoder_id}: equal for two runs only if they give a photograph the same embedding.
     *
     * @return 64 hexadecimal digits over weights, architecture, preprocessing, precision and the way photographs are decoded
     */
    public String fingerprint(Precision precision, Orientation orientation, DecodeMode mode) {
        Fingerprint fingerprint = preprocessed()
                .value("precision", precision.label())
                .value("orientation", orientation.name().toLowerCase(Locale.ROOT))
                .value("decode", mode.name().toLowerCase(Locale.ROOT));
        // The embedding does not depend on it, but heat maps do, and they must not be mixed under one identity.
        int blocks = config.vision().relevanceBlocks();
        return (blocks == 1 ? fingerprint : fingerprint.value("relevance", Integer.toString(blocks))).hex();
    }

    /**
     * What the model is, whatever the precision that it runs in and the way photographs are decoded: what a mapper is trained for.
     *
     * @return 64 hexadecimal digits over weights, architecture and preprocessing
     */
    public String fingerprint() {
        return preprocessed().hex();
    }

    /** Every {@code encoder_id} that this checkpoint can have, whatever the precision and the way photographs are decoded. */
    public Set<String> fingerprints() {
        Set<String> fingerprints = new HashSet<>();
        for (Precision precision : Precision.values()) {
            for (Orientation orientation : Orientation.values()) {
                for (DecodeMode mode : DecodeMode.values()) {
                    fingerprints.add(fingerprint(precision, orientation, mode));
                }
            }
        }
        return fingerprints;
    }

    private Fingerprint preprocessed() {
        if (weightsFingerprint == null) {
            weightsFingerprint = new Fingerprint().tensors(weights.tensors()).hex();
        }

        return new Fingerprint()
                .value("weights", weightsFingerprint)
                .value("config", config.canonical())
                .value("side", Integer.toString(imageProcessor.side()))
                .value("mean", Arrays.toString(imageProcessor.mean()))
                .value("std", Arrays.toString(imageProcessor.std()))
                .value("rounding", imageProcessor.rounding().name().toLowerCase(Locale.ROOT));
    }

    /** Writes the archive that {@link ClipVisionEncoder#load} reads. Equal checkpoints give equal bytes. */
    public void writeVision(Path file, Precision precision) {
        weights.vision(precision, imageProcessor).write(file);
    }

    /** Writes the archive to a stream, which stays open. */
    public void writeVision(OutputStream out, Precision precision) {
        weights.vision(precision, imageProcessor).writeTo(out);
    }

    /** The same archive in double precision: slow, and the reference for what rounding does. */
    public void writeDouble(OutputStream out) {
        weights.doubleVision(imageProcessor).writeTo(out);
    }

    /** The same archive with the weights of the blocks that relevance is made from shuffled: a model that has lost what it knew there. */
    public void writeShuffled(OutputStream out, Precision precision, long seed) {
        weights.shuffledVision(precision, imageProcessor, seed).writeTo(out);
    }

    /** Writes the archive that {@link ClipTexts#load} reads: the text tower and its tokenizer. The stream stays open. */
    public void writeTexts(OutputStream out) {
        try (ClipTokenizer tokenizer = tokenizer()) {
            ClipTexts.archive(weights.text(), ClipTextEncoder.Shape.of(config.text()), tokenizer)
                    .writeTo(out);
        }
    }

    /** The tokenizer of the checkpoint, which the caller closes. */
    public ClipTokenizer tokenizer() {
        return ClipTokenizer.open(checkpoint.folder(), config.text().positions());
    }

    /** The text tower; closed together with this object. */
    public ClipTextEncoder textEncoder() {
        if (textEncoder == null) {
            try {
                Path archive = Files.createTempFile("clip-text", ".pt");
                try {
                    weights.text().write(archive);
                    textEncoder = ClipTextEncoder.load(archive, ClipTextEncoder.Shape.of(config.text()));
                } finally {
                    Files.delete(archive);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write the text tower to the folder for temporary files", e);
            }
        }

        return textEncoder;
    }

    /**
     * One unit vector for each description: the normalised mean of the normalised embeddings of its prompts.
     *
     * @param prompts of each description, templates filled in, at least one each
     */
    public float[][] describe(List<List<String>> prompts) {
        try (ClipTokenizer tokenizer = tokenizer()) {
            List<long[]> ids = prompts.stream()
                    .flatMap(List::stream)
                    .map(tokenizer::encode)
                    .toList();
            float[][] embeddings = textEncoder().embed(ids);
            float[][] descriptions = new float[prompts.size()][];
            int from = 0;
            for (int i = 0; i < descriptions.length; i++) {
                int to = from + prompts.get(i).size();
                descriptions[i] = UnitVectors.mean(List.of(embeddings).subList(from, to));
                from = to;
            }
            return descriptions;
        }
    }

    /** Frees the text tower. */
    @Override
    public void close() {
        if (textEncoder != null) {
            textEncoder.close();
            textEncoder = null;
        }
    }
}
