/**
 * Training with DJL's autograd, on the TorchScript sources that inference runs, with weights handed in. Plain Java and
 * DJL: no Spark.
 *
 * <p>{@link io.blemish.train.Training} is the loop; what is learned is a {@link io.blemish.train.Task}: {@link
 * io.blemish.train.ClipTrainer} adapts a CLIP to pairs of image and text, {@link io.blemish.train.LmTrainer} a language
 * model to texts. What is learned ends up in a {@link io.blemish.train.ModelFolder}.
 */
package io.blemish.train;
