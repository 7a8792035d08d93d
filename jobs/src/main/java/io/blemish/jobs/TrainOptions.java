package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import io.blemish.caption.EmbeddingScale;
import io.blemish.caption.MapperConfig;
import io.blemish.caption.MapperKind;
import io.blemish.checkpoint.DType;
import io.blemish.train.MapperTraining;
import io.blemish.train.TrainingOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a mapper is trained.
 *
 * @param models between which it stands
 * @param captions that it is trained on
 * @param window in which their photographs were taken
 * @param out folder of the bundle
 * @param architecture of the mapper, unless it starts from a file
 * @param from the file of a mapper to start from; none for random weights
 * @param prompt between prefix and caption; empty for none
 * @param mapper batches, validation, dropout
 * @param training steps and their size
 * @param samples images whose captions are written and compared after each epoch
 * @param precision of the weights that are written, F32 or F16
 * @param recipe for the card
 */
public record TrainOptions(
        Models models,
        CaptionChoice captions,
        TimeWindow window,
        Path out,
        Architecture architecture,
        Optional<Path> from,
        String prompt,
        MapperTraining mapper,
        TrainingOptions training,
        int samples,
        DType precision,
        TrainingRecipe recipe) {
    public TrainOptions {
        requireNonNull(models, "models is null");
        requireNonNull(captions, "captions is null");
        requireNonNull(window, "window is null");
        requireNonNull(out, "out is null");
    }

    /** Whether the language model stays as it is. */
    public enum Tuning {
        FROZEN,
        TUNED
    }

    /**
     * Models.
     *
     * @param clip whose embeddings are taken
     * @param lm that writes the captions
     * @param tuning what becomes of the latter
     */
    public record Models(Path clip, Path lm, Tuning tuning) {}

    /**
     * A mapper for any encoder and language model. What is not given is as published.
     *
     * @param kind of mapper
     * @param scale how embeddings go in
     * @param prefix tokens
     * @param hidden width
     * @param clipLength tokens that the embedding is spread over
     * @param layers of attention
     * @param heads of attention
     */
    public record Architecture(
            MapperKind kind,
            EmbeddingScale scale,
            int prefix,
            OptionalInt hidden,
            OptionalInt clipLength,
            OptionalInt layers,
            OptionalInt heads) {
        /** The mapper between embeddings of these widths. */
        MapperConfig config(int embedding, int width) {
            MapperConfig config =
                    MapperConfig.standard(kind, embedding, prefix, width).withScale(scale);
            if (hidden.isPresent() && kind != MapperKind.LINEAR) {
                config = config.withHidden(hidden.getAsInt());
            }
            if (kind == MapperKind.TRANSFORMER) {
                config = config.withClipLength(clipLength.orElse(config.clipLength()))
                        .withHeads(heads.orElse(config.heads()));
            }
            return config.layers() > 0 ? config.withLayers(layers.orElse(config.layers())) : config;
        }
    }
}
