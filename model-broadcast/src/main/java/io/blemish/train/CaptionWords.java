package io.blemish.train;

import java.util.regex.Pattern;

/** What a caption's words tell about how its picture may be changed. */
final class CaptionWords {
    private static final Pattern SIDE = Pattern.compile("\\b(left|right)", Pattern.CASE_INSENSITIVE);

    private CaptionWords() {}

    /** Whether a caption tells left from right, so that its picture must not be turned over. */
    static boolean namesSide(String caption) {
        return SIDE.matcher(caption).find();
    }
}
