package io.blemish.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes {@code data.pkl} of a TorchScript archive: the module's class and attributes, as a pickle of protocol 2. */
final class TorchScriptPickle {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int storages;

    TorchScriptPickle(String className) {
        opcodes(0x80, 2);
        global("__torch__", className);
        opcodes(')', 0x81, '}', '(');
    }

    void tensor(String name, DType dtype, long[] shape) {
        text(name);
        element(dtype, shape);
    }

    /** Begins a list of tensors, whose elements follow. */
    void beginTensors(String name) {
        text(name);
        global("torch.jit._pickle", "build_tensorlist");
        opcodes('(', ']', '(');
    }

    /** Ends a list of tensors. */
    void endTensors() {
        opcodes('e', 't', 'R');
    }

    /** A tensor that is an attribute's value or a list's element. */
    void element(DType dtype, long[] shape) {
        global("torch._utils", "_rebuild_tensor_v2");
        opcodes('(', '(');
        text("storage");
        global("torch", storageClass(dtype));
        text(Integer.toString(storages++));
        text("cpu");
        integer(Shapes.elements(shape));
        opcodes('t', 'Q');
        integer(0);
        tuple(shape);
        tuple(Shapes.strides(shape));
        opcodes(0x89);
        global("collections", "OrderedDict");
        opcodes(')', 'R', 't', 'R');
    }

    void attribute(String name, long value) {
        text(name);
        integer(value);
    }

    void attribute(String name, double value) {
        text(name);
        opcodes('G');
        out.writeBytes(ByteBuffer.allocate(Double.BYTES).putDouble(value).array());
    }

    void attribute(String name, boolean value) {
        text(name);
        opcodes(value ? 0x88 : 0x89);
    }

    /** The finished pickle. */
    byte[] bytes() {
        attribute("training", false);
        opcodes('u', 'b', '.');
        return out.toByteArray();
    }

    private static String storageClass(DType dtype) {
        return switch (dtype) {
            case F32 -> "FloatStorage";
            case F16 -> "HalfStorage";
            case BF16 -> "BFloat16Storage";
            case F64 -> "DoubleStorage";
            case I64 -> "LongStorage";
            case I32 -> "IntStorage";
            case I16 -> "ShortStorage";
            case I8 -> "CharStorage";
            case U8 -> "ByteStorage";
            case BOOL -> "BoolStorage";
        };
    }

    private void tuple(long... values) {
        opcodes('(');
        for (long value : values) {
            integer(value);
        }
        opcodes('t');
    }

    private void integer(long value) {
        if (value >= 0 && value < 256) {
            opcodes('K', (int) value);
        } else if (value == (int) value) {
            opcodes('J');
            out.writeBytes(littleEndian(Integer.BYTES).putInt((int) value).array());
        } else {
            // libtorch reads LONG1 with exactly eight bytes.
            opcodes(0x8A, Long.BYTES);
            out.writeBytes(littleEndian(Long.BYTES).putLong(value).array());
        }
    }

    private void text(String value) {
        byte[] bytes = value.getBytes(UTF_8);
        opcodes('X');
        out.writeBytes(littleEndian(Integer.BYTES).putInt(bytes.length).array());
        out.writeBytes(bytes);
    }

    private void global(String module, String name) {
        opcodes('c');
        out.writeBytes((module + "\n" + name + "\n").getBytes(UTF_8));
    }

    private void opcodes(int... bytes) {
        for (int value : bytes) {
            out.write(value);
        }
    }

    private static ByteBuffer littleEndian(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
