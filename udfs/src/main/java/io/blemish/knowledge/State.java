package io.blemish.knowledge;

import java.util.Locale;

/** Which side of the verdict a description speaks for. */
public enum State {
    /** The product is as it should be. */
    SOUND,
    /** Something is wrong with the product. */
    DEFECT;

    /** The word used in canonical content and messages: {@code sound} or {@code defect}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
