/**
 * Causal language models: what comes next in a text, and texts that continue a prefix.
 *
 * <p>{@link io.blemish.lm.CausalLm} is a loaded model, {@link io.blemish.lm.CausalLms} opens one from a folder or from an archive that
 * was sent to an executor, {@link io.blemish.lm.LmCheckpoint} is its folder: {@link io.blemish.lm.Opt} or {@link io.blemish.lm.Gpt2}.
 * Each reads the architecture (Hugging Face's {@code config.json}), demands exactly the tensors that belong to it, and puts them into the
 * list that its script takes. {@link io.blemish.lm.Decoding} says how texts are written.
 *
 * <p>The scripts are TorchScript beside this package. An archive joins several into one class: a model ({@code Opt.py}, {@code Gpt2.py}),
 * what all models do alike ({@code CausalLm.py}), and what the archive is for: {@code Decoding.py} with {@code Search.py}, or for a
 * training {@code TextLoss.py} or {@code CaptionLoss.py}. A further model is one more script with its configuration and names.
 */
package io.blemish.lm;
