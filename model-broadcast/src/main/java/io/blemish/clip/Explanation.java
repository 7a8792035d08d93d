package io.blemish.clip;

import io.blemish.explain.Method;
import java.util.Map;

/**
 * Where the model sees descriptions that the caller has chosen, k for each of b pictures.
 *
 * @param similarities b × n cosines with all descriptions
 * @param maps for each method that was asked for, b × k × patches by rows, in the order in which they were chosen
 * @param attention b × patches: the class token's attention in the last block, mean over the heads
 */
public record Explanation(float[][] similarities, Map<Method, float[][][]> maps, float[][] attention) {}
