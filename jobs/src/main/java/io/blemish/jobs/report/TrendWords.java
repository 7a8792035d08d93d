package io.blemish.jobs.report;

import io.blemish.metrics.Estimate;
import io.blemish.tables.DefectTrendsTable;
import io.blemish.trends.Signal;
import java.util.Locale;

/** Series in words. */
final class TrendWords {
    private static final String NOTHING = "–";

    /** What is less likely is not told more exactly. */
    private static final double LEAST = 0.001;

    private TrendWords() {}

    /** What a person calls a defect of {@code defect_trends}. */
    static String defect(String defect) {
        return defect.equals(DefectTrendsTable.ANY) ? "any defect" : defect;
    }

    /** The defect at the beginning of a sentence. */
    static String capitalised(String defect) {
        return sentenceCase(defect(defect));
    }

    /** A text at the beginning of a sentence. */
    static String sentenceCase(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** One sentence: what the series does, since when, and by how much. */
    static String sentence(TrendSeries series) {
        Standing standing = series.standing();
        Signal signal = standing.last().signal();
        String subject = capitalised(standing.defect()) + standing.scope().phrase() + " " + verb(signal);
        return signal.isRaised()
                ? subject + " since " + Numbers.day(series.since()) + ": " + rates(standing.last())
                : subject + ": " + rates(standing.last());
    }

    /** The recent rate with its interval, and the baseline. */
    static String rates(TrendPoint last) {
        Estimate recent = last.recent();
        if (recent.n() == 0) {
            return "no photographs of late";
        }
        String against = Double.isNaN(last.baseline()) ? "; no baseline yet" : " against " + percent(last.baseline());
        return percent(recent.value()) + " [" + percent(recent.low()) + ", " + percent(recent.high()) + "]" + against;
    }

    /** The end of a sentence that begins with the defect. */
    private static String verb(Signal signal) {
        return switch (signal) {
            case RISING -> "rises";
            case FALLING -> "falls";
            case STEADY -> "is steady";
            case TOO_FEW -> "has too few photographs with it to tell";
        };
    }

    /** A share as a percentage; a dash where there is none. */
    static String percent(double share) {
        return Double.isNaN(share) ? NOTHING : Numbers.percent(share);
    }

    /** From one share to another; a dash where there are none. */
    static String range(double low, double high) {
        return Double.isNaN(low) || Double.isNaN(high) ? NOTHING : percent(low) + " – " + percent(high);
    }

    /** A likelihood, small ones without their many zeros; a dash where there is none. */
    static String likelihood(double likelihood) {
        if (Double.isNaN(likelihood)) {
            return NOTHING;
        }
        return likelihood < LEAST ? "< " + LEAST : Numbers.decimal(likelihood, 3);
    }

    /** The signal in a table. */
    static String name(Signal signal) {
        return signal.text().replace('_', ' ');
    }

    /** The signal's mark, beside words that say the same. */
    static Html mark(Signal signal) {
        return Html.element("span", "mark " + styleClass(signal), sign(signal)).with("aria-hidden", "true");
    }

    /** What tells it by its shape. */
    private static String sign(Signal signal) {
        return switch (signal) {
            case RISING -> "▲";
            case FALLING -> "▼";
            case STEADY -> "●";
            case TOO_FEW -> "○";
        };
    }

    /** The class that the style sheet knows the signal by. */
    static String styleClass(Signal signal) {
        return signal.text().replace('_', '-');
    }
}
