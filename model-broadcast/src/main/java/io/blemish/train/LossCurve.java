package io.blemish.train;

import io.blemish.error.UserException;
import io.blemish.explain.LineChart;
import io.blemish.explain.Png;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Draws how loss and accuracy went from epoch to epoch, in training and validation. */
public final class LossCurve {
    private static final int TRAINING = 0x2F6DB5;
    private static final int VALIDATION = 0xD0611A;

    private LossCurve() {}

    /**
     * Writes the chart as a PNG.
     *
     * @param accuracy what the accuracy is of, for example {@code top-1 accuracy}
     */
    public static void write(Path file, String title, String accuracy, List<Epoch> epochs) {
        LineChart chart = new LineChart(
                title,
                "epoch",
                List.of(
                        new LineChart.Panel("loss", lines(epochs, Score::loss)),
                        new LineChart.Panel(accuracy, lines(epochs, Score::accuracy))));
        try {
            Files.write(file, Png.encode(chart.draw()));
        } catch (IOException e) {
            throw UserException.cannot("write " + file, e.toString(), "Check the folder and its free space", e);
        }
    }

    private static List<LineChart.Line> lines(List<Epoch> epochs, ToDoubleFunction<Score> value) {
        double[] x = epochs.stream().mapToDouble(Epoch::epoch).toArray();
        return List.of(
                new LineChart.Line(
                        "training",
                        TRAINING,
                        x,
                        epochs.stream()
                                .mapToDouble(epoch -> value.applyAsDouble(epoch.training()))
                                .toArray()),
                new LineChart.Line(
                        "validation",
                        VALIDATION,
                        x,
                        epochs.stream()
                                .mapToDouble(epoch -> value.applyAsDouble(epoch.validation()))
                                .toArray()));
    }
}
