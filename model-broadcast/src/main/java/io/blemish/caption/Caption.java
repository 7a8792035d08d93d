package io.blemish.caption;

/**
 * What a captioner says of an image.
 *
 * @param text without white space around it
 * @param logProbability natural logarithm of the probability that the language model gives it behind the image's prefix
 */
public record Caption(String text, double logProbability) {}
