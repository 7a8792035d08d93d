/**
 * Generated photographs of fruit with truth, for trying out, training and tests.
 *
 * <p>{@link io.blemish.samples.Samples} fills a folder; {@link io.blemish.samples.Studio} draws one photograph: a
 * {@code Shape} gives the fruit its body, {@code Skin} its skin, {@code Placement} finds where defects may be,
 * {@code Moulds}, {@code Decays} and {@code Wounds} paint them, {@code Shading} lights all of it, {@code Backdrop},
 * {@code Shadow} and {@code Garnish} are what is around, {@code Camera} takes the picture, {@code Captions} tells it.
 */
package io.blemish.samples;
