package io.blemish.udfs;

import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataTypes;

/**
 * {@code embed_text(text)}: the embedding of a text by the text tower of the checkpoint that {@code spark.blemish.clip}
 * names, as the projection gives it, not normalised. Null for null. A text that is too long loses its last words.
 *
 * <p>A literal is embedded once, on the driver. Texts of a column are embedded where the rows are, so that every machine
 * needs the folder.
 */
public final class EmbedText extends SqlFunction<ArrayData> implements UDF1<String, Float[]> {
    private static final long serialVersionUID = 1L;

    private final String folder;

    /** By the checkpoint that the session names when a text is embedded. */
    public EmbedText() {
        this(null);
    }

    /** By the checkpoint of a folder. */
    EmbedText(String folder) {
        super("embed_text", String.valueOf(folder), InspectionSchema.EMBEDDING, DataTypes.StringType);
        this.folder = folder;
    }

    @Override
    public ArrayData produceResult(InternalRow row) {
        return row.isNullAt(0)
                ? null
                : UnsafeArrayData.fromPrimitiveArray(embed(row.getUTF8String(0).toString()));
    }

    @Override
    public Float[] call(String text) {
        return text == null ? null : FloatColumn.boxed(embed(text));
    }

    private float[] embed(String text) {
        return TextTower.of(folder == null ? TextTower.folder() : folder).embed(text);
    }
}
