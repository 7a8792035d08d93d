package io.blemish.clip;

import io.blemish.checkpoint.Tensor;
import java.util.OptionalLong;
import java.util.Random;

/**
 * What becomes of the last block's weights while they are packed: nothing, or the values of each tensor change places.
 * A shuffled tensor keeps its distribution and loses what it has learned.
 *
 * @param seed decides the order; empty leaves the weights as they are
 */
record LastBlock(OptionalLong seed) {
    static LastBlock asTrained() {
        return new LastBlock(OptionalLong.empty());
    }

    static LastBlock shuffled(long seed) {
        return new LastBlock(OptionalLong.of(seed));
    }

    /**
     * The tensor as it is packed.
     *
     * @param name under which it is packed: each tensor has an order of its own
     */
    Tensor changed(String name, Tensor tensor) {
        if (seed.isEmpty()) {
            return tensor;
        }
        float[] values = tensor.toFloats();
        Random random = new Random(seed.getAsLong() ^ name.hashCode());
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            float value = values[i];
            values[i] = values[j];
            values[j] = value;
        }
        return Tensor.ofFloats(tensor.name(), values, tensor.shape()).as(tensor.dtype());
    }
}
