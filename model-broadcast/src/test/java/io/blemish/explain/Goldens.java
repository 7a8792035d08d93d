package io.blemish.explain;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The lines of a file in {@code src/test/resources/explain}; its README says how the files were made. */
final class Goldens {
    private Goldens() {}

    static List<String> lines(String file) throws IOException {
        try (InputStream stream = Goldens.class.getResourceAsStream("/explain/" + file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    static float[] floats(String line) {
        String[] words = line.split(" ", -1);
        float[] values = new float[words.length];
        for (int i = 0; i < words.length; i++) {
            values[i] = Float.parseFloat(words[i]);
        }
        return values;
    }
}
