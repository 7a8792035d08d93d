package io.blemish.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import io.blemish.checkpoint.DType;
import io.blemish.checkpoint.StateDict;
import io.blemish.checkpoint.Tensor;
import io.blemish.checkpoint.TorchScriptArchive;
import io.blemish.error.InternalException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The tensors of a model in native memory while it is trained, by the names of its checkpoint. Trained ones require
 * gradients and change in place; frozen ones do neither, so that nothing is recorded for what depends on them alone.
 */
public final class Weights implements AutoCloseable {
    private final NDManager manager;
    private final Map<String, NDArray> arrays = new LinkedHashMap<>();
    private final List<String> trained = new ArrayList<>();
    private final int decayed;
    private final DifferentiableScript assign =
            DifferentiableScript.load(TorchScriptArchive.of(Weights.class, "Assign"));

    private Weights(NDManager manager, int decayed) {
        this.manager = manager;
        this.decayed = decayed;
    }

    /**
     * Copies tensors of type F32, or F64 for tests, into native memory.
     *
     * @param trained whether the tensor of a name is trained
     * @param decayed whether weight decay shrinks it, if it is trained
     */
    public static Weights of(Collection<Tensor> tensors, Predicate<String> trained, Predicate<String> decayed) {
        List<String> names = tensors.stream().map(Tensor::name).filter(trained).toList();
        List<String> shrinking = names.stream().filter(decayed).toList();
        Weights weights = new Weights(NDManager.newBaseManager("PyTorch"), shrinking.size());
        weights.trained.addAll(shrinking);
        weights.trained.addAll(names.stream().filter(decayed.negate()).toList());
        for (Tensor tensor : tensors) {
            weights.arrays.put(tensor.name(), array(weights.manager, tensor));
        }
        weights.trainedArrays().forEach(array -> array.setRequiresGradient(true));
        return weights;
    }

    /** The arrays of some names, in their order, as the list argument that a script's forward takes them by. */
    public NDList argument(String argument, List<String> names) {
        NDList list = new NDList();
        for (String name : names) {
            NDArray array = array(name);
            array.setName(argument + "[]");
            list.add(array);
        }
        return list;
    }

    /** One array. */
    public NDArray array(String name) {
        NDArray array = arrays.get(name);
        if (array == null) {
            throw new InternalException("No weight is named " + name);
        }
        return array;
    }

    /** Names of the trained tensors: first those that weight decay shrinks. */
    public List<String> trained() {
        return List.copyOf(trained);
    }

    /** How many of the trained tensors, at the head of their list, weight decay shrinks. */
    public int decayed() {
        return decayed;
    }

    /** The trained arrays in the order of their names. */
    public List<NDArray> trainedArrays() {
        return trained.stream().map(this::array).toList();
    }

    /** Copies of all tensors as they are now. */
    public List<Tensor> tensors() {
        return arrays.entrySet().stream()
                .map(entry -> tensor(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Copies of the trained tensors as they are now. */
    public List<Tensor> trainedTensors() {
        return trained.stream().map(name -> tensor(name, array(name))).toList();
    }

    /** Overwrites the trained tensors. */
    public void restore(StateDict values) {
        overwrite(trainedArrays(), trained.stream().map(values::tensor).toList());
    }

    /** Frees the native memory. */
    @Override
    public void close() {
        assign.close();
        manager.close();
    }

    NDManager manager() {
        return manager;
    }

    static NDArray array(NDManager manager, Tensor tensor) {
        // The engine reads the buffer in place; the copy makes the array own its memory.
        try (NDArray view = view(manager, tensor)) {
            NDArray array = view.duplicate();
            array.setName(tensor.name());
            return array;
        }
    }

    /** Overwrites arrays in place: DJL's own way of setting one makes it point at other memory. */
    void overwrite(List<NDArray> targets, List<Tensor> values) {
        if (targets.isEmpty()) {
            return;
        }

        try (NDManager scope = manager.newSubManager();
                IValue into = DifferentiableScript.list(targets);
                IValue from = DifferentiableScript.list(
                        values.stream().map(value -> view(scope, value)).toList())) {
            assign.call(scope, "assign", List.of(into, from));
        }
    }

    static Tensor tensor(String name, NDArray array) {
        ByteBuffer bytes = array.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        DType dtype = array.getDataType() == DataType.FLOAT64 ? DType.F64 : DType.F32;
        return new Tensor(name, dtype, array.getShape().getShape(), bytes);
    }

    private static NDArray view(NDManager manager, Tensor tensor) {
        DataType type =
                switch (tensor.dtype()) {
                    case F32 -> DataType.FLOAT32;
                    case F64 -> DataType.FLOAT64;
                    default -> throw new InternalException(tensor + " cannot be trained in its type");
                };
        ByteBuffer data = tensor.data();
        ByteBuffer direct = ByteBuffer.allocateDirect(data.remaining()).order(ByteOrder.nativeOrder());
        direct.put(data).flip();
        return manager.create(direct, new Shape(tensor.shape()), type);
    }
}
