package io.blemish.samples;

/**
 * What was drawn.
 *
 * @param photographs all of them
 * @param defective those with a defect
 * @param masks one for each defect of each photograph
 */
public record SamplesResult(int photographs, int defective, int masks) {}
