/**
 * The parts of {@code truth import}: how what people say about images becomes rows of {@code truths}.
 *
 * <p>{@link io.blemish.jobs.truth.TruthFile} reads a list row by row ({@code TruthReading}) and refuses what cannot be
 * meant, naming the line ({@code LineNumbers}); {@link io.blemish.jobs.truth.ImageLookup} finds the images that it
 * speaks of; {@link io.blemish.jobs.truth.MaskCheck} looks at the header of every mask; {@link
 * io.blemish.jobs.truth.Statements} puts together what is said about one image and leaves out what the warehouse knows
 * already. {@code io.blemish.jobs.TruthImport} puts them in order and commits.
 *
 * <p>A list is taken as a whole or not at all: people correct lists, not the halves of them that were taken in.
 */
package io.blemish.jobs.truth;
