package io.blemish.udfs;

import java.util.List;
import scala.collection.Seq;

/** Values of a column of {@code array<float>}, as embeddings and heat maps are stored, without their boxes. */
public final class FloatColumn {
    private FloatColumn() {}

    /** The value that {@code Row.getList} gives. */
    public static float[] of(List<Float> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i);
        }
        return floats;
    }

    /** The value that {@code Row.getSeq}, or an argument of a function, is. */
    public static float[] of(Seq<Float> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.apply(i);
        }
        return floats;
    }
}
