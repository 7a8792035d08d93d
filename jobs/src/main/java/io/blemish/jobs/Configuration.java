package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.blemish.error.InternalException;
import io.blemish.error.UserException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * The settings of one run, checked and typed.
 *
 * <p>An option of the command line beats {@code --set key=value}, which beats the file of {@code --conf}, which beats
 * the default. Keys that begin with {@code spark.} are handed to Spark as they are; any other key that is not one of
 * {@link Keys} is an error.
 */
public final class Configuration {
    /** Names of settings whose values are never shown. */
    static final String SECRETS = "(?i)secret|password|token|access[.]?key|credential|auth|sas|key";

    private static final Pattern SECRET = Pattern.compile(SECRETS);
    private static final String REDACTED = "*********(redacted)";
    private static final String SPARK_PREFIX = "spark.";

    private final Map<Key<?>, String> texts;
    private final Map<Key<?>, Object> values;
    private final Set<Key<?>> given;
    private final Map<String, String> spark;

    private Configuration(Builder builder) {
        this.texts = new LinkedHashMap<>(builder.texts);
        this.values = new LinkedHashMap<>(builder.values);
        this.given = Set.copyOf(builder.given);
        this.spark = Map.copyOf(builder.spark);
    }

    /** Every key at its default. */
    public static Configuration defaults() {
        return builder().build();
    }

    /** Begins with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** The value of the key. */
    @SuppressWarnings("unchecked")
    public <T> T value(Key<T> key) {
        // Only Key<T>.parse puts values under a Key<T>.
        return (T) requireNonNull(values.get(key), () -> key + " is not one of Keys.ALL");
    }

    /** True when the user gave the key a value, even that of its default. */
    public boolean given(Key<?> key) {
        return given.contains(key);
    }

    /** The settings meant for Spark. */
    public Map<String, String> spark() {
        return spark;
    }

    /** Every key and its value as JSON, for the table {@code runs}: nothing whose name speaks of a secret is in it. */
    public String toJson() {
        Map<String, String> shown = new LinkedHashMap<>();
        texts.forEach((key, text) -> shown.put(key.name(), text));
        spark.forEach((name, text) -> shown.put(name, SECRET.matcher(name).find() ? REDACTED : text));
        try {
            return new ObjectMapper().writeValueAsString(shown);
        } catch (JsonProcessingException e) {
            throw new InternalException("A map of texts has no JSON form", e);
        }
    }

    /** Collects settings; those given later beat those given earlier. */
    public static final class Builder {
        private final Map<Key<?>, String> texts = new LinkedHashMap<>();
        private final Map<Key<?>, Object> values = new LinkedHashMap<>();
        private final Set<Key<?>> given = new LinkedHashSet<>();
        private final Map<String, String> spark = new TreeMap<>();

        private Builder() {
            for (Key<?> key : Keys.ALL) {
                put(key, key.defaultText(), "default");
            }
            given.clear();
        }

        /** The default that one command gives a setting; it must come before what the user says. */
        public Builder preset(Key<?> key, String text) {
            put(key, text, "default of the command");
            return this;
        }

        /** The default that one command gives a setting of Spark's; it must come before what the user says. */
        public Builder presetSpark(String name, String text) {
            spark.put(name, text);
            return this;
        }

        /** The settings of a YAML file. */
        public Builder file(Path file) {
            ConfigurationFile.read(file).forEach((name, text) -> put(name, text, file.toString()));
            return this;
        }

        /** The settings of {@code --set}. */
        public Builder set(Map<String, String> settings) {
            settings.forEach((name, text) -> put(name, text, "--set"));
            return this;
        }

        /** A setting that an option of the command line stands for. */
        public Builder option(String option, Key<?> key, String text) {
            put(key, text, option);
            return this;
        }

        /** The finished configuration. */
        public Configuration build() {
            return new Configuration(this);
        }

        private void put(String name, String text, String origin) {
            if (name.startsWith(SPARK_PREFIX)) {
                spark.put(name, text);
                return;
            }
            Optional<Key<?>> key =
                    Keys.ALL.stream().filter(known -> known.name().equals(name)).findFirst();
            put(key.orElseThrow(() -> unknown(name, origin)), text, origin);
        }

        private void put(Key<?> key, String text, String origin) {
            values.put(key, key.parse(text, origin));
            texts.put(key, text.strip());
            given.add(key);
        }

        private static UserException unknown(String name, String origin) {
            String nearest = Keys.ALL.get(0).name();
            LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
            for (Key<?> key : Keys.ALL) {
                if (distance.apply(key.name(), name) < distance.apply(nearest, name)) {
                    nearest = key.name();
                }
            }
            return UserException.cannot(
                    "use the key " + Printable.text(name),
                    "there is no such key (" + origin + ")",
                    "Did you mean " + nearest + "? conf/blemish.yaml lists every key");
        }
    }
}
