package io.blemish.clip;

import io.blemish.explain.Method;
import java.util.Map;

/**
 * What one forward tells about b pictures and n descriptions, the best k of which were explained.
 *
 * @param embeddings b × E, as the projection gives them, not normalised
 * @param similarities b × n cosines
 * @param top b × k indices of descriptions, most similar first; of equal ones the lower index first
 * @param maps for each method that was asked for, b × k × patches by rows, at least 0, in the unit of the method, not rescaled; in the
 *     order of {@code top}
 */
public record VisionOutput(float[][] embeddings, float[][] similarities, int[][] top, Map<Method, float[][][]> maps) {}
