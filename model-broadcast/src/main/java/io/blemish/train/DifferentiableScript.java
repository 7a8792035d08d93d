package io.blemish.train;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import io.blemish.checkpoint.TorchScriptArchive;
import io.blemish.error.InternalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A TorchScript model on the CPU whose {@code forward} is recorded for a backward. Its weights are inputs, so that the
 * archive need hold none.
 *
 * <p>A forward records only on a thread that has a {@link ai.djl.training.GradientCollector} open. For one thread at a
 * time.
 */
public final class DifferentiableScript implements AutoCloseable {
    private final Model model;
    private final PtSymbolBlock block;

    private DifferentiableScript(Model model) {
        this.model = model;
        this.block = (PtSymbolBlock) model.getBlock();
    }

    /** Loads a model. */
    public static DifferentiableScript load(TorchScriptArchive.Builder archive) {
        Model model = Model.newInstance("training", "PyTorch");
        try {
            Path file = Files.createTempFile("training", ".pt");
            try {
                archive.write(file);
                model.load(file, null, Map.of("trainParam", "true"));
                return new DifferentiableScript(model);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            model.close();
            throw new UncheckedIOException("Cannot write a model to the folder for temporary files", e);
        } catch (MalformedModelException | EngineException e) {
            model.close();
            throw new InternalException("Cannot load a model for training", e);
        }
    }

    /**
     * Runs {@code forward}.
     *
     * @param scope what the results live in
     * @param inputs the arguments in order; arrays that are named {@code x[]} make up the list {@code x}
     */
    public NDList forward(NDManager scope, NDList inputs) {
        NDList outputs = IValueUtils.forward(block, inputs, true);
        outputs.attach(scope);
        return outputs;
    }

    /** Calls a method that returns one tensor and records nothing. */
    NDArray call(NDManager scope, String method, List<IValue> arguments) {
        try (IValue result = IValueUtils.runMethod(block, method, arguments.toArray(new IValue[0]))) {
            return result.toTensor((PtNDManager) scope);
        }
    }

    /** Frees the model. */
    @Override
    public void close() {
        model.close();
    }

    static IValue list(List<NDArray> arrays) {
        return IValue.listFrom(arrays.stream().map(array -> (PtNDArray) array).toArray(PtNDArray[]::new));
    }
}
