package io.blemish.metrics;

import static java.util.Objects.requireNonNull;

import io.blemish.error.UserException;
import io.blemish.image.RgbImage;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where something is on a photograph, as a picture of the same size: the pixels of one colour, or all that are not
 * black.
 *
 * @param picture as large as the upright photograph
 * @param colour of the pixels that count, 0xRRGGBB; empty when every pixel counts that is not black
 */
public record Mask(RgbImage picture, Optional<Integer> colour) {
    private static final Pattern COLOUR = Pattern.compile("#?([0-9A-Fa-f]{6})");

    /** Checks that everything is stated. */
    public Mask {
        requireNonNull(picture, "picture is null");
        requireNonNull(colour, "colour is null");
    }

    /**
     * Reads a colour as people write it: {@code 0000ff} or {@code #0000FF}.
     *
     * @throws UserException when it is none
     */
    public static int colour(String text) {
        Matcher matcher = COLOUR.matcher(text.strip());
        if (!matcher.matches()) {
            throw UserException.cannot(
                    "use " + text + " as the colour of masks",
                    "it is not of the form RRGGBB",
                    "Give six hexadecimal digits, such as 0000ff for blue");
        }
        return Integer.parseInt(matcher.group(1), 16);
    }

    /** Whether the pixel counts. */
    boolean at(int x, int y) {
        int from = 3 * (y * picture.width() + x);
        byte[] rgb = picture.rgb();
        int pixel = (rgb[from] & 0xff) << 16 | (rgb[from + 1] & 0xff) << 8 | (rgb[from + 2] & 0xff);
        return colour.isPresent() ? pixel == colour.get() : pixel != 0;
    }

    /** Whether no pixel counts. */
    public boolean isEmpty() {
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                if (at(x, y)) {
                    return false;
                }
            }
        }
        return true;
    }
}
