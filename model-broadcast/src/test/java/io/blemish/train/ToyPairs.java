package io.blemish.train;

import io.blemish.checkpoint.Fingerprint;
import io.blemish.checkpoint.Tokenizer;
import io.blemish.clip.ClipConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Noisy pictures in a few colours that their captions name, and a CLIP small enough to learn them in a second. */
final class ToyPairs {
    static final int VOCABULARY = 8;

    private static final int KEPT = 10;
    private static final String[] COLOURS = {"red", "green", "blue", "grey"};
    private static final int[][] RGB = {{200, 40, 40}, {40, 180, 60}, {50, 70, 200}, {128, 128, 128}};

    private ToyPairs() {}

    /** So many pictures, each with two captions. */
    static PairData data(int pictures) {
        PairData data = new PairData(PixelCache.create(KEPT), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < pictures; i++) {
            SplittableRandom random = Randoms.of(7, i);
            int colour = i % COLOURS.length;
            byte[] planes = new byte[3 * KEPT * KEPT];
            for (int p = 0; p < planes.length; p++) {
                planes[p] = (byte) (RGB[colour][p / (KEPT * KEPT)] + random.nextInt(-30, 30));
            }
            data.pixels().write(i, planes);
            data.captions().add(List.of("a " + COLOURS[colour] + " one", COLOURS[colour]));
            data.contents().add(Fingerprint.sha256(planes));
        }
        return data;
    }

    /** A CLIP for pictures of 8 pixels. */
    static ClipConfig config(Path folder, String activation) {
        String tower = "\"hidden_size\": 8, \"num_hidden_layers\": 2, \"num_attention_heads\": 2,"
                + " \"intermediate_size\": 16, \"hidden_act\": \"" + activation + "\"";
        String json = "{\"model_type\": \"clip\", \"projection_dim\": 6, \"text_config\": {" + tower
                + ", \"vocab_size\": " + VOCABULARY + ", \"max_position_embeddings\": 7}, \"vision_config\": {" + tower
                + ", \"image_size\": 8, \"patch_size\": 4}}";
        try {
            Files.writeString(folder.resolve("config.json"), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ClipConfig.ofUntrained(folder);
    }

    /** A tokenizer that knows the captions' words. */
    static Tokenizer tokenizer() {
        List<String> words = List.of("a", "one", "red", "green", "blue", "grey");
        return new Tokenizer() {
            @Override
            public long[] encode(String text) {
                List<Long> ids = new ArrayList<>(List.of(VOCABULARY - 2L));
                for (String word : text.split(" ", -1)) {
                    ids.add((long) words.indexOf(word));
                }
                ids.add(VOCABULARY - 1L);
                return ids.stream().mapToLong(Long::longValue).toArray();
            }

            @Override
            public void close() {}
        };
    }
}
