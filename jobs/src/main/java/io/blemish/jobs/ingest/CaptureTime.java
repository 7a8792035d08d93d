package io.blemish.jobs.ingest;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Times as people write them into file names and lists: ISO 8601, with a blank, {@code T}, {@code _} or {@code -}
 * between date and time, with or without separators, fractions and offset. Without an offset a time is UTC; a date
 * alone is its midnight.
 */
public final class CaptureTime {
    private static final DateTimeFormatter EXTENDED = formatter("-MM-dd['T'][' ']['_']HH:mm[:ss]");
    private static final DateTimeFormatter HYPHENS = formatter("-MM-dd['T'][' ']['_']['-']HH-mm-ss");
    private static final DateTimeFormatter BASIC = formatter("MMdd['T'][' ']['_']['-']HHmm[ss]");
    private static final DateTimeFormatter EXTENDED_DATE = DateTimeFormatter.ISO_LOCAL_DATE;
    private static final DateTimeFormatter BASIC_DATE = DateTimeFormatter.BASIC_ISO_DATE;
    private static final List<DateTimeFormatter> ALL = List.of(EXTENDED, HYPHENS, BASIC, EXTENDED_DATE, BASIC_DATE);

    private CaptureTime() {}

    /** The instant that the text names; empty when it names none. */
    public static Optional<Instant> parse(String text) {
        for (DateTimeFormatter format : ALL) {
            try {
                TemporalAccessor parsed =
                        format.parseBest(text.strip(), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
                return Optional.of(instant(parsed));
            } catch (DateTimeParseException e) {
                // Not this way of writing: the next one may fit.
                continue;
            }
        }
        return Optional.empty();
    }

    private static Instant instant(TemporalAccessor parsed) {
        if (parsed instanceof OffsetDateTime time) {
            return time.toInstant();
        }
        if (parsed instanceof LocalDateTime time) {
            return time.toInstant(ZoneOffset.UTC);
        }
        return ((LocalDate) parsed).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /**
     * A year of four digits, the rest of date and time as in the pattern, then a fraction and an offset if there are
     * any.
     */
    private static DateTimeFormatter formatter(String pattern) {
        return new DateTimeFormatterBuilder()
                .appendValue(ChronoField.YEAR, 4)
                .appendPattern(pattern)
                .optionalStart()
                .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                .optionalEnd()
                .appendPattern("[XXX][XX][X]")
                .toFormatter(Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT);
    }
}
