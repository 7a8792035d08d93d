package io.blemish.caption;

/**
 * A word of a caption, and what it owes to the image's embedding.
 *
 * @param word as it is written
 * @param logProbability natural logarithm of its probability, given the image and the words before it
 * @param gradient of the log-probability at the embedding as the image tower gives it, not normalised
 */
public record WordGradient(String word, double logProbability, float[] gradient) {}
