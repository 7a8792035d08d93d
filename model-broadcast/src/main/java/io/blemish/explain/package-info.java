/**
 * Why a description was chosen: heat maps, and their pictures.
 *
 * <p>The numbers come from the vision tower ({@code io.blemish.clip}), which answers a {@link
 * io.blemish.explain.HeatMap} for each of the best descriptions: one value a patch of the square crop that the model
 * saw. {@link io.blemish.explain.Method} names how they were made. This package turns them into pictures:
 *
 * <ol>
 *   <li>{@link io.blemish.explain.Evidence} joins a map with the rank and the probability of its description.
 *   <li>{@link io.blemish.explain.Overlay} scales the photograph once and draws one tile a description, and one
 *       combined tile that shows which description wins where. The crop's geometry ({@link
 *       io.blemish.image.CropGeometry}) decides which pixel of the photograph belongs to which patch; what lies outside
 *       the crop is hatched, because the model says nothing about it.
 *   <li>{@link io.blemish.explain.Png} makes a file of a tile; {@link io.blemish.explain.Jpeg} a smaller one, for a page.
 * </ol>
 *
 * <p>Maps are stretched to [0, 1] one by one before they are drawn: colours compare places within one map, never two
 * maps; the probability says how much a description counts. Colours are perceptually uniform and safe for the colour
 * blind ({@link io.blemish.explain.ColourMap}), a line marks half of the peak, and a ring the peak itself, so that no
 * reading depends on hue alone. Maps of {@link io.blemish.explain.Method#CLIPCAP_XAI} are drawn by the rules of the
 * program that they are taken from, in jet, over the crop instead of the whole photograph; without contour, ring and
 * numbers, since there is nothing to point at.
 *
 * <p>No class here uses {@code java.awt}'s fonts or graphics contexts: the letters are pictures in the jar, and tiles
 * are the same on a desktop and on a bare cluster node.
 */
package io.blemish.explain;
