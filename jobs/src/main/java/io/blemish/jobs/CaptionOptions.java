package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import io.blemish.error.UserException;
import io.blemish.lm.Decoding;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What to caption with.
 *
 * @param mapper folder of the mapper
 * @param languageModel folder of the language model that it was trained for
 * @param decoding what is asked for beside the mapper's own way of writing
 * @param score whether captions are scored against their images
 * @param clipWeight by how much that score counts, beside the log-probability, when captions are ranked; 0 for not at all
 */
public record CaptionOptions(Path mapper, Path languageModel, Wishes decoding, Score score, double clipWeight) {
    public CaptionOptions {
        requireNonNull(mapper, "mapper is null");
        requireNonNull(languageModel, "languageModel is null");
        requireNonNull(decoding, "decoding is null");
        if (clipWeight > 0 && score == Score.NONE) {
            throw UserException.cannot(
                    "rank captions by how well they fit",
                    "caption.clip-weight is " + clipWeight + ", and caption.clip-score is false",
                    "Set caption.clip-score to true, or caption.clip-weight to 0");
        }
    }

    /** What measures how well a caption fits its image. */
    public enum Score {
        NONE,
        CLIP
    }

    /** How captions are written, given how the mapper's were meant to be. */
    @FunctionalInterface
    public interface Wishes {
        /** The mapper's own decoding with the changes that are asked for. */
        Decoding of(Decoding own);
    }

    /**
     * What the command line names; empty when it names neither.
     *
     * @throws UserException when it names one without the other
     */
    static Optional<CaptionOptions> of(Configuration configuration, Path mapper, Path languageModel) {
        if (mapper == null && languageModel == null) {
            return Optional.empty();
        }
        if (mapper == null || languageModel == null) {
            throw UserException.cannot(
                    "caption images",
                    mapper == null ? "--lm has no --mapper beside it" : "--mapper has no --lm beside it",
                    "Name both: the mapper, and the language model that it was trained for");
        }
        Score score = configuration.value(Keys.CAPTION_CLIP_SCORE) ? Score.CLIP : Score.NONE;
        return Optional.of(new CaptionOptions(
                mapper,
                languageModel,
                own -> decoding(configuration, own),
                score,
                configuration.value(Keys.CAPTION_CLIP_WEIGHT)));
    }

    /** The settings that were given, and the mapper's own where none was. */
    private static Decoding decoding(Configuration configuration, Decoding own) {
        int beams = given(configuration, Keys.CAPTION_BEAMS, own.beams());
        return new Decoding(
                beams,
                given(configuration, Keys.CAPTION_LENGTH_PENALTY, own.lengthPenalty()),
                given(configuration, Keys.CAPTION_TEMPERATURE, own.temperature()),
                given(configuration, Keys.CAPTION_TOP_K, own.topK()),
                given(configuration, Keys.CAPTION_TOP_P, own.topP()),
                given(configuration, Keys.CAPTION_SEED, own.seed()),
                given(configuration, Keys.CAPTION_BEST, own.best()),
                given(configuration, Keys.CAPTION_MIN_TOKENS, own.least()),
                given(configuration, Keys.CAPTION_MAX_TOKENS, own.most()));
    }

    private static <T> T given(Configuration configuration, Key<T> key, T own) {
        return configuration.given(key) ? configuration.value(key) : own;
    }
}
