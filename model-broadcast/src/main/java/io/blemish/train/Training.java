package io.blemish.train;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import io.blemish.checkpoint.StateDict;
import io.blemish.checkpoint.Tensor;
import io.blemish.error.InternalException;
import io.blemish.error.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The loop of a training: batches, steps of AdamW under a schedule, validation after each epoch, early stopping, and a
 * state on disk from which a killed training goes on as if nothing had happened.
 */
public final class Training {
    private final Task task;
    private final TrainingOptions options;
    private final TrainingFolder folder;
    private final TrainingListener listener;
    private final Schedule schedule;
    private final List<Epoch> epochs = new ArrayList<>();
    private Optional<StateDict> best = Optional.empty();
    private AdamW optimiser;
    private long step;
    private int batch;
    private Score score = Score.NONE;
    private long savedAt;
    private long epochBegan;

    private Training(Task task, TrainingOptions options, TrainingFolder folder, TrainingListener listener) {
        this.task = task;
        this.options = options;
        this.folder = folder;
        this.listener = listener;
        this.schedule = Schedule.of(options.rate(), options.warmUp(), options.epochs() * stepsOfEpoch());
    }

    /**
     * Trains on a thread of its own until the last epoch, or until the validation loss no longer falls. The task's
     * weights are then those after its best epoch.
     *
     * @return the epochs, at least one
     */
    public static List<Epoch> run(
            Task task, TrainingOptions options, TrainingFolder folder, TrainingListener listener) {
        // The number of threads and the recording of gradients are set for one thread alone.
        Engine.getEngine("PyTorch");
        ExecutorService thread = Executors.newSingleThreadExecutor(work -> new Thread(work, "training"));
        try {
            return thread.submit(() -> {
                        JniUtils.setNumThreads(options.threads());
                        // Forwards are recorded only while a task has a collector open.
                        JniUtils.setGradMode(false);
                        // Code that the engine makes after some forwards rounds otherwise than before, so that a
                        // training that goes on would differ from one that was never stopped; it is no faster.
                        JniUtils.setGraphExecutorOptimize(false);
                        return new Training(task, options, folder, listener).run();
                    })
                    .get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new InternalException("The training failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InternalException("The training was interrupted", e);
        } finally {
            thread.shutdownNow();
        }
    }

    private List<Epoch> run() {
        try (AdamW adam = new AdamW(task.weights(), options.optimiser())) {
            optimiser = adam;
            savedAt = System.nanoTime();
            epochBegan = System.nanoTime();
            folder.load().ifPresent(this::resume);
            while (epochs.size() < options.epochs() && !EarlyStopping.stops(epochs, options.patience())) {
                epoch(epochs.size() + 1);
            }
        }
        best.ifPresent(task.weights()::restore);
        return List.copyOf(epochs);
    }

    private void resume(TrainingState state) {
        step = state.step();
        batch = state.batch();
        score = state.score();
        epochs.addAll(state.epochs());
        best = state.best();
        epochBegan = System.nanoTime() - (long) (state.seconds() * 1e9);
        task.weights().restore(state.values());
        optimiser.restore(state.values());
        listener.resumed(step);
    }

    private void epoch(int epoch) {
        while (batch < task.batches()) {
            Score taken = step(epoch);
            listener.step(step, schedule.steps(), taken, epoch);
            if (System.nanoTime() - savedAt > options.checkpointSeconds() * 1e9 && batch < task.batches()) {
                save(epoch);
            }
        }
        Epoch ended = new Epoch(epoch, step, score, task.validate(), schedule.rate(step), seconds());
        epochs.add(ended);
        if (EarlyStopping.best(epochs).filter(ended::equals).isPresent()) {
            best = Optional.of(StateDict.of(task.weights().trainedTensors()));
        }
        batch = 0;
        score = Score.NONE;
        epochBegan = System.nanoTime();
        save(epoch + 1);
        listener.epoch(ended);
    }

    private Score step(int epoch) {
        int last = Math.min(batch + options.accumulation(), task.batches());
        int added = last - batch;
        Score taken = Score.NONE;
        for (; batch < last; batch++) {
            taken = taken.plus(task.train(epoch, batch));
        }
        if (!Double.isFinite(taken.loss())) {
            throw UserException.cannot(
                    "go on with the training",
                    "the loss of step " + (step + 1) + " is no number",
                    "Repeat it with a lower learning rate, in another folder");
        }
        step++;
        optimiser.step(step, added, schedule.rate(step));
        task.afterStep();
        score = score.plus(taken);
        return taken;
    }

    private void save(int epoch) {
        List<Tensor> values = new ArrayList<>(task.weights().trainedTensors());
        values.addAll(optimiser.moments());
        folder.save(new TrainingState(
                step, epoch, batch, score, seconds(), List.copyOf(epochs), StateDict.of(values), best));
        savedAt = System.nanoTime();
    }

    private double seconds() {
        return (System.nanoTime() - epochBegan) / 1e9;
    }

    private long stepsOfEpoch() {
        return (task.batches() + options.accumulation() - 1L) / options.accumulation();
    }
}
