package io.blemish.samples;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Where and when a photograph was taken.
 *
 * @param site {@code north}, {@code south} or {@code harbour}
 * @param line one of two at each site, for example {@code north-1}
 * @param lot a shift's work on a line, for example {@code N1-0612-B}
 * @param capturedAt to the second
 * @param progress how much of the {@link #DAYS} days had gone, 0 to 1
 */
public record Provenance(String site, String line, String lot, Instant capturedAt, float progress) {
    /** Over how many days the photographs are taken. */
    public static final int DAYS = 60;

    /** The last days, in which green mould breaks out at the line {@code north-1}. */
    public static final int OUTBREAK_DAYS = 14;

    private static final String MOULDY_SITE = "north";
    private static final List<String> SITES = List.of("north", "south", "harbour");
    private static final List<String> SHIFTS = List.of("A", "B");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMdd", Locale.ROOT);

    static Provenance of(Dice dice, LocalDate lastDay) {
        String site = dice.pick(SITES);
        int line = dice.between(1, 2);
        int dayNumber = dice.below(DAYS);
        int second = dice.between(6 * 3600, 22 * 3600 - 1);
        return of(site, site + "-" + line, lastDay.minusDays(DAYS - 1L - dayNumber), second, lastDay);
    }

    private static Provenance of(String site, String line, LocalDate day, int second, LocalDate lastDay) {
        long dayNumber = DAYS - 1 - ChronoUnit.DAYS.between(day, lastDay);
        String shift = SHIFTS.get(second < 14 * 3600 ? 0 : 1);
        String lot = site.substring(0, 1).toUpperCase(Locale.ROOT) + line.substring(line.length() - 1) + "-"
                + DAY.format(day) + "-" + shift;
        Instant capturedAt = day.atStartOfDay().plusSeconds(second).toInstant(ZoneOffset.UTC);
        return new Provenance(site, line, lot, capturedAt, (dayNumber + second / 86400f) / DAYS);
    }

    /**
     * The planted outbreak: three of five photographs of green mould are from one line in the last {@link #OUTBREAK_DAYS}
     * days, enough to be found among a few hundred. It gives photographs another place and day, and leaves everything
     * else as it is.
     */
    Provenance withOutbreak(Collection<Defect> defects, Dice dice, LocalDate lastDay) {
        if (!defects.contains(Defect.GREEN_MOULD) || !dice.chance(0.6)) {
            return this;
        }
        int second = LocalTime.ofInstant(capturedAt, ZoneOffset.UTC).toSecondOfDay();
        return of(MOULDY_SITE, MOULDY_SITE + "-1", lastDay.minusDays(dice.below(OUTBREAK_DAYS)), second, lastDay);
    }

    /**
     * How often a defect happens there and then, as a multiple of what is usual. The planted trends: green mould rises at
     * the site {@code north} from 0.4 to 3 (and {@link #withOutbreak breaks out} in the end), bruises fall at {@code south}
     * from 3 to 0.4; everything else is 1 everywhere, always.
     */
    double frequency(Defect defect) {
        if (defect == Defect.GREEN_MOULD && site.equals(MOULDY_SITE)) {
            return 0.4 + 2.6 * progress;
        }
        if (defect == Defect.BRUISE && site.equals("south")) {
            return 3 - 2.6 * progress;
        }
        return 1;
    }
}
