/**
 * How good labels, heat maps and captions are, measured against the truth: plain Java on numbers, no Spark, no model, no table.
 *
 * <p>Labels. {@link io.blemish.metrics.RankWalk} gives the exact area under the ROC curve with DeLong's interval (or {@link
 * io.blemish.metrics.ScoreInterval}'s), also
 * when the sorted scores lie in parts on several machines; {@link io.blemish.metrics.Calibration} compares
 * probabilities with what came true; {@link io.blemish.metrics.Estimate} is a value with its 95 % interval.
 *
 * <p>Heat maps. A {@link io.blemish.metrics.Mask} is what somebody painted on the photograph, a {@link
 * io.blemish.metrics.CropMask} the part of it that the model saw, in the pixels of the crop. {@link
 * io.blemish.metrics.MapScores} holds a heat map against it: does it peak inside (pointing game, Zhang et al. 2018,
 * arXiv 1608.00507), how much of it lies inside (energy, Wang et al. 2020, arXiv 1910.01279), how well does a threshold
 * cut the mask out (IoU), how well does it rank the pixels (AUROC). {@link io.blemish.metrics.NullMaps} makes maps that
 * know nothing, for comparison. {@link io.blemish.metrics.Curve} is the area under insertion and deletion curves
 * (Petsiuk et al. 2018, arXiv 1806.07421), {@link io.blemish.metrics.Correlation} what the sanity checks of Adebayo et
 * al. 2018 (arXiv 1810.03292) compare maps by.
 *
 * <p>Captions, as coco-caption and the authors of CLIPScore compute them. {@link io.blemish.metrics.CaptionTokenizer}
 * makes words of captions; {@link io.blemish.metrics.Bleu}, {@link io.blemish.metrics.RougeL}, {@link
 * io.blemish.metrics.CiderD} (with {@link io.blemish.metrics.DocumentFrequencies}) and {@link
 * io.blemish.metrics.ClipScore} score one; {@link io.blemish.metrics.CaptionTally} sums them up over images, with
 * intervals; {@link io.blemish.metrics.DistinctCaptions} tells whether a model says the same of all.
 */
package io.blemish.metrics;
