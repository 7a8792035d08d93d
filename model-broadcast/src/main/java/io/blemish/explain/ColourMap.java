package io.blemish.explain;

import io.blemish.error.InternalException;
import io.blemish.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The colours that stand for relevance from 0 to 1, in 256 steps as matplotlib has them.
 *
 * <p>Viridis, plasma and magma (Nathaniel Smith, Stéfan van der Walt, CC0) and cividis (Jamie Nuñez, Christopher
 * Anderton and Ryan Renslow, 2018, CC0) are perceptually uniform, grow lighter all the way and can be read with any
 * kind of colour blindness. Jet is none of this; it is what CLIPCap-XAI draws with, and serves its maps only.
 */
public enum ColourMap {
    /** Dark blue over teal to yellow. */
    VIRIDIS,
    /** Dark blue over grey to yellow: nearly the same picture with and without colour blindness. */
    CIVIDIS,
    /** Black over purple to pale yellow. */
    MAGMA,
    /** Blue over magenta to yellow. */
    PLASMA,
    /** Blue, cyan, yellow, red. Neither uniform nor safe. */
    JET;

    private static final int STEPS = 256;

    /** The colour of a relevance in [0, 1] as {@code 0xRRGGBB}; what lies outside gets the nearest end. */
    public int rgb(double relevance) {
        int step = (int) (Math.max(0, Math.min(1, relevance)) * STEPS);
        return Tables.COLOURS.get(this)[Math.min(step, STEPS - 1)];
    }

    /** The name in configuration files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The colour map of that name. */
    public static ColourMap parse(String label) {
        for (ColourMap map : values()) {
            if (map.label().equals(label)) {
                return map;
            }
        }
        throw UserException.cannot("draw tiles", "there is no colour map of that name (" + label + ")", cure());
    }

    /** The choice that a user has, as the cure of a mistake. */
    static String cure() {
        return Arrays.stream(values())
                .filter(map -> map != JET)
                .map(ColourMap::label)
                .collect(Collectors.joining(", ", "Use one of ", ""));
    }

    /** Read once, when the first tile is drawn. */
    private static final class Tables {
        static final Map<ColourMap, int[]> COLOURS = read();

        private static Map<ColourMap, int[]> read() {
            Map<ColourMap, int[]> tables = new EnumMap<>(ColourMap.class);
            try (InputStream stream = ColourMap.class.getResourceAsStream("colour-maps.txt")) {
                String text = new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
                for (String line : text.lines().toList()) {
                    String[] nameAndColours = line.split(" ", 2);
                    int[] colours = new int[STEPS];
                    Arrays.setAll(colours, i -> HexFormat.fromHexDigits(nameAndColours[1], 6 * i, 6 * i + 6));
                    tables.put(parse(nameAndColours[0]), colours);
                }
            } catch (IOException e) {
                throw new InternalException("the colour maps are missing from the jar", e);
            }
            int[] jet = new int[STEPS];
            Arrays.setAll(jet, Tables::jet);
            tables.put(JET, jet);
            return tables;
        }

        /**
         * The segments of matplotlib's {@code _jet_data}, in its own order of operations, because channels are
         * truncated to 8 bits, as CLIPCap-XAI does: a last digit decides.
         */
        private static int jet(int step) {
            double position = (STEPS - 1) * (step * (1.0 / (STEPS - 1)));
            int red = channel(position, new double[] {0, 0.35, 0.66, 0.89, 1}, new double[] {0, 0, 1, 1, 0.5});
            int green =
                    channel(position, new double[] {0, 0.125, 0.375, 0.64, 0.91, 1}, new double[] {0, 0, 1, 1, 0, 0});
            int blue = channel(position, new double[] {0, 0.11, 0.34, 0.65, 1}, new double[] {0.5, 1, 1, 0, 0});
            return red << 16 | green << 8 | blue;
        }

        private static int channel(double position, double[] knots, double[] values) {
            int right = 1;
            while ((STEPS - 1) * knots[right] < position) {
                right++;
            }
            double before = (STEPS - 1) * knots[right - 1];
            double share = (position - before) / ((STEPS - 1) * knots[right] - before);
            return (int) (255 * (share * (values[right] - values[right - 1]) + values[right - 1]));
        }
    }
}
