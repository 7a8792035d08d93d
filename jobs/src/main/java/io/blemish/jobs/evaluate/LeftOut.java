package io.blemish.jobs.evaluate;

import java.util.Locale;

/** Why something that truths speak of was not evaluated. */
public enum LeftOut {
    NOT_INSPECTED("labelled images not inspected", "or their inspection failed"),
    CONTRADICTORY("contradictory labels", "images called both sound and defective"),
    UNMAPPED("rows of other words", "give them a meaning with --map WORD=DESCRIPTION"),
    MASK_NOT_EXPLAINED("masks without heat maps", "their images are not inspected, or without maps"),
    MASK_OUTSIDE("masks outside of the crop", "the model has not seen them"),
    MASK_EMPTY("empty masks", "no pixel counts; --mask-colour of truth import chooses"),
    MASK_UNUSABLE("masks that cannot be used", "gone, damaged, or of another size than the photograph"),
    PHOTOGRAPH_UNREADABLE("photographs gone", "they cannot be read any more");

    private final String what;
    private final String remark;

    LeftOut(String what, String remark) {
        this.what = what;
        this.remark = remark;
    }

    /** What was left out, in a few words. */
    public String what() {
        return what;
    }

    /** Why, or what to do about it. */
    public String remark() {
        return remark;
    }

    /** The reason as runs count it. */
    public String count() {
        return name().toLowerCase(Locale.ROOT);
    }
}
