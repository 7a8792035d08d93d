package io.blemish.jobs.evaluate;

/**
 * How many images with masks the costly measures look at: those with the smallest image_ids, which are as good as drawn
 * by lot, and the same in every run.
 *
 * @param curveImages for insertion and deletion
 * @param curveSteps forwards of one curve, at most
 * @param sanityImages for the sanity checks
 */
public record Samples(int curveImages, int curveSteps, int sanityImages) {}
