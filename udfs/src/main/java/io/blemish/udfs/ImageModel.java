package io.blemish.udfs;

import io.blemish.explain.Method;
import java.util.List;
import java.util.Map;

/** What {@link BatchInspector} needs of a vision tower: one call for a batch, one answer for each image, in order. */
interface ImageModel {
    /**
     * One forward for the batch.
     *
     * @param pixels {@code images} crops one after the other, each channel by channel, by rows, 0 to 255 unsigned;
     *     longer arrays are allowed, their rest is ignored
     */
    List<Findings> inspect(byte[] pixels, int images) throws Exception;

    /**
     * What the model finds in one image.
     *
     * @param embedding as the projection gives it, not normalised
     * @param similarities cosines to all descriptions
     * @param top indices of the most similar descriptions, best first
     * @param maps for each method the grids of the top descriptions, {@code rows × cols} values by rows
     */
    record Findings(float[] embedding, float[] similarities, int[] top, Map<Method, float[][]> maps) {}
}
