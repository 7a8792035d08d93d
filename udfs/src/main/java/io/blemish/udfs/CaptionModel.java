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
import java.util.List;
import org.apache.spark.util.LongAccumulator;

/** The shared models of a device that caption images, as one task uses them: under a permit. */
final class CaptionModel {
    private static final int HEX = 16;

    /** Below so many texts at once a processor waits for the weights more than it computes; a GPU needs more to be busy. */
    private static final int TEXTS_ON_CPU = 64;

    private static final int TEXTS_ON_CUDA = 512;

    private final Captioner captioner;
    private final ClipTexts texts;
    private final Decoding decoding;
    private final Device device;
    private final StageClock clock;

    private CaptionModel(Captioner captioner, ClipTexts texts, Decoding decoding, Device device, StageClock clock) {
        this.captioner = captioner;
        this.texts = texts;
        this.decoding = decoding;
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
        ClipTexts texts =
                ExecutorModels.model(captioning.texts(), device, (file, target) -> ClipTexts.load(file), loads);
        return new CaptionModel(
                new Captioner(mapper, lm, captioning.prompt()), texts, captioning.decoding(), device, clock);
    }

    /** How many images are captioned at once for speed: each has as many texts in the making as the decoding pursues. */
    int imagesAtOnce() {
        int texts = device.isCuda() ? TEXTS_ON_CUDA : TEXTS_ON_CPU;
        return Math.max(1, texts / decoding.texts());
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
        float[][] written;
        clock.enter(Stage.WAIT);
        try (DevicePermits.Permit permit = DevicePermits.ofJvm().acquire(device)) {
            clock.enter(Stage.CAPTION);
            captions = captioner.caption(embeddings, seeds, decoding);
            written = texts.embed(captions.stream()
                    .map(image -> ClipScore.PROMPT + image.get(0).text())
                    .toList());
        }
        List<Captioned> captioned = new ArrayList<>(captions.size());
        for (int image = 0; image < written.length; image++) {
            captioned.add(new Captioned(captions.get(image), ClipScore.of(embeddings[image], written[image])));
        }
        return captioned;
    }
}
