/**
 * Captions: an image's embedding becomes a prefix of a language model's embeddings, and the language model writes on. After ClipCap
 * (Mokady et al., 2021, arXiv 2111.09734) and CLIPCap-XAI.
 *
 * <p>{@link io.blemish.caption.PrefixMapper} makes the prefixes, by the weights of a {@link io.blemish.caption.MapperBundle}; {@link
 * io.blemish.caption.Captioner} makes captions of them with a {@link io.blemish.lm.CausalLm}. {@link
 * io.blemish.caption.WordGradients} tells what each word of a caption owes to the embedding, and {@link
 * io.blemish.clip.ClipVisionEncoder#relevance} which patches that came from.
 */
package io.blemish.caption;
