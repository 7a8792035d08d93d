package io.blemish.udfs;

import io.blemish.broadcast.Device;
import io.blemish.broadcast.DeviceChoice;
import io.blemish.broadcast.DevicePermits;
import io.blemish.broadcast.ExecutorModels;
import io.blemish.broadcast.TaskDevice;
import io.blemish.broadcast.TaskSlots;
import io.blemish.broadcast.TorchThreads;
import io.blemish.caption.Caption;
import io.blemish.caption.Captioner;
import io.blemish.caption.PrefixMapper;
import io.blemish.clip.ClipTexts;
import io.blemish.lm.CausalLm;
import io.blemish.lm.CausalLms;
import io.blemish.lm.Decoding;
import io.blemish.metrics.ClipScore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.apache.spark.util.LongAccumulator;

/** The shared models of a device that caption images, as one task uses them: under a permit. */
final class CaptionModel {
    private static final int HEX = 16;

    /** Below so many texts at once a processor waits for the weights more than it computes; a GPU needs more to be busy. */
    private static final int TEXTS_ON_CPU = 64;

    private static final int TEXTS_ON_CUDA = 512;

    private final Captioner captioner;
    private final Optional<ClipTexts> texts;
    private final Decoding decoding;
    private final double clipWeight;
    private final Device device;
    private final StageClock clock;

    private CaptionModel(
            Captioner captioner, Optional<ClipTexts> texts, Captioning captioning, Device device, StageClock clock) {
        this.captioner = captioner;
        this.texts = texts;
        this.decoding = captioning.decoding();
        this.clipWeight = captioning.clipWeight();
        this.device = device;
        this.clock = clock;
    }

    /** The models of this task's device, loaded by the first task of the JVM. */
    static CaptionModel of(Captioning captioning, DeviceChoice choice, StageClock clock) {
        TorchThreads.configure(TaskSlots.ofJvm().torchThreads());
        Device device = TaskDevice.of(choice);
        LongAccumulator loads = clock.measures().counter(InspectorMeasures.Count.LOADS);
        PrefixMapper mapper = ExecutorModels.model(
                captioning.mapper(),
                device,
                (file, target) -> PrefixMapper.load(file, captioning.config(), target.name()),
                loads);
        CausalLm lm = ExecutorModels.model(
                captioning.languageModel(), device, (file, target) -> CausalLms.load(file, target.name()), loads);
        Optional<ClipTexts> texts = captioning.texts().stream()
                .map(tower -> ExecutorModels.model(tower, device, (file, target) -> ClipTexts.load(file), loads))
                .findFirst();
        return new CaptionModel(new Captioner(mapper, lm, captioning.prompt()), texts, captioning, device, clock);
    }

    /** How many images are captioned at once for speed: each has as many texts in the making as the decoding pursues. */
    int imagesAtOnce() {
        int texts = device.isCuda() ? TEXTS_ON_CUDA : TEXTS_ON_CPU;
        return Math.max(1, texts / decoding.texts());
    }

    /** Captions to choose from: all that are written where CLIP has a say, else those that are asked for. */
    private List<List<Caption>> captions(float[][] embeddings, long[] seeds) {
        return captioner.caption(embeddings, seeds, clipWeight > 0 ? decoding.withBest(decoding.texts()) : decoding);
    }

    /**
     * Captions images.
     *
     * @param imageIds which decide what is drawn for each, whatever batch it comes in
     * @param embeddings as the image tower gives them, not normalised
     */
    List<Captioned> caption(List<String> imageIds, float[][] embeddings) throws InterruptedException {
        if (embeddings.length == 0) {
            return List.of();
        }
        long[] seeds = imageIds.stream()
                .mapToLong(id -> Long.parseUnsignedLong(id.substring(0, HEX), HEX))
                .toArray();
        List<List<Caption>> captions;
        Map<String, float[]> written;
        clock.enter(Stage.WAIT);
        try (DevicePermits.Permit permit = DevicePermits.ofJvm().acquire(device)) {
            clock.enter(Stage.CAPTION);
            captions = captions(embeddings, seeds);
            written = texts.isPresent() ? embedded(texts.get(), captions) : Map.of();
        }
        List<Captioned> captioned = new ArrayList<>(captions.size());
        for (int image = 0; image < embeddings.length; image++) {
            captioned.add(ranked(captions.get(image), embeddings[image], written));
        }
        return captioned;
    }

    /** The embeddings of captions, by their texts: those that CLIP has a say about, or the first ones. Of many images the same is said. */
    private Map<String, float[]> embedded(ClipTexts tower, List<List<Caption>> captions) {
        List<String> different = captions.stream()
                .flatMap(image -> image.stream().limit(clipWeight > 0 ? image.size() : 1))
                .map(Caption::text)
                .distinct()
                .toList();
        float[][] embeddings = tower.embed(
                different.stream().map(text -> ClipScore.PROMPT + text).toList());
        Map<String, float[]> embedded = new HashMap<>();
        for (int i = 0; i < embeddings.length; i++) {
            embedded.put(different.get(i), embeddings[i]);
        }
        return embedded;
    }

    private Captioned ranked(List<Caption> captions, float[] embedding, Map<String, float[]> written) {
        if (written.isEmpty()) {
            return new Captioned(captions, null);
        }
        ToDoubleFunction<Caption> score = caption -> ClipScore.of(embedding, written.get(caption.text()));
        List<Caption> ranked = clipWeight == 0
                ? captions
                : captions.stream()
                        .sorted(Comparator.comparingDouble(
                                caption -> -caption.logProbability() - clipWeight * score.applyAsDouble(caption)))
                        .limit(decoding.best())
                        .toList();
        return new Captioned(ranked, score.applyAsDouble(ranked.get(0)));
    }
}
