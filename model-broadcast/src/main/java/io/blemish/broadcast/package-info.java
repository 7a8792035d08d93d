/**
 * How an executor comes to hold a model, and how its tasks share it. The only package of this module that knows Spark;
 * it knows nothing of CLIP or of language models, which reach it as a file and a {@link
 * io.blemish.broadcast.ModelLoader}.
 *
 * <p>In the order in which a run meets them:
 *
 * <ol>
 *   <li>The driver publishes the packed model: {@link io.blemish.broadcast.ModelBroadcast} cuts it into broadcast
 *       pieces of at most 64 MiB and is itself a handle of a few hundred bytes, which closures carry.
 *   <li>A task asks {@link io.blemish.broadcast.TaskDevice} where it may compute. {@link
 *       io.blemish.broadcast.GpuAddress} turns the address that Spark's scheduler gave it into the ordinal that CUDA
 *       uses in this process. {@code device: gpu} that cannot be had is an error, never a silent run on the CPU.
 *   <li>{@link io.blemish.broadcast.TorchThreads} starts the engine with {@code cores / slots} threads
 *       ({@link io.blemish.broadcast.TaskSlots}), and refuses a second class loader that would load the natives again.
 *   <li>{@link io.blemish.broadcast.ExecutorModels} lends the task the one model of this JVM for (device, fingerprint).
 *       The first task writes the pieces to a file, checks it, loads it and deletes it; the others wait for the same
 *       load.
 *   <li>A batch runs under a permit of {@link io.blemish.broadcast.DevicePermits} and, on a GPU, inside
 *       {@link io.blemish.broadcast.OutOfMemoryHalving}.
 * </ol>
 *
 * <p>Tasks read and decode without a permit, so that decoding overlaps with inference and the task slots of the
 * executor are the decode pool.
 */
package io.blemish.broadcast;
