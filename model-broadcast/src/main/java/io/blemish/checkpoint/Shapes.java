package io.blemish.checkpoint;

/** Arithmetic on shapes that cannot overflow unseen. */
final class Shapes {
    /** The most bytes that one tensor may have: what one buffer can address. */
    static final long MAX_BYTES = Integer.MAX_VALUE;

    /** PyTorch's own limit on the number of axes. */
    static final int MAX_RANK = 64;

    private Shapes() {}

    /**
     * The number of elements; 1 for a scalar.
     *
     * @throws ArithmeticException where an axis is negative or the product exceeds a long
     */
    static long elements(long... shape) {
        long product = 1;
        for (long axis : shape) {
            if (axis < 0) {
                throw new ArithmeticException("negative axis " + axis);
            }
            product = Math.multiplyExact(product, axis);
        }

        return product;
    }

    /** The number of bytes of a contiguous tensor, under the conditions of {@link #elements}. */
    static long byteLength(long[] shape, DType dtype) {
        return Math.multiplyExact(elements(shape), (long) dtype.bytes());
    }

    /** The row-major strides of a contiguous tensor, in elements. */
    static long[] strides(long... shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        return strides;
    }
}
