package io.blemish.udfs;

import io.blemish.image.CropGeometry;
import io.blemish.image.ImageRejectedException;
import org.apache.spark.sql.Row;

/** Makes of an image the crop that the model sees. */
interface CropSource {
    /**
     * Writes the crop into {@code target} from {@code offset}: channel by channel, by rows, 0 to 255 unsigned. When the
     * image is rejected, that part of {@code target} may hold anything.
     *
     * @param image a row of {@link InspectionSchema#INPUT}
     * @return where the crop lies in the photograph
     */
    CropGeometry crop(Row image, byte[] target, int offset) throws ImageRejectedException;
}
