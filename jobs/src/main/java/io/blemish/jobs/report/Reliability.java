package io.blemish.jobs.report;

import static io.blemish.jobs.report.Html.element;
import static io.blemish.jobs.report.Html.text;

import io.blemish.jobs.report.Html.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether probabilities mean what they say: how often the model is right, by how sure it is. */
final class Reliability {
    private static final int SIDE = 240;
    private static final int MARGIN = 36;
    private static final int EXTENT = SIDE + 2 * MARGIN;

    private Reliability() {}

    static Optional<Html> of(Scores scores) {
        List<Html> charts = new ArrayList<>();
        chart(scores, "label", "The best description").ifPresent(charts::add);
        chart(scores, "defective", "Defective").ifPresent(charts::add);
        if (charts.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(element(
                "div",
                element("h3", text("Whether probabilities can be believed")),
                element(
                        "p",
                        "note",
                        "Photographs in bins by the probability that the model gave; a dot shows how many of a bin it was"
                                + " right about, a line its 95 % interval. On the diagonal a probability means what it"
                                + " says; below it the model is too sure of itself, above it too modest. The calibration"
                                + " error is the mean distance from the diagonal; the Brier score the mean squared error"
                                + " of the probability: 0 is perfect for both."),
                element("div", "columns").add(charts)));
    }

    private static Optional<Html> chart(Scores scores, String what, String name) {
        List<Score> bins = scores.of(what + "_reliability");
        if (bins.stream().noneMatch(bin -> bin.value().isPresent())) {
            return Optional.empty();
        }
        Element chart = axes(name, bins.size());
        long most = bins.stream().mapToLong(Score::n).max().orElse(1);
        for (Score bin : bins) {
            Optional<Score> confidence = scores.of(what + "_confidence", bin.slice());
            if (bin.value().isPresent() && confidence.isPresent()) {
                chart = chart.add(bin(bin, value(confidence.get()), most));
            }
        }
        List<String> errors = new ArrayList<>();
        scores.of(what + "_ece", Scores.ALL)
                .ifPresent(score -> errors.add("calibration error " + Numbers.decimal(value(score), 3)));
        scores.of(what + "_brier", Scores.ALL)
                .ifPresent(score -> errors.add("Brier score " + Numbers.decimal(value(score), 3)));
        return Optional.of(element(
                "figure",
                "chart",
                element(
                        "figcaption",
                        element("strong", text(name)),
                        element("span", "detail", String.join(", ", errors))),
                chart));
    }

    private static Element axes(String name, int bins) {
        Element axes = element("svg", "reliability")
                .with("viewBox", "0 0 " + EXTENT + " " + EXTENT)
                .with("role", "img")
                .with("aria-label", name + ": share that was right by probability, in " + bins + " bins");
        for (int tenth = 0; tenth <= 10; tenth += 5) {
            double value = tenth / 10.0;
            axes = axes.add(
                    line("grid", value, 0, value, 1),
                    line("grid", 0, value, 1, value),
                    label(x(value), y(0) + 16, "middle", Numbers.decimal(value, 1)),
                    label(x(0) - 6, y(value) + 4, "end", Numbers.decimal(value, 1)));
        }
        return axes.add(
                line("diagonal", 0, 0, 1, 1),
                label(x(0.5), y(0) + 32, "middle", "probability"),
                label(x(0) - 6, y(1) - 12, "start", "share that was right"));
    }

    private static Html bin(Score bin, double confidence, long most) {
        Element group = element("g", element("title", text(spoken(bin, confidence))));
        if (bin.low().isPresent() && bin.high().isPresent()) {
            group = group.add(line(
                    "interval",
                    confidence,
                    bin.low().getAsDouble(),
                    confidence,
                    bin.high().getAsDouble()));
        }
        double radius = 2.5 + 4 * Math.sqrt((double) bin.n() / most);
        return group.add(element("circle", "dot")
                .with("cx", Numbers.decimal(x(confidence), 1))
                .with("cy", Numbers.decimal(y(value(bin)), 1))
                .with("r", Numbers.decimal(radius, 1)));
    }

    private static String spoken(Score bin, double confidence) {
        return "mean probability " + Numbers.percent(confidence) + ", right " + Numbers.percent(value(bin)) + ", "
                + Numbers.count(bin.n(), "photograph", "photographs");
    }

    private static Element line(String styleClass, double fromX, double fromY, double toX, double toY) {
        return element("line", styleClass)
                .with("x1", Numbers.decimal(x(fromX), 1))
                .with("y1", Numbers.decimal(y(fromY), 1))
                .with("x2", Numbers.decimal(x(toX), 1))
                .with("y2", Numbers.decimal(y(toY), 1));
    }

    private static Html label(double x, double y, String anchor, String text) {
        return element("text", text(text))
                .with("x", Numbers.decimal(x, 1))
                .with("y", Numbers.decimal(y, 1))
                .with("text-anchor", anchor);
    }

    private static double value(Score score) {
        return score.value().orElse(Double.NaN);
    }

    private static double x(double value) {
        return MARGIN + value * SIDE;
    }

    private static double y(double value) {
        return MARGIN + (1 - value) * SIDE;
    }
}
