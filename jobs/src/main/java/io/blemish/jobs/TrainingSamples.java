package io.blemish.jobs;

import io.blemish.train.CaptionSample;
import io.blemish.train.CaptionSampler;
import io.blemish.train.CollapseCheck;
import io.blemish.train.Epoch;
import io.blemish.train.MapperTrainer;
import io.blemish.train.Score;
import io.blemish.train.TrainingListener;
import java.util.List;

/** Shows, with each epoch, captions of images that are not trained on, and warns where they do not depend on the images. */
final class TrainingSamples implements TrainingListener {
    private static final int SHOWN = 3;

    private final TrainingListener progress;
    private final Terminal terminal;
    private final MapperTrainer trainer;
    private final CaptionSampler sampler;
    private final TunedLm lm;

    TrainingSamples(
            TrainingListener progress, Terminal terminal, MapperTrainer trainer, CaptionSampler sampler, TunedLm lm) {
        this.progress = progress;
        this.terminal = terminal;
        this.trainer = trainer;
        this.sampler = sampler;
        this.lm = lm;
    }

    @Override
    public void step(long step, long steps, Score score, int epoch) {
        progress.step(step, steps, score, epoch);
    }

    @Override
    public void resumed(long step) {
        progress.resumed(step);
    }

    @Override
    public void epoch(Epoch ended) {
        progress.epoch(ended);
        if (terminal.chatter() == Terminal.Chatter.QUIET) {
            return;
        }

        lm.write(trainer.trainedLanguageModel());
        List<CaptionSample> samples = sampler.write(trainer.trained(), lm.loaded());
        CollapseCheck check = CaptionSampler.check(samples, ended.validation(), trainer.validateExchanged());
        terminal.warn("  " + check.told());
        samples.stream()
                .limit(SHOWN)
                .forEach(sample -> terminal.warn("  " + Printable.text(sample.written()) + "   (given: "
                        + Printable.text(sample.truths().get(0)) + ")"));
        if (ended.epoch() > 1) {
            check.warning().ifPresent(terminal::warn);
        }
    }
}
