package io.blemish.udfs;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** Every {@code encoder_id} that the checkpoint of a folder can have: what {@code matches_clip(encoder_id)} looks into. */
final class ClipEncoders extends SqlFunction<ArrayData> {
    private static final long serialVersionUID = 1L;

    private final String folder;

    ClipEncoders(String folder) {
        super("clip_encoders", folder, DataTypes.createArrayType(DataTypes.StringType, false));
        this.folder = folder;
    }

    @Override
    public ArrayData produceResult(InternalRow nothing) {
        return new GenericArrayData(TextTower.of(folder).encoderIds().stream()
                .map(UTF8String::fromString)
                .toArray());
    }
}
