package io.blemish.clip;

import io.blemish.checkpoint.Precision;
import io.blemish.checkpoint.StateDict;
import io.blemish.checkpoint.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A checkpoint of {@code reference.py} with the inputs and outputs that PyTorch gives for it. */
record Golden(Path folder, StateDict values) {
    static final List<String> ACTIVATIONS = List.of("quick_gelu", "gelu");

    /** A tiny one, from the test resources. */
    static Golden tiny(String activation) {
        try {
            return of(Path.of(Golden.class.getResource("/clip/" + activation).toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Golden of(Path folder) {
        return new Golden(folder, StateDict.read(folder.resolve("golden.safetensors")));
    }

    /** The vision tower on the CPU. */
    static ClipVisionEncoder encoder(Clip clip, Precision precision) {
        try {
            Path archive = Files.createTempFile("vision", ".pt");
            try {
                clip.writeVision(archive, precision);
                return ClipVisionEncoder.load(archive, "cpu");
            } finally {
                Files.delete(archive);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Clip clip() {
        return Clip.open(folder);
    }

    float[] floats(String name) {
        return values.tensor(name).toFloats();
    }

    /** A tensor of rows. */
    float[][] rows(String name) {
        Tensor tensor = values.tensor(name);
        float[] all = tensor.toFloats();
        int width = Math.toIntExact(tensor.size(-1));
        float[][] rows = new float[all.length / width][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(all, row * width, (row + 1) * width);
        }
        return rows;
    }

    /** The texts' tokens, padding and all. */
    List<long[]> tokens() {
        Tensor ids = values.tensor("input_ids");
        int length = Math.toIntExact(ids.size(1));
        List<long[]> texts = new ArrayList<>();
        for (int row = 0; row < ids.size(0); row++) {
            long[] text = new long[length];
            ids.slice(row, row + 1)
                    .data()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asLongBuffer()
                    .get(text);
            texts.add(text);
        }
        return texts;
    }

    /** Normalised embeddings of the golden texts. */
    DescriptionMatrix descriptions() {
        return new DescriptionMatrix(
                Arrays.stream(rows("text_embeds")).map(UnitVectors::unit).toArray(float[][]::new));
    }

    /** Random pictures, always the same for the same seed. */
    static PixelBatch pictures(int images, int side, long seed) {
        byte[] pixels = new byte[images * 3 * side * side];
        new Random(seed).nextBytes(pixels);
        return new PixelBatch(pixels, images, side);
    }

    /** |ours − theirs| / |theirs| over all values. */
    static double relativeError(float[] ours, float[] theirs) {
        if (ours.length != theirs.length) {
            throw new IllegalArgumentException(ours.length + " values against " + theirs.length);
        }
        double difference = 0;
        double length = 0;
        for (int i = 0; i < ours.length; i++) {
            difference += Math.pow((double) ours[i] - theirs[i], 2);
            length += Math.pow(theirs[i], 2);
        }
        return Math.sqrt(difference / length);
    }

    static double cosine(float[] a, float[] b) {
        float[] x = UnitVectors.unit(a);
        float[] y = UnitVectors.unit(b);
        double dot = 0;
        for (int i = 0; i < x.length; i++) {
            dot += (double) x[i] * y[i];
        }
        return dot;
    }

    static float[] flat(float[][] rows) {
        int width = rows[0].length;
        float[] all = new float[rows.length * width];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, all, row * width, width);
        }
        return all;
    }
}
