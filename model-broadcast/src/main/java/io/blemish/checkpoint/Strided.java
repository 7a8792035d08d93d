package io.blemish.checkpoint;

import java.nio.ByteBuffer;

/** Copies elements that lie apart into a contiguous tensor. */
final class Strided {
    private Strided() {}

    /**
     * The tensor whose element at index i lies at the sum of i × strides in the source.
     *
     * @param shape the shape of the result
     * @param strides the distance between neighbours along each axis of the shape, in elements of the source
     * @param source little-endian elements, long enough for the last index
     */
    static Tensor contiguous(String name, DType dtype, long[] shape, long[] strides, ByteBuffer source) {
        ByteBuffer target = Tensor.allocate(name, shape, dtype);
        if (target.hasRemaining()) {
            copy(source, target, dtype.bytes(), shape, strides, 0, 0);
        }

        return new Tensor(name, dtype, shape, target.flip());
    }

    private static void copy(
            ByteBuffer source, ByteBuffer target, int width, long[] shape, long[] strides, int axis, long at) {
        if (axis == shape.length) {
            copyElement(source, target, width, Math.toIntExact(at * width));
        } else if (axis == shape.length - 1) {
            for (long i = 0; i < shape[axis]; i++) {
                copyElement(source, target, width, Math.toIntExact((at + i * strides[axis]) * width));
            }
        } else {
            for (long i = 0; i < shape[axis]; i++) {
                copy(source, target, width, shape, strides, axis + 1, at + i * strides[axis]);
            }
        }
    }

    private static void copyElement(ByteBuffer source, ByteBuffer target, int width, int offset) {
        switch (width) {
            case 1 -> target.put(source.get(offset));
            case 2 -> target.putShort(source.getShort(offset));
            case 4 -> target.putInt(source.getInt(offset));
            default -> target.putLong(source.getLong(offset));
        }
    }
}
