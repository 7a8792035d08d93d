package io.blemish.jobs.report;

import io.blemish.jobs.report.Html.Element;
import java.util.Optional;

/**
 * A metric of an evaluation as a page shows it.
 *
 * @param metric its name in the table {@code evaluations}
 * @param name what people call it
 * @param unit how it is written
 * @param meaning in one sentence; empty where the text around it says it
 */
record Measure(String metric, String name, Unit unit, String meaning) {
    Measure(String metric, String name, Unit unit) {
        this(metric, name, unit, "");
    }

    /** How a figure is written. */
    enum Unit {
        SHARE,
        DECIMAL;

        String text(double value) {
            return this == SHARE ? Numbers.percent(value) : Numbers.decimal(value, 3);
        }
    }

    /** A figure of this metric. */
    String value(Score score) {
        return score.value().isPresent() ? unit.text(score.value().getAsDouble()) : "–";
    }

    /** The 95 % interval of a figure; empty where there is none. */
    String interval(Score score) {
        return score.low().isPresent() && score.high().isPresent()
                ? unit.text(score.low().getAsDouble()) + " to "
                        + unit.text(score.high().getAsDouble())
                : "";
    }

    /** A cell of a {@link Matrix}; a share has a bar as well. */
    Element cell(Optional<Score> score) {
        if (score.isEmpty()) {
            return Matrix.cell(name, Matrix.number("–")).with("class", "faint");
        }
        Element cell = Matrix.cell(name, Matrix.number(value(score.get())), Matrix.detail(interval(score.get())));
        double share = score.get().value().orElse(0);
        return unit == Unit.SHARE ? cell.add(Bars.bar(share)) : cell;
    }
}
