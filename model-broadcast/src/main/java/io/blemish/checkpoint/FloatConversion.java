package io.blemish.checkpoint;

import io.blemish.error.InternalException;
import java.nio.ByteBuffer;

/**
 * Conversion between floating-point types by way of F32, to the nearest value, ties to even.
 *
 * <p>Bit for bit what PyTorch computes, except for the payload of a NaN: the result is the quiet NaN 0x7FC0 (BF16) or
 * 0x7E00 (F16, with its sign).
 */
final class FloatConversion {
    private FloatConversion() {}

    static float[] toFloats(Tensor tensor) {
        ByteBuffer data = tensor.data();
        float[] values = new float[Math.toIntExact(tensor.elements())];
        switch (tensor.dtype()) {
            case F32 -> data.asFloatBuffer().get(values);
            case F64 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) data.getDouble(8 * i);
                }
            }
            case F16 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = fromHalf(data.getShort(2 * i));
                }
            }
            case BF16 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = Float.intBitsToFloat(data.getShort(2 * i) << 16);
                }
            }
            default -> throw new InternalException("Tensor " + tensor + " does not hold floating-point numbers");
        }

        return values;
    }

    static Tensor convert(Tensor tensor, DType target) {
        float[] values = toFloats(tensor);
        ByteBuffer bytes = Tensor.allocate(tensor.name(), tensor.shape(), target);
        switch (target) {
            case F32 -> bytes.asFloatBuffer().put(values);
            case F64 -> {
                for (int i = 0; i < values.length; i++) {
                    bytes.putDouble(8 * i, values[i]);
                }
            }
            case F16 -> {
                for (int i = 0; i < values.length; i++) {
                    bytes.putShort(2 * i, toHalf(values[i]));
                }
            }
            case BF16 -> {
                for (int i = 0; i < values.length; i++) {
                    bytes.putShort(2 * i, toBrainFloat(values[i]));
                }
            }
            default -> throw new InternalException("Tensor " + tensor + " cannot become " + target);
        }

        return new Tensor(tensor.name(), target, tensor.shape(), bytes);
    }

    static short toBrainFloat(float value) {
        if (Float.isNaN(value)) {
            return 0x7FC0;
        }

        int bits = Float.floatToRawIntBits(value);
        // Adding just under half a unit, and one more where the kept part is odd, makes ties go to even.
        return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
    }

    static short toHalf(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = (bits >>> 16) & 0x8000;
        int magnitude = bits & 0x7FFFFFFF;
        if (magnitude > 0x7F800000) {
            return (short) (sign | 0x7E00);
        }
        // 65520, half a unit above the largest half-precision number, is the first that rounds to infinity.
        if (magnitude >= 0x477FF000) {
            return (short) (sign | 0x7C00);
        }
        if (magnitude < 0x38800000) {
            return (short) (sign | subnormalHalf(magnitude));
        }

        int rounded = magnitude + 0xFFF + ((magnitude >>> 13) & 1);
        return (short) (sign | ((rounded - 0x38000000) >>> 13));
    }

    /** The nearest multiple of 2^-24, by letting the addition of 0.5 in single precision do the rounding. */
    private static int subnormalHalf(int magnitude) {
        float rounded = Float.intBitsToFloat(magnitude) + 0.5f;
        return Float.floatToRawIntBits(rounded) - Float.floatToRawIntBits(0.5f);
    }

    static float fromHalf(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = (half >>> 10) & 0x1F;
        int fraction = half & 0x3FF;
        if (exponent == 0x1F) {
            return Float.intBitsToFloat(sign | 0x7F800000 | (fraction << 13));
        }
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }

        return Float.intBitsToFloat(sign | ((exponent + 112) << 23) | (fraction << 13));
    }
}
