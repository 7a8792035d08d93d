package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import io.blemish.error.UserException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One key of the configuration: its name, its default and how its text becomes a value.
 *
 * @param <T> the type of the value
 */
public final class Key<T> {
    private static final Pattern QUANTITY = Pattern.compile("(\\d+)\\s*([A-Za-z]*)");

    private final String name;
    private final String defaultText;
    private final String form;
    private final Function<String, T> parser;

    private Key(String name, String defaultText, String form, Function<String, T> parser) {
        this.name = requireNonNull(name, "name is null");
        this.defaultText = requireNonNull(defaultText, "defaultText is null");
        this.form = form;
        this.parser = parser;
    }

    /** A whole number within bounds, both included. */
    static Key<Integer> integer(String name, int defaultValue, int min, int max) {
        return new Key<>(
                name,
                Integer.toString(defaultValue),
                "a whole number from " + min + " to " + max,
                text -> within(Integer.valueOf(text), min, max));
    }

    /** A whole number that may be large. */
    static Key<Long> whole(String name, long defaultValue, long min, long max) {
        return new Key<>(
                name,
                Long.toString(defaultValue),
                "a whole number from " + min + " to " + max,
                text -> within(Long.valueOf(text), min, max));
    }

    /** A number within bounds, both included. */
    static Key<Double> number(String name, double defaultValue, double min, double max) {
        return new Key<>(
                name,
                Double.toString(defaultValue),
                "a number from " + min + " to " + max,
                text -> within(Double.valueOf(text), min, max));
    }

    /** {@code true} or {@code false}. */
    static Key<Boolean> flag(String name, boolean defaultValue) {
        return new Key<>(name, Boolean.toString(defaultValue), "true or false", text -> {
            require(text.equals("true") || text.equals("false"));
            return Boolean.valueOf(text);
        });
    }

    /** One of the words; the first is the default. */
    static Key<String> choice(String name, String... words) {
        List<String> allowed = List.of(words);
        return new Key<>(name, words[0], "one of " + String.join(", ", allowed), text -> {
            require(allowed.contains(text));
            return text;
        });
    }

    /** Any text but none. */
    static Key<String> text(String name, String defaultText) {
        return new Key<>(name, defaultText, "a text", text -> {
            require(!text.isEmpty());
            return text;
        });
    }

    /** Some of the words, separated by commas, each once, at least one. */
    static Key<List<String>> choices(String name, String defaultText, String... words) {
        List<String> allowed = List.of(words);
        return new Key<>(name, defaultText, "some of " + String.join(", ", allowed) + ", separated by commas", text -> {
            List<String> chosen = words(text);
            require(!chosen.isEmpty() && allowed.containsAll(chosen));
            require(chosen.stream().distinct().count() == chosen.size());
            return chosen;
        });
    }

    /** Any words, separated by commas, at least one. */
    static Key<List<String>> list(String name, String defaultText) {
        return new Key<>(name, defaultText, "words separated by commas", text -> {
            List<String> chosen = words(text);
            require(!chosen.isEmpty());
            return chosen;
        });
    }

    /** A time such as {@code 10 s}, more than none; units {@code ms}, {@code s}, {@code min}, {@code h},
     * {@code d}. */
    static Key<Duration> duration(String name, String defaultText) {
        return new Key<>(name, defaultText, "a time such as 500 ms, 10 s, 5 min, 1 h or 30 d", text -> {
            Matcher matcher = quantity(text);
            long amount = Long.parseLong(matcher.group(1));
            require(amount > 0);
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "min" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                case "d" -> Duration.ofDays(amount);
                default -> throw new IllegalArgumentException(text);
            };
        });
    }

    /** A number of bytes such as {@code 64 MiB}; units {@code B}, {@code KiB}, {@code MiB}, {@code GiB}. */
    static Key<Long> bytes(String name, String defaultText) {
        return new Key<>(name, defaultText, "a size such as 512 KiB, 64 MiB or 1 GiB", text -> {
            Matcher matcher = quantity(text);
            int shift =
                    switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
                        case "b", "" -> 0;
                        case "kib" -> 10;
                        case "mib" -> 20;
                        case "gib" -> 30;
                        default -> throw new IllegalArgumentException(text);
                    };
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << shift);
        });
    }

    /** The key's name, words joined by hyphens, groups by dots. */
    public String name() {
        return name;
    }

    /** The default, as it would be written in the file. */
    public String defaultText() {
        return defaultText;
    }

    /**
     * The value that the text stands for.
     *
     * @param origin where the text was given, for the message
     * @throws UserException when the text has not the key's form
     */
    T parse(String text, String origin) {
        try {
            return parser.apply(text.strip());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw UserException.cannot(
                    "use the value of " + name,
                    "'" + text + "' (" + origin + ") is not " + form,
                    "Correct the value",
                    e);
        }
    }

    @Override
    public String toString() {
        return name;
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>(Arrays.asList(text.split(",", -1)));
        words.replaceAll(String::strip);
        words.removeIf(String::isEmpty);
        return List.copyOf(words);
    }

    private static Matcher quantity(String text) {
        Matcher matcher = QUANTITY.matcher(text);
        require(matcher.matches());
        return matcher;
    }

    private static <N extends Comparable<N>> N within(N value, N min, N max) {
        require(value.compareTo(min) >= 0 && value.compareTo(max) <= 0);
        return value;
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("not of the key's form");
        }
    }
}
