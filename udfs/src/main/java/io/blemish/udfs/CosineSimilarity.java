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
 * {@code cosine_similarity(a, b)}: the cosine of the angle between two vectors of one width, in [-1, 1]. Null when one of
 * them is null, holds a null, or has length 0.
 */
public final class CosineSimilarity extends SqlFunction<Double> implements UDF2<Seq<Float>, Seq<Float>, Double> {
    private static final long serialVersionUID = 1L;

    /** The function. */
    public CosineSimilarity() {
        super("cosine_similarity", "", DataTypes.DoubleType, FloatColumn.TYPE, FloatColumn.TYPE);
    }

    @Override
    public Double produceResult(InternalRow row) {
        if (row.isNullAt(0) || row.isNullAt(1)) {
            return null;
        }
        Optional<float[]> a = FloatColumn.of(row.getArray(0));
        Optional<float[]> b = FloatColumn.of(row.getArray(1));
        return a.isEmpty() || b.isEmpty() ? null : cosine(a.get(), b.get());
    }

    @Override
    public Double call(Seq<Float> a, Seq<Float> b) {
        return a == null || b == null || a.contains(null) || b.contains(null)
                ? null
                : cosine(FloatColumn.of(a), FloatColumn.of(b));
    }

    private static Double cosine(float[] a, float[] b) {
        if (a.length != b.length) {
            throw UserException.cannot(
                    "compare two vectors",
                    "they have different widths (" + a.length + " and " + b.length + ")",
                    "Compare embeddings of one encoder, for example those with the same encoder_id");
        }
        OptionalDouble cosine = Cosine.of(a, b);
        return cosine.isEmpty() ? null : cosine.getAsDouble();
    }
}
