/**
 * Causal language models: what comes next in a text.
 *
 * <p>{@link io.blemish.lm.Opt} is a checkpoint. It reads the architecture ({@link io.blemish.lm.OptConfig}, Hugging Face's {@code
 * config.json}), demands exactly the tensors that belong to it, and gives the logits of a text. Its forward pass is one source file of
 * TorchScript beside this package, {@code Opt.py}; {@link io.blemish.lm.OptWeights} puts the checkpoint's tensors into the list that it
 * takes, and back: a training changes the list.
 */
package io.blemish.lm;
