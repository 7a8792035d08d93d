package io.blemish.train;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.blemish.checkpoint.Fingerprint;
import io.blemish.checkpoint.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Captions as tokens, each with its image's embedding: what a mapper is trained on, and what it is validated with. All captions of an
 * image are on one side.
 *
 * @param training captions that are trained on
 * @param validation captions that are never trained on
 * @param held the images of the latter
 * @param trainingImages how many images the former are of
 * @param cut captions that were too long for the language model and lost their end
 * @param fingerprint changes with any embedding or caption, whatever their order
 */
public record CaptionData(
        List<Told> training,
        List<Told> validation,
        List<CaptionedImage> held,
        long trainingImages,
        long cut,
        String fingerprint) {
    /** Purpose of the generator of exchanged images. */
    private static final long STRANGERS = 5;

    /**
     * One caption of an image.
     *
     * @param image number of the image among those of its side
     * @param embedding the image's
     * @param tokens of the caption, its end included
     */
    record Told(int image, float[] embedding, long[] tokens) {
        int length() {
            return tokens.length;
        }
    }

    /**
     * Encodes captions. Which images validate depends on their identifiers alone.
     *
     * @param tokens the tokens of a caption, its end included
     * @param longest how many of them fit into the language model behind prefix and prompt
     */
    public static CaptionData encode(
            Collection<CaptionedImage> images, Function<String, long[]> tokens, int longest, double validationShare) {
        List<Told> training = new ArrayList<>();
        List<Told> validation = new ArrayList<>();
        List<CaptionedImage> held = new ArrayList<>();
        Fingerprint fingerprint = new Fingerprint();
        long cut = 0;
        int trained = 0;
        // In an order of their own: what is learned must not depend on how the images were read.
        List<CaptionedImage> ordered = images.stream()
                .sorted(Comparator.comparing(CaptionedImage::imageId))
                .toList();
        for (CaptionedImage image : ordered) {
            boolean validates = held(image.imageId(), validationShare);
            int number = validates ? held.size() : trained++;
            if (validates) {
                held.add(image);
            }
            for (String caption : image.captions()) {
                long[] all = tokens.apply(caption);
                cut += all.length > longest ? 1 : 0;
                long[] fitting = Arrays.copyOf(all, Math.min(all.length, longest));
                (validates ? validation : training).add(new Told(number, image.embedding(), fitting));
                fingerprint.value(image.imageId(), caption);
            }
            fingerprint.tensors(List.of(Tensor.ofFloats("embedding", image.embedding(), image.embedding().length)));
        }
        return new CaptionData(training, validation, held, trained, cut, fingerprint.hex());
    }

    /** Tokens that an epoch tells. */
    public long trainingTokens() {
        return training.stream().mapToLong(Told::length).sum();
    }

    /** Each validation caption with the embedding of another image, chosen by chance; with its own if there is no other. */
    List<Told> exchanged(long seed) {
        int[] order = Randoms.order(held.size(), Randoms.of(seed, STRANGERS));
        int[] other = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            other[order[i]] = order[(i + 1) % order.length];
        }
        return validation.stream()
                .map(told ->
                        new Told(told.image(), held.get(other[told.image()]).embedding(), told.tokens()))
                .toList();
    }

    private static boolean held(String imageId, double share) {
        String hash = Fingerprint.sha256(imageId.getBytes(UTF_8));
        return Integer.parseInt(hash.substring(0, 6), 16) < share * (1 << 24);
    }
}
