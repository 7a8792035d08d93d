package io.blemish.jobs.evaluate;

/**
 * How many images the costly measures look at: those with the smallest image_ids, which are as good as drawn
 * by lot, and the same in every run.
 *
 * @param curveImages with masks, for insertion and deletion
 * @param curveSteps forwards of one curve, at most
 * @param sanityImages with masks, for the sanity checks
 * @param captionImages with captions, for CLIPScore
 */
public record Samples(int curveImages, int curveSteps, int sanityImages, int captionImages) {}
