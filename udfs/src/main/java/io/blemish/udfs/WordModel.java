package io.blemish.udfs;

import io.blemish.broadcast.Device;
import io.blemish.broadcast.DevicePermits;
import io.blemish.broadcast.ExecutorModels;
import io.blemish.broadcast.TaskDevice;
import io.blemish.broadcast.TaskSlots;
import io.blemish.broadcast.TorchThreads;
import io.blemish.caption.PrefixMapper;
import io.blemish.caption.WordGradient;
import io.blemish.caption.WordGradients;
import io.blemish.clip.ClipVisionEncoder;
import io.blemish.clip.PixelBatch;
import io.blemish.lm.PrefixGradients;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.util.LongAccumulator;

/** The shared models of a device that tell what words rest on, as one task uses them: under a permit. */
final class WordModel {
    private final WordGradients gradients;
    private final ClipVisionEncoder encoder;
    private final Device device;
    private final StageClock clock;

    private WordModel(WordGradients gradients, ClipVisionEncoder encoder, Device device, StageClock clock) {
        this.gradients = gradients;
        this.encoder = encoder;
        this.device = device;
        this.clock = clock;
    }

    /** The models of this task's device, loaded by the first task of the JVM. */
    static WordModel of(WordSettings settings, StageClock clock) {
        TorchThreads.configure(TaskSlots.ofJvm().torchThreads());
        Device device = TaskDevice.of(settings.device());
        LongAccumulator loads = clock.measures().counter(InspectorMeasures.Count.LOADS);
        ClipVisionEncoder encoder = ExecutorModels.model(
                settings.vision(), device, (file, target) -> ClipVisionEncoder.load(file, target.name()), loads);
        PrefixMapper mapper = ExecutorModels.model(
                settings.mapper(),
                device,
                (file, target) -> PrefixMapper.load(file, settings.config(), target.name()),
                loads);
        PrefixGradients lm = ExecutorModels.model(
                settings.languageModel(), device, (file, target) -> PrefixGradients.load(file, target.name()), loads);
        return new WordModel(new WordGradients(mapper, lm, settings.prompt()), encoder, device, clock);
    }

    /**
     * The words of captions.
     *
     * @param embeddings of the photographs, as the image tower gave them, not normalised
     * @param pictures their crops
     * @return the words of each caption in their order
     */
    List<List<ExplainedWord>> explain(List<String> captions, float[][] embeddings, PixelBatch pictures)
            throws InterruptedException {
        clock.enter(Stage.WAIT);
        try (DevicePermits.Permit permit = DevicePermits.ofJvm().acquire(device)) {
            clock.enter(Stage.CAPTION);
            List<List<WordGradient>> words = new ArrayList<>();
            for (int image = 0; image < embeddings.length; image++) {
                words.add(gradients.of(embeddings[image], captions.get(image)));
            }
            clock.enter(Stage.FORWARD);
            return explained(words, encoder.relevance(pictures, padded(words)));
        }
    }

    /** The tower takes equally many scores of each picture: captions of fewer words are filled with scores that rest on nothing. */
    private float[][][] padded(List<List<WordGradient>> captions) {
        int most = captions.stream().mapToInt(List::size).max().orElse(0);
        float[] nothing = new float[encoder.width()];
        float[][][] padded = new float[captions.size()][Math.max(1, most)][];
        for (int image = 0; image < padded.length; image++) {
            List<WordGradient> words = captions.get(image);
            for (int word = 0; word < padded[image].length; word++) {
                padded[image][word] = word < words.size() ? words.get(word).gradient() : nothing;
            }
        }
        return padded;
    }

    private static List<List<ExplainedWord>> explained(List<List<WordGradient>> captions, float[][][] grids) {
        List<List<ExplainedWord>> explained = new ArrayList<>();
        for (int image = 0; image < captions.size(); image++) {
            List<ExplainedWord> words = new ArrayList<>();
            for (WordGradient told : captions.get(image)) {
                words.add(new ExplainedWord(told.word(), told.logProbability(), grids[image][words.size()]));
            }
            explained.add(words);
        }
        return explained;
    }
}
