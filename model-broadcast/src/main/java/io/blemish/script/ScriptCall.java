package io.blemish.script;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import io.blemish.error.InternalException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One call of a script's method: its arguments in order, then {@link #run} or {@link #keep}. Closing it frees every native value that
 * the call has made, whether it succeeded or not.
 *
 * <pre>{@code
 * try (ScriptCall call = model.call("embed")) {
 *     List<ScriptOutput> outputs = call.value(weights).tensor(pixels, DataType.UINT8, 8, 3, 224, 224).run();
 * }
 * }</pre>
 *
 * <p>No BFLOAT16 tensor may cross this border in either direction: the engine ends the process on it.
 */
public final class ScriptCall implements AutoCloseable {
    private final ScriptModel model;
    private final String method;
    private final PtNDManager manager;
    private final List<IValue> arguments = new ArrayList<>();
    private final List<IValue> owned = new ArrayList<>();

    ScriptCall(ScriptModel model, String method) {
        this.model = model;
        this.method = method;
        this.manager = (PtNDManager) model.manager().newSubManager();
    }

    /** The next argument, an int. */
    public ScriptCall number(long value) {
        return argument(IValue.from(value));
    }

    /** The next argument, a float. */
    public ScriptCall number(double value) {
        return argument(IValue.from(value));
    }

    /** The next argument, a bool. */
    public ScriptCall flag(boolean value) {
        return argument(IValue.from(value));
    }

    /** The next argument, a value that an earlier call has kept. */
    public ScriptCall value(IValue kept) {
        arguments.add(kept);
        return this;
    }

    /**
     * The next argument, a tensor.
     *
     * @param data a direct buffer in native order, position 0; on the CPU it is read in place, and must stay as it is during the call
     */
    public ScriptCall tensor(ByteBuffer data, DataType type, long... shape) {
        return array(manager.create(data, new Shape(shape), type));
    }

    /** The next argument, a tensor that this call takes over and frees. */
    public ScriptCall array(PtNDArray array) {
        array.attach(manager);
        return argument(IValue.from(array));
    }

    /** Runs the method and copies the tensors that it returns: one, or those of a tuple; a list of ints counts as one. */
    public List<ScriptOutput> run() {
        IValue result = own(invoke());
        if (result.isLongList()) {
            return List.of(ScriptOutput.of(result.toLongArray()));
        }
        if (!result.isTuple()) {
            return List.of(output(result));
        }

        IValue[] elements = result.toIValueTuple();
        owned.addAll(List.of(elements));
        List<ScriptOutput> outputs = new ArrayList<>();
        for (IValue element : elements) {
            outputs.add(output(element));
        }
        return outputs;
    }

    /** Runs the method and keeps what it returns for later calls, until the model is closed. */
    public IValue keep() {
        IValue result = invoke();
        model.keep(result);
        return result;
    }

    @Override
    public void close() {
        for (IValue value : owned) {
            value.close();
        }
        manager.close();
    }

    private IValue invoke() {
        try {
            return IValueUtils.runMethod(model.block(), method, arguments.toArray(new IValue[0]));
        } catch (EngineException e) {
            throw new InternalException("The model's method " + method + " failed", e);
        }
    }

    private ScriptOutput output(IValue value) {
        try (NDArray array = value.toTensor(manager)) {
            return ScriptOutput.of(array);
        }
    }

    private ScriptCall argument(IValue value) {
        arguments.add(own(value));
        return this;
    }

    private IValue own(IValue value) {
        owned.add(value);
        return value;
    }
}
