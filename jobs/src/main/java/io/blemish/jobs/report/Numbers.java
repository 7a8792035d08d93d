package io.blemish.jobs.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and moments as a page shows them. */
final class Numbers {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter SHORT_DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH);
    private static final int SHORT_ID = 12;

    private Numbers() {}

    /** A count, its thousands set apart. */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A count and what is counted, in the singular or the plural. */
    static String count(long count, String singular, String plural) {
        return count(count) + " " + (count == 1 ? singular : plural);
    }

    /** A share as a percentage with one decimal. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f\u00a0%%", 100 * share);
    }

    /** A part of a whole as a percentage; nothing of nothing is a dash. */
    static String percent(long part, long whole) {
        return whole == 0 ? "–" : percent((double) part / whole);
    }

    static String decimal(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    static String day(Instant moment) {
        return DAY.format(moment.atZone(ZoneOffset.UTC));
    }

    static String day(LocalDate day) {
        return SHORT_DAY.format(day);
    }

    static String minute(Instant moment) {
        return MINUTE.format(moment.atZone(ZoneOffset.UTC)) + " UTC";
    }

    /** The beginning of an identity, long enough to tell it from others. */
    static String shortId(String id) {
        return id.substring(0, Math.min(SHORT_ID, id.length()));
    }
}
