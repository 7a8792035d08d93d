package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import io.blemish.error.UserException;
import io.blemish.jobs.trends.DayRange;
import io.blemish.jobs.trends.Grain;
import io.blemish.trends.TrendSettings;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;

/**
 * Which trends to compute, and how.
 *
 * @param days the days whose rows are brought up to date
 * @param zone where a day begins and ends
 * @param grains what tells series apart
 * @param settings of the statistics
 */
public record TrendsOptions(DayRange days, ZoneId zone, List<Grain> grains, TrendSettings settings) {
    public TrendsOptions {
        requireNonNull(days, "days is null");
        requireNonNull(zone, "zone is null");
        grains = List.copyOf(grains);
        requireNonNull(settings, "settings is null");
    }

    /** What the configuration says, with the option that has no key. */
    public static TrendsOptions of(Configuration configuration, TimeWindow window) {
        ZoneId zone = zone(configuration.value(Keys.TRENDS_TIME_ZONE));
        return new TrendsOptions(
                DayRange.of(window, zone),
                zone,
                Grain.of(configuration.value(Keys.TRENDS_BY)),
                new TrendSettings(
                        configuration.value(Keys.TRENDS_RECENT_DAYS),
                        configuration.value(Keys.TRENDS_BASELINE_DAYS),
                        configuration.value(Keys.TRENDS_MINIMUM_COUNT),
                        configuration.value(Keys.TRENDS_FALSE_DISCOVERY_RATE),
                        configuration.value(Keys.TRENDS_EWMA_WEIGHT)));
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw UserException.cannot(
                    "use the value of " + Keys.TRENDS_TIME_ZONE,
                    "there is no time zone '" + text + "'",
                    "Give one such as UTC or Europe/Lisbon",
                    e);
        }
    }
}
