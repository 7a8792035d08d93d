/**
 * TorchScript archives, loaded and called.
 *
 * <p>{@link io.blemish.script.ScriptModel} is an archive that {@link io.blemish.checkpoint.TorchScriptArchive} has written, on a device.
 * {@link io.blemish.script.ScriptCall} calls one of its methods: plain numbers and buffers in, plain arrays
 * ({@link io.blemish.script.ScriptOutput}) out, with every native value freed when it closes, also after an exception.
 */
package io.blemish.script;
