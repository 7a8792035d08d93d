/**
 * Model files: reading what others have written without trusting it, and writing what libtorch loads.
 *
 * <p>{@link io.blemish.checkpoint.Checkpoint} opens a folder of Hugging Face's or open_clip's form. Its weights are a
 * {@link io.blemish.checkpoint.StateDict} of {@link io.blemish.checkpoint.Tensor}s, read by
 * {@link io.blemish.checkpoint.Safetensors} or {@link io.blemish.checkpoint.TorchPickle}. Both map the file into
 * memory: opening a checkpoint costs no heap, whatever its size, and a tensor's bytes are read when they are used.
 * {@code StateDict.requireExactly} then makes sure that the weights fit the model, and lists in one line what does not.
 *
 * <p>{@link io.blemish.checkpoint.ConfigNode} reads numbers out of a configuration within bounds.
 *
 * <p>Files are data. A pickle is interpreted by a machine that knows dicts and tensors and can name nothing else; a
 * safetensors header is bounded and checked against the file before a byte is used. A file that breaks a rule is a
 * {@link io.blemish.error.UserException} of one line, with the file and the tensor in it.
 *
 * <p>{@link io.blemish.checkpoint.TorchScriptArchive} goes the other way: it packs the source of a forward pass, a
 * resource of this module, with the tensors that it declares, in the type that {@link io.blemish.checkpoint.Precision}
 * asks for. Only such archives are ever loaded as programs. {@link io.blemish.checkpoint.Fingerprint} names what a
 * model computes.
 * {@link io.blemish.checkpoint.ClipTokenizer} and {@link io.blemish.checkpoint.OptTokenizer} read the folder's tokenizer
 * in any of its forms; {@link io.blemish.checkpoint.ClipVocabularyTrainer} and {@link
 * io.blemish.checkpoint.OptVocabularyTrainer} make one from texts.
 */
package io.blemish.checkpoint;
