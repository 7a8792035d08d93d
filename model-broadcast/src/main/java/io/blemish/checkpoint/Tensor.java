package io.blemish.checkpoint;

import static java.util.Objects.requireNonNull;

import io.blemish.error.InternalException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * A named array of numbers, smaller than 2 GiB, often a window into a memory-mapped file.
 *
 * <p>Shapes count elements, outermost axis first; a scalar has the shape []. A tensor never changes: operations return
 * another one, which shares the bytes where they stay as they are ({@link #named}, {@link #reshaped}, {@link #slice})
 * and otherwise lies on the heap.
 *
 * @param name the name in its file, for example {@code visual_projection.weight}
 * @param dtype the type of the elements
 * @param shape the length of each axis; copied in and out
 * @param data the elements: little-endian, contiguous, row-major, read-only; each call returns a view at position 0
 */
public record Tensor(String name, DType dtype, long[] shape, ByteBuffer data) {

    /** Checks that the data is as long as shape and type say. */
    public Tensor {
        requireNonNull(name, "name is null");
        requireNonNull(dtype, "dtype is null");
        shape = shape.clone();
        data = littleEndian(data.slice().asReadOnlyBuffer());
        long expected = Shapes.byteLength(shape, dtype);
        if (expected != data.remaining()) {
            throw new InternalException("Tensor " + name + " of shape " + Arrays.toString(shape) + " and type " + dtype
                    + " needs " + expected + " bytes, not " + data.remaining());
        }
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    @Override
    public ByteBuffer data() {
        return littleEndian(data.duplicate());
    }

    /** A tensor of type F32. */
    public static Tensor ofFloats(String name, float[] values, long... shape) {
        ByteBuffer bytes = allocate(name, shape, DType.F32);
        bytes.asFloatBuffer().put(values);
        return new Tensor(name, DType.F32, shape, bytes);
    }

    /** A tensor of type I64. */
    public static Tensor ofLongs(String name, long[] values, long... shape) {
        ByteBuffer bytes = allocate(name, shape, DType.I64);
        bytes.asLongBuffer().put(values);
        return new Tensor(name, DType.I64, shape, bytes);
    }

    /** The number of elements; 1 for a scalar. */
    public long elements() {
        return Shapes.elements(shape);
    }

    /** The number of axes; 0 for a scalar. */
    public int rank() {
        return shape.length;
    }

    /** The length of one axis; a negative one counts from the last. */
    public long size(int axis) {
        return shape[axis < 0 ? shape.length + axis : axis];
    }

    /** The elements of a floating-point tensor, row-major; F64 is rounded to the nearest. */
    public float[] toFloats() {
        return FloatConversion.toFloats(this);
    }

    /** The same elements under another name. */
    public Tensor named(String newName) {
        return new Tensor(newName, dtype, shape, data);
    }

    /**
     * The same values in another floating-point type, rounded to the nearest, ties to even, as {@code Tensor.to} of
     * PyTorch does.
     */
    public Tensor as(DType target) {
        return target == dtype ? this : FloatConversion.convert(this, target);
    }

    /** The same elements in another shape of as many elements. */
    public Tensor reshaped(long... newShape) {
        return new Tensor(name, dtype, newShape, data);
    }

    /** A matrix with rows and columns exchanged: [a, b] becomes [b, a]. */
    public Tensor transposed() {
        if (shape.length != 2) {
            throw new InternalException(
                    "Only a matrix can be transposed, not " + name + " of shape " + Arrays.toString(shape));
        }

        long[] strides = {1, shape[1]};
        long[] turned = {shape[1], shape[0]};
        return Strided.contiguous(name, dtype, turned, strides, data());
    }

    /** The rows from one index of the first axis up to, not including, another. */
    public Tensor slice(long from, long to) {
        if (shape.length == 0 || from < 0 || to < from || to > shape[0]) {
            throw new InternalException(
                    "No rows " + from + " to " + to + " in " + name + " of shape " + Arrays.toString(shape));
        }

        long[] part = shape.clone();
        part[0] = to - from;
        long row = shape[0] == 0 ? 0 : data.remaining() / shape[0];
        ByteBuffer rows = data.slice(Math.toIntExact(from * row), Math.toIntExact((to - from) * row));
        return new Tensor(name, dtype, part, rows);
    }

    /** Equal-shaped tensors along a new first axis: n of shape [a, b] become one of [n, a, b]. */
    public static Tensor stack(String name, List<Tensor> parts) {
        long[] inner = parts.get(0).shape;
        long[] shape = new long[inner.length + 1];
        shape[0] = parts.size();
        System.arraycopy(inner, 0, shape, 1, inner.length);
        for (Tensor part : parts) {
            requireSame(name, parts.get(0), part, Arrays.equals(part.shape, inner));
        }

        return joined(name, shape, parts);
    }

    /** Tensors one after the other along the first axis: [a, c] and [b, c] become [a + b, c]. */
    public static Tensor concat(String name, List<Tensor> parts) {
        long[] shape = parts.get(0).shape.clone();
        shape[0] = 0;
        for (Tensor part : parts) {
            boolean sameRows =
                    part.rank() == shape.length && Arrays.equals(part.shape, 1, part.rank(), shape, 1, shape.length);
            requireSame(name, parts.get(0), part, sameRows);
            shape[0] += part.shape[0];
        }

        return joined(name, shape, parts);
    }

    @Override
    public String toString() {
        return name + " " + dtype + " " + Arrays.toString(shape);
    }

    static ByteBuffer allocate(String name, long[] shape, DType dtype) {
        long bytes = Shapes.byteLength(shape, dtype);
        if (bytes > Shapes.MAX_BYTES) {
            throw new InternalException("Tensor " + name + " would take " + bytes + " bytes: more than 2 GiB");
        }

        return littleEndian(ByteBuffer.allocate((int) bytes));
    }

    private static Tensor joined(String name, long[] shape, List<Tensor> parts) {
        DType dtype = parts.get(0).dtype;
        ByteBuffer bytes = allocate(name, shape, dtype);
        for (Tensor part : parts) {
            bytes.put(part.data());
        }

        return new Tensor(name, dtype, shape, bytes.flip());
    }

    private static void requireSame(String name, Tensor first, Tensor part, boolean sameShape) {
        if (!sameShape || part.dtype != first.dtype) {
            throw new InternalException("Cannot join " + first + " and " + part + " into " + name);
        }
    }

    private static ByteBuffer littleEndian(ByteBuffer buffer) {
        return buffer.order(ByteOrder.LITTLE_ENDIAN);
    }
}
