/**
 * What the driver of {@link io.blemish.jobs.Inspect} does before and around its chunks.
 *
 * <ol>
 *   <li>{@link io.blemish.jobs.inspect.PrecisionChoice}, and {@link io.blemish.jobs.inspect.PrecisionProbe} where
 *       nothing else decides: the precision, and with it the encoder's identity.
 *   <li>{@link io.blemish.jobs.inspect.Registers}: models and knowledge bases are written down when first used;
 *       {@link io.blemish.jobs.inspect.EncoderCard} is what is written of an encoder.
 *   <li>{@link io.blemish.jobs.inspect.RowsAtHand}: what is inspected already, and whether it was made with the same
 *       options.
 *   <li>{@link io.blemish.jobs.inspect.PublishedInspector}: model and settings go to the executors.
 *   <li>{@link io.blemish.jobs.inspect.ChunkRows}: the rows of a chunk, from the scan to the last projection.
 * </ol>
 */
package io.blemish.jobs.inspect;
