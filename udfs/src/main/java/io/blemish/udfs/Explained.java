package io.blemish.udfs;

import io.blemish.explain.Method;
import java.util.List;
import java.util.Map;

/**
 * A photograph, and where the model sees the descriptions that were asked for.
 *
 * @param imageId of the photograph
 * @param crop its pixels as the model sees them: channel by channel, by rows, 0 to 255 unsigned
 * @param descriptions their names
 * @param indices of them in the knowledge base
 * @param maps for each method a grid for each description, by rows
 * @param attention of the class token in the last block, mean over the heads, by rows
 */
record Explained(
        String imageId,
        byte[] crop,
        List<String> descriptions,
        int[] indices,
        Map<Method, float[][]> maps,
        float[] attention) {}
