/**
 * The parts of {@code evaluate}: how inspections and truths become measures.
 *
 * <ol>
 *   <li>{@link io.blemish.jobs.evaluate.Subject}: which encoder and knowledge base, and the inspections that they made.
 *   <li>{@link io.blemish.jobs.evaluate.Vocabulary}: what the words of the truths mean in that knowledge base; {@link
 *       io.blemish.jobs.evaluate.Truths}: what is said of each image.
 *   <li>{@link io.blemish.jobs.evaluate.LabelFacts}: one row for each image, with what is true and what was called;
 *       {@link io.blemish.jobs.evaluate.LabelMetrics} counts it, {@link io.blemish.jobs.evaluate.RocJob} ranks it.
 *   <li>{@link io.blemish.jobs.evaluate.MaskPairs}: one row for each image and defect with a mask; {@link
 *       io.blemish.jobs.evaluate.MapMetrics} measures the heat maps against them.
 *   <li>{@link io.blemish.jobs.evaluate.CaptionEvaluation}: captions against what people say of the images, in sums that
 *       {@link io.blemish.jobs.evaluate.CaptionCorpus} makes, and whether they name the right defect.
 *   <li>{@link io.blemish.jobs.evaluate.ModelStage}, when the checkpoint is at hand: what only the model can tell.
 *   <li>{@link io.blemish.jobs.evaluate.Findings}: the rows of {@code evaluations}; {@link
 *       io.blemish.jobs.evaluate.EvaluationText} shows them to a person.
 * </ol>
 *
 * <p>All of it runs as Spark jobs whose results are sums; of images only the few come to the driver that
 * measures of the text tower, and the nearest images, are taken from.
 */
package io.blemish.jobs.evaluate;
