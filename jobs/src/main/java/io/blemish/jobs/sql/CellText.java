package io.blemish.jobs.sql;

import io.blemish.image.ContentFormat;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Values as people read them in a table: fractions with six digits, times in UTC, of a long array its first values and how
 * many there are, of bytes what they are and how many.
 */
final class CellText {
    private static final MathContext DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

    /** Beyond these a fraction is shown with an exponent. */
    private static final double SMALLEST = 1e-6;

    private static final double LARGEST = 1e15;

    /** Elements of a longer array or map that are shown. */
    private static final int SHOWN_ELEMENTS = 3;

    private static final int KILO = 1000;

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
            .toFormatter(Locale.ROOT);

    private CellText() {}

    /** The text of a value as a {@link Row} holds it; empty for null. */
    static String of(Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Double || value instanceof Float) {
            return fraction(((Number) value).doubleValue());
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof Timestamp time) {
            return of(time.toInstant());
        }
        if (value instanceof Instant instant) {
            return TIME.format(instant.atOffset(ZoneOffset.UTC));
        }
        if (value instanceof LocalDateTime time) {
            return TIME.format(time);
        }
        if (value instanceof byte[] bytes) {
            return bytes(bytes.length, bytes);
        }
        return nested(value);
    }

    /** Of bytes, what they are and how many. */
    static String bytes(long length, byte[] first) {
        String kind =
                ContentFormat.recognised(first).map(format -> format + ", ").orElse("");
        return "‹" + kind + size(length) + "›";
    }

    private static String size(long bytes) {
        String[] units = {"bytes", "kB", "MB", "GB"};
        int unit = 0;
        double size = bytes;
        while (size >= KILO && unit < units.length - 1) {
            size /= KILO;
            unit++;
        }
        return (size < 10 && unit > 0 ? String.format(Locale.ROOT, "%.1f", size) : Math.round(size)) + " "
                + units[unit];
    }

    private static String fraction(double value) {
        double size = Math.abs(value);
        if (!Double.isFinite(value) || size == 0) {
            return size == 0 ? "0" : Double.toString(value);
        }
        BigDecimal exact = BigDecimal.valueOf(value);
        if (size < SMALLEST || size >= LARGEST) {
            return exact.round(DIGITS).stripTrailingZeros().toString();
        }
        int whole = Math.max(0, exact.precision() - exact.scale());
        BigDecimal rounded =
                exact.round(new MathContext(Math.max(whole, DIGITS.getPrecision()), RoundingMode.HALF_EVEN));
        return rounded.stripTrailingZeros().toPlainString();
    }

    private static String nested(Object value) {
        if (value instanceof Row row) {
            StringJoiner fields = new StringJoiner(", ", "{", "}");
            for (int i = 0; i < row.size(); i++) {
                fields.add(row.schema().fieldNames()[i] + ": " + of(row.get(i)));
            }
            return fields.toString();
        }
        if (value instanceof scala.collection.Seq<?> values) {
            return "[" + shortened(CollectionConverters.asJava(values)) + "]";
        }
        if (value instanceof scala.collection.Map<?, ?> entries) {
            List<String> pairs = new ArrayList<>();
            for (Map.Entry<?, ?> entry : CollectionConverters.asJava(entries).entrySet()) {
                pairs.add(of(entry.getKey()) + ": " + of(entry.getValue()));
            }
            return "{" + shortened(pairs) + "}";
        }
        return value.toString();
    }

    private static String shortened(List<?> values) {
        StringJoiner shown = new StringJoiner(", ");
        boolean all = values.size() <= SHOWN_ELEMENTS + 1;
        for (Object value : all ? values : values.subList(0, SHOWN_ELEMENTS)) {
            shown.add(of(value));
        }
        return all ? shown.toString() : shown + ", … " + values.size() + " values";
    }
}
