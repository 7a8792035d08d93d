package io.blemish.trends;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/**
 * A plant without photographs: 3 sites of 4 lines that inspect 200 images a day each for 90 days, of which 1 % have each of 8
 * defects, unless a test plants another rate.
 */
final class Plant {
    static final int SITES = 3;
    static final int LINES = 4;
    static final int DEFECTS = 8;
    static final int DAYS = 90;
    static final int IMAGES = 200;
    static final double RATE = 0.01;

    private final Map<String, long[]> counts = new LinkedHashMap<>();
    private final Map<String, Long> images = new LinkedHashMap<>();

    /** Where and when a rate holds. */
    record Place(int site, int line, int defect, int day) {}

    /** A plant that draws by lot what each image shows: at most one defect. */
    static Plant drawn(long seed, ToDoubleFunction<Place> rate) {
        Plant plant = new Plant();
        Random random = new Random(seed);
        double[] rates = new double[DEFECTS];
        for (int day = 0; day < DAYS; day++) {
            for (int site = 0; site < SITES; site++) {
                for (int line = 0; line < LINES; line++) {
                    for (int defect = 0; defect < DEFECTS; defect++) {
                        rates[defect] = rate.applyAsDouble(new Place(site, line, defect, day));
                    }
                    long[] found = new long[DEFECTS];
                    for (int image = 0; image < IMAGES; image++) {
                        int defect = defect(random.nextDouble(), rates);
                        if (defect >= 0) {
                            found[defect]++;
                        }
                    }
                    plant.add(site, line, day, found);
                }
            }
        }
        return plant;
    }

    private static int defect(double lot, double[] rates) {
        double left = lot;
        for (int defect = 0; defect < rates.length; defect++) {
            left -= rates[defect];
            if (left < 0) {
                return defect;
            }
        }
        return -1;
    }

    private void add(int site, int line, int day, long[] found) {
        for (String grain : List.of("all", "site " + site, "site " + site + " line " + line)) {
            for (int defect = 0; defect < DEFECTS; defect++) {
                add(grain + " defect " + defect, day, found[defect]);
            }
            add(grain + " defect *", day, LongStream.of(found).sum());
        }
    }

    private void add(String series, int day, long count) {
        counts.computeIfAbsent(series, name -> new long[DAYS])[day] += count;
        if (day == 0) {
            images.merge(series, (long) IMAGES, Long::sum);
        }
    }

    /** Signals of every series on every day from the first day on, by the series' name. */
    Map<String, Signal[]> signals(TrendSettings settings, int firstDay) {
        Map<String, List<TrendDay>> trends = new LinkedHashMap<>();
        counts.forEach((name, series) -> {
            List<DayCount> days = new ArrayList<>();
            for (int day = 0; day < DAYS; day++) {
                days.add(new DayCount(day, images.get(name), series[day]));
            }
            trends.put(name, Series.trend(days, settings));
        });
        Map<String, Signal[]> signals = new LinkedHashMap<>();
        for (int day = firstDay; day < DAYS; day++) {
            int at = day;
            // Every series has enough to be tested: 70 days of 2 a day.
            double[] q = FalseDiscovery.adjusted(trends.values().stream()
                    .mapToDouble(trend -> trend.get(at).comparison().pValue())
                    .toArray());
            int next = 0;
            for (Map.Entry<String, List<TrendDay>> trend : trends.entrySet()) {
                double z = trend.getValue().get(at).comparison().z();
                signals.computeIfAbsent(trend.getKey(), name -> new Signal[DAYS])[at] =
                        Signal.of(q[next++], z, settings.falseDiscoveryRate());
            }
        }
        return signals;
    }
}
