package io.blemish.udfs;

import io.blemish.clip.PixelBatch;
import io.blemish.image.ImageRejectedException;
import io.blemish.udfs.InspectorMeasures.Count;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;

/** The crops of the next photographs of a partition, side by side in one reused buffer. Not thread-safe; one for each task. */
final class CropBatch {
    private final CropSource crops;
    private final InspectorMeasures measures;
    private final int side;
    private final int cropBytes;
    private final byte[] pixels;

    /**
     * @param images of a full batch
     * @param side of a crop, in pixels
     */
    CropBatch(CropSource crops, int images, int side, InspectorMeasures measures) {
        this.crops = crops;
        this.measures = measures;
        this.side = side;
        this.cropBytes = 3 * side * side;
        this.pixels = new byte[images * cropBytes];
    }

    /**
     * Crops the next photographs; one that cannot be had, or decoded, is counted and left out.
     *
     * @param images rows that begin with the columns of {@link InspectionSchema#INPUT}
     * @return the rows of those that are cropped, in the order of their crops; none when no photograph is left
     */
    List<Row> fill(Iterator<Row> images) {
        List<Row> cropped = new ArrayList<>();
        while (images.hasNext() && (cropped.size() + 1) * cropBytes <= pixels.length) {
            Row image = images.next();
            try {
                crops.crop(image, pixels, cropped.size() * cropBytes);
                cropped.add(image);
            } catch (ImageRejectedException e) {
                measures.add(Count.FAILED, 1);
            }
        }
        return cropped;
    }

    /** The first crops, as the model takes them; they are gone with the next {@link #fill}. */
    PixelBatch pixels(int images) {
        return new PixelBatch(pixels, images, side);
    }

    /** A copy of one crop. */
    byte[] copy(int image) {
        return Arrays.copyOfRange(pixels, image * cropBytes, (image + 1) * cropBytes);
    }
}
