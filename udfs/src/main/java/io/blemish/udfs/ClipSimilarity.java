package io.blemish.udfs;

import io.blemish.error.UserException;
import io.blemish.metrics.Cosine;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;

/**
 * {@code clip_similarity(embedding, text)}: how well an image fits a text, as the cosine of its embedding and that of the
 * text, in [-1, 1]. Null when the embedding or the text is null. The encoder's vision tower and the text tower that
 * {@code spark.blemish.clip} names must be of one checkpoint: {@code matches_clip(encoder_id)} says whether they are.
 *
 * <p>In a plan the second argument is {@link EmbedText} of the text, so that a literal is embedded once.
 */
public final class ClipSimilarity extends SqlFunction<Double> implements UDF2<Seq<Float>, String, Double> {
    private static final long serialVersionUID = 1L;

    /** The function. */
    public ClipSimilarity() {
        super("clip_similarity", "", DataTypes.DoubleType, FloatColumn.TYPE, InspectionSchema.EMBEDDING);
    }

    @Override
    public Double produceResult(InternalRow row) {
        if (row.isNullAt(0) || row.isNullAt(1)) {
            return null;
        }
        Optional<float[]> image = FloatColumn.of(row.getArray(0));
        return image.isEmpty() ? null : similarity(image.get(), row.getArray(1).toFloatArray());
    }

    @Override
    public Double call(Seq<Float> embedding, String text) {
        return embedding == null || text == null || embedding.contains(null)
                ? null
                : similarity(
                        FloatColumn.of(embedding),
                        TextTower.of(TextTower.folder()).embed(text));
    }

    private static Double similarity(float[] image, float[] text) {
        if (image.length != text.length) {
            throw UserException.cannot(
                    "compare an image with a text",
                    "the embedding has " + image.length + " numbers, that of the text has " + text.length,
                    "Set " + TextTower.SETTING + " to the folder of the checkpoint that the images were embedded with");
        }
        OptionalDouble cosine = Cosine.of(image, text);
        return cosine.isEmpty() ? null : cosine.getAsDouble();
    }
}
