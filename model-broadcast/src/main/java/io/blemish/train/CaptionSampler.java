package io.blemish.train;

import io.blemish.caption.Caption;
import io.blemish.caption.Captioner;
import io.blemish.caption.MapperWeights;
import io.blemish.caption.PrefixMapper;
import io.blemish.checkpoint.Precision;
import io.blemish.lm.CausalLm;
import io.blemish.lm.Decoding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes captions for images that a mapper is not trained on, always the same images, and tells whether captions depend on them. */
public final class CaptionSampler {
    /** The most tokens of a sample. */
    private static final int TOKENS = 40;

    private static final int BATCH = 32;

    private final List<CaptionedImage> images;
    private final String prompt;

    /**
     * A sampler.
     *
     * @param data whose first validation images it takes
     * @param most how many of them
     */
    public CaptionSampler(CaptionData data, int most, String prompt) {
        images = List.copyOf(data.held().subList(0, Math.min(most, data.held().size())));
        this.prompt = prompt;
    }

    /** Writes a caption for each image, the likeliest token at each step. */
    public List<CaptionSample> write(MapperWeights weights, CausalLm lm) {
        int room = lm.positions() - weights.config().prefix() - prompt.length();
        Decoding greedy = Decoding.greedy().withTokens(0, Math.max(1, Math.min(TOKENS, room)));
        List<CaptionSample> samples = new ArrayList<>();
        try (PrefixMapper mapper = PrefixMapper.of(weights, Precision.FP32)) {
            Captioner captioner = new Captioner(mapper, lm, prompt);
            for (int from = 0; from < images.size(); from += BATCH) {
                List<CaptionedImage> batch = images.subList(from, Math.min(from + BATCH, images.size()));
                float[][] embeddings =
                        batch.stream().map(CaptionedImage::embedding).toArray(float[][]::new);
                List<List<Caption>> captions = captioner.caption(embeddings, greedy);
                for (int i = 0; i < batch.size(); i++) {
                    samples.add(new CaptionSample(
                            batch.get(i).imageId(),
                            captions.get(i).get(0).text(),
                            batch.get(i).captions()));
                }
            }
        }
        return samples;
    }

    /**
     * Whether captions depend on their images.
     *
     * @param loss of the validation captions
     * @param exchanged of the same behind the prefixes of other images
     */
    public static CollapseCheck check(List<CaptionSample> samples, Score loss, Score exchanged) {
        Set<String> written = new HashSet<>();
        Set<String> given = new HashSet<>();
        for (CaptionSample sample : samples) {
            written.add(sample.written());
            given.add(sample.truths().get(0));
        }
        return new CollapseCheck(samples.size(), written.size(), given.size(), loss.loss(), exchanged.loss());
    }
}
