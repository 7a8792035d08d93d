package io.blemish.udfs;

import java.io.Serializable;

/**
 * How insertion and deletion curves are made.
 *
 * @param steps of one curve, at most
 * @param batchSize pictures of one forward
 * @param mean of red, green and blue, as the model normalises them
 * @param std of red, green and blue
 */
public record CurveSettings(int steps, int batchSize, float[] mean, float[] std) implements Serializable {}
