package io.blemish.jobs.report;

import io.blemish.jobs.report.TrendPoint.Range;
import io.blemish.jobs.report.TrendScope.Part;
import io.blemish.metrics.Estimate;
import io.blemish.tables.DefectTrendsTable;
import io.blemish.trends.Signal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Trends as a survey brings them, without a warehouse: one series rises, one falls, one has too few photographs. */
final class TrendsFixture {
    static final LocalDate FIRST = LocalDate.parse("2026-04-02");
    static final int DAYS = 90;

    private static final int TURN = 60;
    private static final int BASED = 20;
    private static final int INSPECTED = 200;

    private final UnaryOperator<String> spelling;
    private final Random random = new Random(11);

    TrendsFixture(UnaryOperator<String> spelling) {
        this.spelling = spelling;
    }

    Trends trends(List<Exhibit> evidence) {
        Slugs slugs = new Slugs();
        List<DefectTrends> defects = new ArrayList<>();
        List<TrendSeries> charts = new ArrayList<>();
        for (String defect : List.of(DefectTrendsTable.ANY, "green mould", "bruise", "scab")) {
            String name = defect.equals(DefectTrendsTable.ANY) ? defect : spelling.apply(defect);
            List<TrendSeries> series = List.of(
                    series(name, signal(defect), "site", "north"),
                    series(name, Signal.STEADY, "site", "south"),
                    series(name, signal(defect), "site", "north", "line", "north-1"),
                    series(name, Signal.STEADY));
            charts.addAll(series.subList(0, 2));
            defects.add(new DefectTrends(
                    name,
                    slugs.of(TrendWords.defect(name)),
                    series,
                    series.stream().map(TrendSeries::standing).toList(),
                    3,
                    defect.equals("scab") ? List.of() : evidence.subList(0, 2)));
        }
        return new Trends(FIRST.plusDays(DAYS - 1), 4, 2, charts, 1, defects, 0);
    }

    private static Signal signal(String defect) {
        return switch (defect) {
            case "green mould", DefectTrendsTable.ANY -> Signal.RISING;
            case "bruise" -> Signal.FALLING;
            default -> Signal.TOO_FEW;
        };
    }

    private TrendSeries series(String defect, Signal signal, String... columns) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < columns.length; i += 2) {
            parts.add(new Part(columns[i], Optional.of(spelling.apply(columns[i + 1]))));
        }
        List<TrendPoint> points = new ArrayList<>();
        double average = rate(signal, 0);
        for (int day = 0; day < DAYS; day++) {
            TrendPoint point = point(day, signal, average);
            average = 0.8 * average + 0.2 * point.share();
            points.add(point);
        }
        return new TrendSeries(new Standing(new TrendScope(parts), defect, points.get(points.size() - 1)), points);
    }

    private static double rate(Signal signal, int day) {
        boolean turned = day >= TURN;
        return switch (signal) {
            case RISING -> turned ? 0.06 : 0.02;
            case FALLING -> turned ? 0.01 : 0.04;
            case STEADY -> 0.02;
            case TOO_FEW -> 0.0005;
        };
    }

    private TrendPoint point(int day, Signal signal, double average) {
        long count = 0;
        for (int image = 0; image < INSPECTED; image++) {
            count += random.nextDouble() < rate(signal, day) ? 1 : 0;
        }
        Estimate share = Estimate.share(count, INSPECTED);
        boolean based = day >= BASED;
        double baseline = based ? rate(signal, 0) : Double.NaN;
        double half = 3 * Math.sqrt(baseline * (1 - baseline) / INSPECTED);
        Signal before = signal == Signal.TOO_FEW ? signal : Signal.STEADY;
        boolean signals = day >= TURN + 5;
        return new TrendPoint(
                FIRST.plusDays(day),
                !based ? Signal.TOO_FEW : signals ? signal : before,
                INSPECTED,
                count,
                new Range(share.low(), share.high()),
                baseline,
                Estimate.share(Math.round(rate(signal, day) * INSPECTED * 7), INSPECTED * 7),
                new Range(Math.max(0, baseline - half), baseline + half),
                based ? average : Double.NaN,
                based ? (rate(signal, day) - baseline) * 100 : Double.NaN,
                based ? signals && signal.isRaised() ? 0.0002 : 0.4 : Double.NaN,
                day == 40 ? Optional.of("knowledge_base") : Optional.empty());
    }
}
