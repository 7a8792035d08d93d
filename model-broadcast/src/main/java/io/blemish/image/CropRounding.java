package io.blemish.image;

/**
 * How the offset of a centre crop is rounded when the margin is odd. The two differ by a pixel in one case out of four.
 */
public enum CropRounding {
    /** Half to even, as OpenAI's preprocessing and torchvision do. */
    TORCHVISION,
    /** Down, as the processors of Hugging Face do. */
    HF;

    int offset(int margin) {
        return this == HF ? margin / 2 : (int) Math.rint(margin / 2.0);
    }
}
