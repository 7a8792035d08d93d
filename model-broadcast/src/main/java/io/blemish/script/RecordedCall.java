package io.blemish.script;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValueUtils;
import io.blemish.error.InternalException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * One call of a script's method that takes gradients within: unlike a {@link ScriptCall} it runs outside of inference mode, so that what
 * the method switches on is recorded. The method takes and returns tensors alone, and leaves nothing recorded behind. Closing the call
 * frees every native value that it has made.
 */
public final class RecordedCall implements AutoCloseable {
    /** How the engine is told another method than {@code forward}: by the name of an array that is no argument. */
    private static final String METHOD = "module_method:";

    private final ScriptModel model;
    private final String method;
    private final PtNDManager manager;
    private final NDList arguments = new NDList();

    RecordedCall(ScriptModel model, String method) {
        this.model = model;
        this.method = method;
        this.manager = (PtNDManager) model.manager().newSubManager();
    }

    /**
     * The next argument.
     *
     * @param data a direct buffer in native order, position 0; on the CPU it is read in place, and must stay as it is during the call
     */
    public RecordedCall tensor(ByteBuffer data, DataType type, long... shape) {
        arguments.add(manager.create(data, new Shape(shape), type));
        return this;
    }

    /** Runs the method and copies the tensors that it returns: one, or those of a tuple. */
    public List<ScriptOutput> run() {
        NDArray name = manager.create(0f);
        name.setName(METHOD + method);
        arguments.add(name);
        try (NDList results = IValueUtils.forward(model.block(), arguments, true)) {
            return results.stream().map(ScriptOutput::of).toList();
        } catch (EngineException e) {
            throw new InternalException("The model's method " + method + " failed", e);
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
