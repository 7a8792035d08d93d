package io.blemish.trends;

import java.util.ArrayList;
import java.util.List;

/** One series of days, walked from the first to the last with its two windows. */
public final class Series {
    private final List<DayCount> days;
    private final TrendSettings settings;
    private int recentBegin;
    private int baselineBegin;
    private Proportion recent = Proportion.NONE;
    private Proportion baseline = Proportion.NONE;

    private Series(List<DayCount> days, TrendSettings settings) {
        this.days = days;
        this.settings = settings;
    }

    /**
     * What each day says.
     *
     * @param days in the order of time, each once; days without images may be left out
     */
    public static List<TrendDay> trend(List<DayCount> days, TrendSettings settings) {
        return new Series(List.copyOf(days), settings).walk();
    }

    private List<TrendDay> walk() {
        List<TrendDay> trend = new ArrayList<>(days.size());
        for (int i = 0; i < days.size(); i++) {
            DayCount day = days.get(i);
            if (i > 0 && day.day() <= days.get(i - 1).day()) {
                throw new IllegalArgumentException(
                        "day " + day.day() + " follows " + days.get(i - 1).day());
            }
            recent = recent.plus(day);
            moveTo(day.day());
            trend.add(TrendDay.of(day, baseline, recent, days.subList(recentBegin, i + 1), settings));
        }
        return trend;
    }

    /** Hands days on from the recent window to the baseline, and drops them at its end. */
    private void moveTo(long day) {
        while (days.get(recentBegin).day() <= day - settings.recentDays()) {
            recent = recent.minus(days.get(recentBegin));
            baseline = baseline.plus(days.get(recentBegin));
            recentBegin++;
        }
        while (days.get(baselineBegin).day() <= day - settings.windowDays()) {
            baseline = baseline.minus(days.get(baselineBegin));
            baselineBegin++;
        }
    }
}
