package io.blemish.trends;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the defaults find in plants in which a defect triples on one line, and another one falls to a third at one site, from day
 * 60 on: signals within 14 days, and few others.
 */
class TestSimulation {
    private static final int SEEDS = 20;
    private static final int ENOUGH = 18;
    private static final int CHANGED = 60;
    private static final int LATEST = CHANGED + 14;
    private static final TrendSettings SETTINGS = new TrendSettings(14, 56, 5, 0.05, 0.2);

    private static final String RISING = "site 0 line 0 defect 0";
    private static final String FALLING = "site 1 defect 1";

    private static int rising;
    private static int falling;
    private static double falseShares;

    @BeforeAll
    static void simulate() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Map<String, Signal[]> signals =
                    Plant.drawn(seed, TestSimulation::rate).signals(SETTINGS, CHANGED);
            rising += isFlagged(signals.get(RISING), Signal.RISING);
            falling += isFlagged(signals.get(FALLING), Signal.FALLING);
            falseShares += falseShare(signals);
        }
    }

    private static double rate(Plant.Place place) {
        if (place.day() < CHANGED) {
            return Plant.RATE;
        } else if (place.site() == 0 && place.line() == 0 && place.defect() == 0) {
            return 3 * Plant.RATE;
        }
        return place.site() == 1 && place.defect() == 1 ? Plant.RATE / 3 : Plant.RATE;
    }

    private static int isFlagged(Signal[] series, Signal expected) {
        for (int day = CHANGED; day <= LATEST; day++) {
            if (series[day] == expected) {
                return 1;
            }
        }
        return 0;
    }

    /** Share of the last day's signals that are of series whose rate has not changed. */
    private static double falseShare(Map<String, Signal[]> signals) {
        int all = 0;
        int wrong = 0;
        for (Map.Entry<String, Signal[]> series : signals.entrySet()) {
            Signal signal = series.getValue()[Plant.DAYS - 1];
            if (signal == Signal.RISING || signal == Signal.FALLING) {
                all++;
                wrong += isChanged(series.getKey()) ? 0 : 1;
            }
        }
        return all == 0 ? 0 : (double) wrong / all;
    }

    /** True of series that hold images of a place, and a defect, whose rate has changed. */
    private static boolean isChanged(String series) {
        boolean tripled = series.matches("(all|site 0|site 0 line 0) defect [0*]");
        boolean third = series.matches("(all|site 1|site 1 line \\d) defect [1*]");
        return tripled || third;
    }

    @Test
    void tripledRateIsFlaggedWithinAFortnight() {
        assertThat(rising).isBetween(ENOUGH, SEEDS);
    }

    @Test
    void rateThatFellToAThirdIsFlaggedWithinAFortnight() {
        assertThat(falling).isBetween(ENOUGH, SEEDS);
    }

    @Test
    void fewSignalsAreFalse() {
        assertThat(falseShares / SEEDS).isLessThanOrEqualTo(0.05);
    }
}
