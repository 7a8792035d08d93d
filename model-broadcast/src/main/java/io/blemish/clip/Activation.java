package io.blemish.clip;

/** The function between the two layers of a block's feed-forward network. */
public enum Activation {
    /** {@code x · sigmoid(1.702 x)}: OpenAI's checkpoints. */
    QUICK_GELU("quick_gelu"),
    /** {@code x · Φ(x)}, exact: LAION's and DataComp's checkpoints. */
    GELU("gelu");

    /** quick_gelu(x) is SiLU(1.702 x) / 1.702. */
    private static final float SIGMOID_SCALE = 1.702f;

    private final String label;

    Activation(String label) {
        this.label = label;
    }

    /** The name in a configuration's {@code hidden_act}. */
    public String label() {
        return label;
    }

    /** By what the layer before is multiplied, and the one after divided, so that the scripts' SiLU or GELU does the rest. */
    float fold() {
        return this == QUICK_GELU ? SIGMOID_SCALE : 1;
    }
}
