/**
 * CLIP: which of many descriptions fits a photograph, and where in it.
 *
 * <p>{@link io.blemish.clip.Clip} is a checkpoint on the driver. It reads the architecture ({@link io.blemish.clip.ClipConfig}: Hugging
 * Face's or open_clip's configuration), demands exactly the tensors that belong to it, turns prompts into description embeddings with the
 * text tower ({@link io.blemish.clip.ClipTextEncoder}), and writes the vision tower into an archive.
 *
 * <p>{@link io.blemish.clip.ClipVisionEncoder} is that archive on an executor: pixels in, embeddings, similarities, the best descriptions
 * and their heat maps out, in one native call a batch.
 *
 * <p>The forward passes themselves are two source files of TorchScript beside this package, {@code ClipVision.py} and {@code
 * ClipText.py}, which read from top to bottom. They are packed with the weights by {@link io.blemish.checkpoint.TorchScriptArchive}; no
 * Python runs at any time. On a CPU the large weights are laid out for oneDNN when the model is loaded, which computes products, biases,
 * activations and residuals in one step each.
 *
 * <p>Letters for shapes, here and there: b images, n descriptions, k chosen ones, E the width of an embedding.
 */
package io.blemish.clip;
