package io.blemish.explain;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/** Text from files made fit to be drawn: one line without invisible characters, broken to a width. */
final class TextLines {
    private static final String ELLIPSIS = "…";

    private TextLines() {}

    /**
     * The text with runs of white space and control characters as single spaces, without format characters, composed
     * (NFC).
     */
    static String printable(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC)
                .replaceAll("\\p{Cf}", "")
                .replaceAll("[\\s\\p{Z}\\p{Cc}]+", " ")
                .strip();
    }

    /**
     * Breaks text at spaces, and a word wider than a line anywhere; what does not fit the last line ends in an
     * ellipsis.
     *
     * @param width in pixels
     * @param most lines, at least 1
     */
    static List<String> wrapped(String text, GlyphSheet font, int width, int most) {
        List<String> lines = new ArrayList<>();
        String rest = printable(text);
        while (lines.size() < most - 1 && font.width(rest) > width) {
            int end = fitting(rest, font, width);
            int space = rest.lastIndexOf(' ', end);
            int cut = space > 0 ? space : end;
            lines.add(rest.substring(0, cut).strip());
            rest = rest.substring(cut).strip();
        }
        lines.add(shortened(rest, font, width));
        return lines;
    }

    private static String shortened(String text, GlyphSheet font, int width) {
        if (font.width(text) <= width) {
            return text;
        }

        int end = fitting(text, font, width - font.width(ELLIPSIS));
        return text.substring(0, end).strip() + ELLIPSIS;
    }

    /**
     * The length of the longest beginning that fits, at least one character, so that breaking always comes to an end.
     */
    private static int fitting(String text, GlyphSheet font, int width) {
        int end = text.offsetByCodePoints(0, 1);
        while (end < text.length()) {
            int next = text.offsetByCodePoints(end, 1);
            if (font.width(text.substring(0, next)) > width) {
                return end;
            }

            end = next;
        }
        return end;
    }
}
