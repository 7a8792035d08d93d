package io.blemish.checkpoint;

import static io.blemish.checkpoint.MalformedFileException.require;

import io.blemish.checkpoint.PickleMachine.Dict;
import io.blemish.checkpoint.PickleMachine.Storage;
import io.blemish.checkpoint.PickleMachine.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;

/** Every class and function that the pickle of a state dict may name: constants here, never the Python objects. */
enum PickleGlobal {
    ORDERED_DICT("collections", "OrderedDict", null),
    REBUILD_TENSOR("torch._utils", "_rebuild_tensor_v2", null),
    REBUILD_PARAMETER("torch._utils", "_rebuild_parameter", null),
    FLOAT_STORAGE("torch", "FloatStorage", DType.F32),
    HALF_STORAGE("torch", "HalfStorage", DType.F16),
    BFLOAT16_STORAGE("torch", "BFloat16Storage", DType.BF16),
    LONG_STORAGE("torch", "LongStorage", DType.I64),
    INT_STORAGE("torch", "IntStorage", DType.I32),
    BYTE_STORAGE("torch", "ByteStorage", DType.U8),
    BOOL_STORAGE("torch", "BoolStorage", DType.BOOL);

    private static final Pattern STORAGE_KEY = Pattern.compile("[0-9]{1,9}");

    private final String module;
    private final String attribute;
    private final DType dtype;

    PickleGlobal(String module, String attribute, DType dtype) {
        this.module = module;
        this.attribute = attribute;
        this.dtype = dtype;
    }

    static PickleGlobal named(String module, String attribute) throws MalformedFileException {
        for (PickleGlobal global : values()) {
            if (global.module.equals(module) && global.attribute.equals(attribute)) {
                return global;
            }
        }

        throw new MalformedFileException(
                "its pickle asks for " + module + "." + attribute + ", which is not part of a state dict");
    }

    /** The storage that a persistent id names: {@code ('storage', type, key, device, elements)}. */
    static Storage storage(Object persistentId) throws MalformedFileException {
        require(
                persistentId instanceof List<?> id
                        && id.size() == 5
                        && "storage".equals(id.get(0))
                        && id.get(1) instanceof PickleGlobal type
                        && type.dtype != null
                        && id.get(2) instanceof String key
                        && STORAGE_KEY.matcher(key).matches()
                        && id.get(3) instanceof String
                        && id.get(4) instanceof Long elements
                        && elements >= 0,
                "its pickle names a storage in a way that PyTorch does not");
        List<?> id = (List<?>) persistentId;
        return new Storage((String) id.get(2), ((PickleGlobal) id.get(1)).dtype, (Long) id.get(4));
    }

    /** What the Python function would return, as a plain value. */
    Object call(List<?> arguments) throws MalformedFileException {
        return switch (this) {
            case ORDERED_DICT -> orderedDict(arguments);
            case REBUILD_TENSOR -> tensor(arguments);
            case REBUILD_PARAMETER -> parameter(arguments);
            default -> throw new MalformedFileException("its pickle calls torch." + attribute);
        };
    }

    private static Dict orderedDict(List<?> arguments) throws MalformedFileException {
        require(arguments.isEmpty(), "its pickle calls OrderedDict with arguments");
        return new Dict(new LinkedHashMap<>(), true);
    }

    private static View parameter(List<?> arguments) throws MalformedFileException {
        require(
                arguments.size() == 3 && arguments.get(0) instanceof View,
                "its pickle calls _rebuild_parameter with other arguments than PyTorch");
        return (View) arguments.get(0);
    }

    private static View tensor(List<?> arguments) throws MalformedFileException {
        require(
                arguments.size() == 6
                        && arguments.get(0) instanceof Storage
                        && arguments.get(1) instanceof Long
                        && arguments.get(2) instanceof List
                        && arguments.get(3) instanceof List,
                "its pickle calls _rebuild_tensor_v2 with other arguments than PyTorch");
        return new View(
                (Storage) arguments.get(0), (Long) arguments.get(1), numbers((List<?>) arguments.get(2)), numbers((List<
                                ?>)
                        arguments.get(3)));
    }

    private static long[] numbers(List<?> values) throws MalformedFileException {
        int rank = values.size();
        require(rank <= Shapes.MAX_RANK, "a shape or stride in its pickle has " + rank + " axes");
        long[] numbers = new long[rank];
        for (int i = 0; i < numbers.length; i++) {
            require(values.get(i) instanceof Long, "a shape or stride in its pickle is not a number");
            numbers[i] = (Long) values.get(i);
        }

        return numbers;
    }
}
