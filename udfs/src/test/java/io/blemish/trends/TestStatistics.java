package io.blemish.trends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.blemish.metrics.Estimate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.util.Precision;
import org.junit.jupiter.api.Test;

/** Statistics against what Python computes, and laws that they obey. */
class TestStatistics {
    private static final TrendSettings SETTINGS = new TrendSettings(3, 4, 5, 0.05, 0.2);

    /** The numbers of a golden table without its header. */
    private static List<double[]> golden(String name) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                TestStatistics.class.getResourceAsStream("/trends/" + name), StandardCharsets.UTF_8))) {
            List<double[]> rows = new ArrayList<>();
            for (String line : reader.lines().skip(1).toList()) {
                rows.add(Arrays.stream(line.split(",", -1))
                        .mapToDouble(Double::parseDouble)
                        .toArray());
            }
            assertThat(rows).isNotEmpty();
            return rows;
        }
    }

    private static void assertSame(double actual, double expected) {
        assertThat(Precision.equalsWithRelativeTolerance(actual, expected, 1e-8))
                .as("%s for %s", actual, expected)
                .isTrue();
    }

    @Test
    void comparisons() throws IOException {
        for (double[] row : golden("comparison.csv")) {
            Comparison comparison = Comparison.of(
                    new Proportion((long) row[0], (long) row[1]), new Proportion((long) row[2], (long) row[3]));
            assertSame(comparison.z(), row[4]);
            assertSame(comparison.pValue(), row[5]);
        }
    }

    @Test
    void adjustedPValues() throws IOException {
        List<double[]> golden = golden("adjusted.csv");
        double[] adjusted = FalseDiscovery.adjusted(
                golden.stream().mapToDouble(row -> row[0]).toArray());
        for (int i = 0; i < adjusted.length; i++) {
            assertSame(adjusted[i], golden.get(i)[1]);
        }
        assertThat(FalseDiscovery.adjusted(new double[0])).isEmpty();
    }

    @Test
    void movingAverages() throws IOException {
        List<DayCount> days = new ArrayList<>();
        for (double[] row : golden("ewma.csv")) {
            days.add(new DayCount(days.size(), (long) row[1], (long) row[0]));
            days.add(new DayCount(days.size(), 0, 0));
            MovingAverage average = MovingAverage.of(0.02, days, 0.2);
            assertSame(average.value(), row[2]);
            assertSame(average.limits().low(), row[3]);
            assertSame(average.limits().high(), row[4]);
        }
    }

    @Test
    void rates() throws IOException {
        for (double[] row : golden("rate.csv")) {
            Estimate rate = Estimate.share((long) row[0], (long) row[1]);
            assertThat(rate.low()).isCloseTo(row[2], within(1e-9));
            assertThat(rate.high()).isCloseTo(row[3], within(1e-9));
        }
    }

    /** Montgomery's formula by hand: 0.02 ± 3 √(0.02 · 0.98 / 200). */
    @Test
    void limitsOfPChart() {
        Limits limits = Limits.pChart(0.02, 200);
        assertThat(limits.low()).isZero();
        assertThat(limits.high()).isCloseTo(0.049698484809835, within(1e-12));
        assertThat(Limits.pChart(0.02, 0).high()).isNaN();
    }

    @Test
    void windowsLieSideBySide() {
        List<DayCount> days = new ArrayList<>();
        for (int day = 0; day < 12; day++) {
            if (day != 9) {
                days.add(new DayCount(day, 100, day));
            }
        }
        TrendDay last = Series.trend(days, SETTINGS).get(10);
        assertThat(last.counts().day()).isEqualTo(11);
        assertThat(last.recent()).as("days 10 and 11; 9 had no images").isEqualTo(new Proportion(21, 200));
        assertThat(last.baseline()).as("days 5 to 8").isEqualTo(new Proportion(26, 400));
    }

    @Test
    void tooFewAreNotTested() {
        List<TrendDay> trend = Series.trend(
                List.of(new DayCount(1, 100, 1), new DayCount(4, 100, 1), new DayCount(5, 100, 3)), SETTINGS);
        assertThat(trend).map(TrendDay::isTested).containsExactly(false, false, true);
        assertThat(trend.get(0).control().high()).as("without a baseline").isNaN();
        assertThat(Signal.of(Double.NaN, Double.NaN, 0.05)).isEqualTo(Signal.TOO_FEW);
        assertThat(Signal.of(0.05, 2, 0.05)).isEqualTo(Signal.RISING);
        assertThat(Signal.of(0.05, -2, 0.05)).isEqualTo(Signal.FALLING);
        assertThat(Signal.of(0.051, -2, 0.05)).isEqualTo(Signal.STEADY);
    }

    /** A day depends on its two windows alone: computing from any earlier day on gives the same. */
    @Test
    void dayIsTheSameHoweverMuchPrecedesIt() {
        Random random = new Random(5);
        List<DayCount> days = new ArrayList<>();
        for (int day = 0; day < 60; day++) {
            if (random.nextInt(4) > 0) {
                int inspected = random.nextInt(300);
                days.add(new DayCount(day, inspected, inspected == 0 ? 0 : random.nextInt(1 + inspected / 10)));
            }
        }
        List<TrendDay> whole = Series.trend(days, SETTINGS);
        for (int i = 0; i < days.size(); i++) {
            long first = days.get(i).day() - SETTINGS.windowDays() + 1;
            List<DayCount> needed = days.subList(0, i + 1).stream()
                    .filter(day -> day.day() >= first)
                    .toList();
            List<TrendDay> alone = Series.trend(needed, SETTINGS);
            assertThat(alone.get(alone.size() - 1)).isEqualTo(whole.get(i));
        }
    }

    /** Exchanging the windows turns the direction round and leaves the p-value. */
    @Test
    void comparisonIsSymmetric() {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            int n = 1 + random.nextInt(500);
            int m = 1 + random.nextInt(500);
            Proportion a = new Proportion(random.nextInt(n + 1), n);
            Proportion b = new Proportion(random.nextInt(m + 1), m);
            Comparison there = Comparison.of(a, b);
            Comparison back = Comparison.of(b, a);
            assertThat(back.z()).isCloseTo(-there.z(), within(1e-9));
            assertThat(back.pValue()).isCloseTo(there.pValue(), within(1e-9));
            assertThat(there.pValue()).isBetween(0.0, 1.0);
        }
    }

    @Test
    void daysOutOfOrderAreRefused() {
        assertThatThrownBy(() -> Series.trend(List.of(new DayCount(2, 1, 0), new DayCount(1, 1, 0)), SETTINGS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("day 1 follows 2");
        assertThatThrownBy(() -> new DayCount(1, 1, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TrendSettings(0, 1, 1, 0.05, 0.2)).isInstanceOf(IllegalArgumentException.class);
    }
}
