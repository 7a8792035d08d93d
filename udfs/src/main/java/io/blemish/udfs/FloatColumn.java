package io.blemish.udfs;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.bitset.BitSetMethods;
import scala.collection.Seq;

/** Values of a column of {@code array<float>}, as embeddings and heat maps are stored, without their boxes. */
public final class FloatColumn {
    /** The type that functions ask for: elements may be null as far as it says. */
    static final ArrayType TYPE = DataTypes.createArrayType(DataTypes.FloatType);

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

    /** The value as Spark itself holds it; empty when an element is null. */
    static Optional<float[]> of(ArrayData values) {
        return hasNull(values) ? Optional.empty() : Optional.of(values.toFloatArray());
    }

    /** Spark's usual form of an array has a bit for each element; to ask for hundreds one by one would take longer than the rest. */
    private static boolean hasNull(ArrayData values) {
        if (values instanceof UnsafeArrayData made) {
            return BitSetMethods.anySet(
                    made.getBaseObject(), made.getBaseOffset() + Long.BYTES, (made.numElements() + 63) / 64);
        }
        for (int i = 0; i < values.numElements(); i++) {
            if (values.isNullAt(i)) {
                return true;
            }
        }
        return false;
    }

    /** The value that a function written for rows returns. */
    static Float[] boxed(float[] values) {
        Float[] boxed = new Float[values.length];
        Arrays.setAll(boxed, i -> values[i]);
        return boxed;
    }
}
