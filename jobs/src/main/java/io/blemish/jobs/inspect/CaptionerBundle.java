package io.blemish.jobs.inspect;

import io.blemish.broadcast.ModelBroadcast;
import io.blemish.caption.MapperBundle;
import io.blemish.caption.MapperSettings;
import io.blemish.checkpoint.Fingerprint;
import io.blemish.checkpoint.Precision;
import io.blemish.clip.Clip;
import io.blemish.jobs.CaptionOptions;
import io.blemish.lm.CausalLms;
import io.blemish.lm.Decoding;
import io.blemish.lm.LmCheckpoint;
import io.blemish.udfs.Captioning;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * A mapper and the language model that it was trained for, opened and checked on the driver.
 *
 * @param clip whose embeddings are captioned
 * @param mapper the mapper
 * @param languageModel the language model
 * @param precision of both
 * @param decoding how captions are written
 * @param score whether they are scored against their images
 * @param clipWeight by how much that counts when they are ranked
 */
public record CaptionerBundle(
        Clip clip,
        MapperBundle mapper,
        LmCheckpoint languageModel,
        Precision precision,
        Decoding decoding,
        CaptionOptions.Score score,
        double clipWeight) {
    /**
     * Opens both folders.
     *
     * @throws io.blemish.error.UserException for folders that cannot be used, and for a mapper that was trained for another CLIP or
     *     another language model
     */
    public static CaptionerBundle open(CaptionOptions options, Clip clip, Precision precision) {
        MapperBundle mapper = MapperBundle.open(options.mapper());
        LmCheckpoint languageModel = CausalLms.checkpoint(options.languageModel());
        mapper.check(clip.fingerprint(), clip.config().embedding(), languageModel);
        return new CaptionerBundle(
                clip,
                mapper,
                languageModel,
                precision,
                options.decoding().of(mapper.decoding()),
                options.score(),
                options.clipWeight());
    }

    /** The {@code captioner_id}. */
    public String id() {
        String id = mapper.captionerId(languageModel, precision, decoding);
        return clipWeight == 0
                ? id
                : new Fingerprint()
                        .value("captioner", id)
                        .value("clip weight", Double.toString(clipWeight))
                        .hex();
    }

    /** The name of the mapper's folder. */
    public String name() {
        Path folder = mapper.folder().toAbsolutePath().normalize();
        return String.valueOf(folder.getFileName());
    }

    /** Architecture, settings and precision as JSON, for the table {@code bundles}. */
    public String card() {
        MapperSettings used = new MapperSettings(
                mapper.prompt(),
                Optional.of(clip.fingerprint()),
                Optional.of(languageModel.fingerprint(Precision.FP32)),
                decoding);
        return MapperBundle.json(mapper.config(), used)
                .put("precision", precision.label())
                .put("clip_weight", clipWeight)
                .toString();
    }

    /** Gives executors what captions are written with; the caller closes what is returned. */
    public PublishedCaptioner publish(SparkSession spark) {
        List<ModelBroadcast> texts = score == CaptionOptions.Score.CLIP
                ? List.of(ModelBroadcast.publish(spark, clip.fingerprint() + "-texts", clip::writeTexts))
                : List.of();
        return new PublishedCaptioner(new Captioning(
                publishMapper(spark),
                mapper.config(),
                publishLanguageModel(spark, "-lm"),
                texts,
                mapper.prompt(),
                decoding,
                clipWeight));
    }

    /** Gives executors the mapper; the caller closes what is returned. */
    ModelBroadcast publishMapper(SparkSession spark) {
        return ModelBroadcast.publish(
                spark,
                id() + "-mapper",
                target -> mapper.weights().archive(precision).writeTo(target));
    }

    /**
     * Gives executors the language model; the caller closes what is returned.
     *
     * @param use part of the identity: one executor may hold it loaded for several uses
     */
    ModelBroadcast publishLanguageModel(SparkSession spark, String use) {
        return ModelBroadcast.publish(spark, id() + use, target -> languageModel.write(target, precision));
    }
}
