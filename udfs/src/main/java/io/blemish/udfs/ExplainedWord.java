package io.blemish.udfs;

/**
 * A word of a caption, and where on the photograph it rests.
 *
 * @param word as it is written
 * @param logProbability given the image and the words before it
 * @param grid relevance of each patch of the crop for it, by rows
 */
record ExplainedWord(String word, double logProbability, float[] grid) {}
