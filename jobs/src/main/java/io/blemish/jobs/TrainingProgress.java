package io.blemish.jobs;

import io.blemish.train.Epoch;
import io.blemish.train.Score;
import io.blemish.train.TrainingListener;
import java.time.Duration;
import java.util.Locale;

/** Shows how a training is getting on: step, loss, accuracy, rate and time left; a line for each epoch. */
final class TrainingProgress implements TrainingListener, AutoCloseable {
    private static final Duration LIVE_INTERVAL = Duration.ofMillis(500);
    private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

    /** How much of a new step goes into the loss that is shown. */
    private static final double SHARE = 0.1;

    private final Terminal terminal;
    private final String noun;
    private final long begin = System.nanoTime();
    private Ticker ticker;
    private long first;
    private long step;
    private long steps;
    private long examples;
    private int epoch;
    private double loss;
    private double accuracy;

    /**
     * Shows progress on the terminal until it is closed.
     *
     * @param noun what is trained on, in the plural
     */
    TrainingProgress(Terminal terminal, String noun) {
        this.terminal = terminal;
        this.noun = noun;
        this.ticker = switch (terminal.chatter()) {
            case LIVE -> Ticker.every(LIVE_INTERVAL, "progress", () -> terminal.live(line()));
            case LOG -> Ticker.every(LOG_INTERVAL, "progress", () -> terminal.warn(line()));
            case QUIET -> null;
        };
    }

    @Override
    public synchronized void step(long taken, long all, Score score, int current) {
        boolean fresh = examples == 0;
        loss = fresh ? score.loss() : loss + SHARE * (score.loss() - loss);
        accuracy = fresh ? score.accuracy() : accuracy + SHARE * (score.accuracy() - accuracy);
        step = taken;
        steps = all;
        epoch = current;
        examples += score.examples();
    }

    @Override
    public synchronized void resumed(long reached) {
        first = reached;
        step = reached;
        if (terminal.chatter() != Terminal.Chatter.QUIET) {
            terminal.warn("Going on from step " + reached);
        }
    }

    @Override
    public void epoch(Epoch ended) {
        if (terminal.chatter() == Terminal.Chatter.QUIET) {
            return;
        }

        if (terminal.chatter() == Terminal.Chatter.LIVE) {
            terminal.live("");
        }
        terminal.warn(String.format(
                Locale.ROOT,
                "epoch %d: loss %.4f, accuracy %.3f; validation loss %.4f, accuracy %.3f; %.0f s",
                ended.epoch(),
                ended.training().loss(),
                ended.training().accuracy(),
                ended.validation().loss(),
                ended.validation().accuracy(),
                ended.seconds()));
    }

    @Override
    public void close() {
        if (ticker != null) {
            ticker.close();
        }
        if (terminal.chatter() == Terminal.Chatter.LIVE) {
            terminal.live("");
        }
    }

    private synchronized String line() {
        double seconds = (System.nanoTime() - begin) / 1e9;
        double rate = seconds > 0 ? examples / seconds : 0;
        String left = step > first ? Progress.clock((steps - step) * seconds / (step - first)) : "?";
        return String.format(
                Locale.ROOT,
                "training: epoch %d, step %,d of %,d, loss %.3f, accuracy %.3f, %.1f %s/s, %s left",
                epoch,
                step,
                steps,
                loss,
                accuracy,
                rate,
                noun,
                left);
    }
}
