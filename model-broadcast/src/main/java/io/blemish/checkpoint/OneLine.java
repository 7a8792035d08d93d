package io.blemish.checkpoint;

/** Makes text from a file fit to be shown: names may be of any length and hold line breaks or terminal commands. */
final class OneLine {
    private static final int LONGEST = 1000;

    private OneLine() {}

    static String of(String text) {
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return shown.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]", "?");
    }
}
