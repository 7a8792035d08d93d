package io.blemish.clip;

import io.blemish.checkpoint.Tensor;
import java.util.OptionalLong;
import java.util.Random;

/**
 * What becomes of the last blocks' weights while they are packed: nothing, or the values of each tensor change places.
 * A shuffled tensor keeps its distribution and loses what it has learned.
 *
 * @param count how many blocks
 * @param seed decides the order; empty leaves the weights as they are
 */
record LastBlocks(int count, OptionalLong seed) {
    static LastBlocks asTrained() {
        return new LastBlocks(0, OptionalLong.empty());
    }

    static LastBlocks shuffled(int count, long seed) {
        return new LastBlocks(count, OptionalLong.of(seed));
    }

    /**
     * A block's tensor as it is packed.
     *
     * @param name under which it is packed: each tensor has an order of its own
     * @param after how many blocks follow this one
     */
    Tensor changed(String name, int after, Tensor tensor) {
        if (seed.isEmpty() || after >= count) {
            return tensor;
        }
        float[] values = tensor.toFloats();
        Random random = new Random(seed.getAsLong() ^ (name.hashCode() + 31L * after));
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            float value = values[i];
            values[i] = values[j];
            values[j] = value;
        }
        return Tensor.ofFloats(tensor.name(), values, tensor.shape()).as(tensor.dtype());
    }
}
