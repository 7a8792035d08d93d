package io.blemish.samples;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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

    private static final List<String> SITES = List.of("north", "south", "harbour");
    private static final List<String> SHIFTS = List.of("A", "B");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMdd", Locale.ROOT);

    static Provenance of(Dice dice, LocalDate lastDay) {
        String site = dice.pick(SITES);
        int line = dice.between(1, 2);
        int dayNumber = dice.below(DAYS);
        int second = dice.between(6 * 3600, 22 * 3600 - 1);
        LocalDate day = lastDay.minusDays(DAYS - 1L - dayNumber);
        String shift = SHIFTS.get(second < 14 * 3600 ? 0 : 1);
        String lot = site.substring(0, 1).toUpperCase(Locale.ROOT) + line + "-" + DAY.format(day) + "-" + shift;
        Instant capturedAt = day.atStartOfDay().plusSeconds(second).toInstant(ZoneOffset.UTC);
        return new Provenance(site, site + "-" + line, lot, capturedAt, (dayNumber + second / 86400f) / DAYS);
    }

    /**
     * How often a defect happens there and then, as a multiple of what is usual. The planted trends: green mould rises at the
     * site {@code north} from 0.4 to 3, bruises fall at {@code south} from 3 to 0.4; everything else is 1 everywhere, always.
     */
    double frequency(Defect defect) {
        if (defect == Defect.GREEN_MOULD && site.equals("north")) {
            return 0.4 + 2.6 * progress;
        }
        if (defect == Defect.BRUISE && site.equals("south")) {
            return 3 - 2.6 * progress;
        }
        return 1;
    }
}
