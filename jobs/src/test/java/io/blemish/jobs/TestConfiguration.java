package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.UserException;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestConfiguration {
    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("my.yaml"), text);
    }

    /** conf/blemish.yaml of this checkout, sought upwards from the folder of the sources that the class path names. */
    private static Path documented() throws URISyntaxException {
        Path start = Path.of(
                TestConfiguration.class.getResource("/checkout.properties").toURI());
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("conf/blemish.yaml");
            if (Files.exists(file)) {
                return file;
            }
        }
        throw new AssertionError("no conf/blemish.yaml above " + start);
    }

    @Test
    void fileAndCodeAgree() throws URISyntaxException {
        Map<String, String> declared = new LinkedHashMap<>();
        Keys.ALL.forEach(key -> declared.put(key.name(), key.defaultText()));
        assertThat(ConfigurationFile.read(documented()))
                .as("keys and defaults of conf/blemish.yaml, in the order of Keys.ALL")
                .containsExactlyEntriesOf(declared);
    }

    @Test
    void everyKeyIsExplained() throws IOException, URISyntaxException {
        List<String> lines = Files.readAllLines(documented());
        List<String> unexplained = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            boolean setting = lines.get(i).matches("\\s*[a-z0-9-]+: .+");
            if (setting && !lines.get(i - 1).strip().startsWith("#")) {
                unexplained.add(lines.get(i));
            }
        }
        assertThat(unexplained).isEmpty();
    }

    @Test
    void everyConstantIsListed() throws IllegalAccessException {
        List<Object> constants = new ArrayList<>();
        for (Field field : Keys.class.getFields()) {
            if (field.getType() == Key.class) {
                constants.add(field.get(null));
            }
        }
        assertThat(Keys.ALL).map(key -> (Object) key).containsExactlyElementsOf(constants);
    }

    @Test
    void optionBeatsSetBeatsFileBeatsDefault() throws IOException {
        Path file = file("label:\n  top-k: 2\n  threshold: 0.2\n  abstain: 0.2\nspark.executor.memory: 4g\n");
        Configuration configuration = Configuration.builder()
                .file(file)
                .set(Map.of("label.top-k", "3", "label.threshold", "0.3"))
                .option("--top-k", Keys.LABEL_TOP_K, "4")
                .build();
        assertThat(configuration.value(Keys.LABEL_TOP_K)).isEqualTo(4);
        assertThat(configuration.value(Keys.LABEL_THRESHOLD)).isEqualTo(0.3);
        assertThat(configuration.value(Keys.LABEL_ABSTAIN)).isEqualTo(0.2);
        assertThat(configuration.value(Keys.DEVICE)).isEqualTo("auto");
        assertThat(configuration.spark()).containsExactly(Map.entry("spark.executor.memory", "4g"));
    }

    @Test
    void defaultThatIsGivenIsGiven() {
        Configuration configuration =
                Configuration.builder().set(Map.of("label.abstain", "0.05")).build();
        assertThat(configuration.given(Keys.LABEL_ABSTAIN)).isTrue();
        assertThat(configuration.given(Keys.LABEL_TOP_K)).isFalse();
    }

    @Test
    void valuesAreTyped() throws IOException {
        Configuration configuration = Configuration.builder()
                .file(file("heatmap.methods: [relevance, gradcam]\ndecode: {max-time: 500 ms, max-bytes: 2GiB}\n"))
                .set(Map.of("s3.single-driver", "true", "runs.stale-after", "2 h"))
                .build();
        assertThat(configuration.value(Keys.HEATMAP_METHODS)).containsExactly("relevance", "gradcam");
        assertThat(configuration.value(Keys.DECODE_MAX_TIME)).isEqualTo(Duration.ofMillis(500));
        assertThat(configuration.value(Keys.DECODE_MAX_BYTES)).isEqualTo(2L << 30);
        assertThat(configuration.value(Keys.S3_SINGLE_DRIVER)).isTrue();
        assertThat(configuration.value(Keys.RUNS_STALE_AFTER)).isEqualTo(Duration.ofHours(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "label.top-k|many|a whole number from 1 to 100",
                "label.top-k|0|a whole number from 1 to 100",
                "label.threshold|1.5|a number from 0.0 to 1.0",
                "label.threshold|NaN|a number from 0.0 to 1.0",
                "device|tpu|one of auto, cpu, gpu",
                "heatmap.methods|relevance,relevance|some of relevance, gradcam, clipcap-xai, separated by commas",
                "heatmap.methods|,|some of relevance, gradcam, clipcap-xai, separated by commas",
                "decode.max-time|10 days|a time such as 500 ms, 10 s, 5 min, 1 h or 30 d",
                "runs.heartbeat|0 s|a time such as 500 ms, 10 s, 5 min, 1 h or 30 d",
                "decode.max-bytes|9999999999 GiB|a size such as 512 KiB, 64 MiB or 1 GiB",
                "s3.single-driver|yes|true or false"
            })
    void wrongValueIsNamed(String key, String value, String form) {
        assertThatThrownBy(() -> Configuration.builder().set(Map.of(key, value)))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot use the value of " + key + ": '" + value + "' (--set) is not " + form
                        + ". Correct the value.");
    }

    @Test
    void unknownKeyHasHint() {
        assertThatThrownBy(() -> Configuration.builder().set(Map.of("label.topk", "3")))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(
                        "Cannot use the key label.topk: there is no such key (--set). Did you mean label.top-k?");
    }

    @Test
    void brokenFileIsNamed() throws IOException {
        assertThatThrownBy(() -> Configuration.builder().file(file("a: b: c")))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot read the configuration " + folder.resolve("my.yaml"))
                .hasMessageContaining("(line 1)");
        assertThatThrownBy(() -> Configuration.builder().file(file("device: cpu\ndevice: gpu\n")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("device");
        assertThatThrownBy(() -> Configuration.builder().file(file("device:\n")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("the key device has no value");
        assertThatThrownBy(() -> Configuration.builder().file(file("- device\n")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("it is no list of keys and values");
        assertThatThrownBy(() -> Configuration.builder().file(folder.resolve("absent.yaml")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("absent.yaml");
    }

    @Test
    void secretsAreNotShown() {
        String json = Configuration.builder()
                .set(Map.of(
                        "spark.hadoop.fs.s3a.secret.key", "canary1",
                        "spark.hadoop.fs.azure.sas.token", "canary2",
                        "spark.my.credential", "canary3",
                        "spark.executor.memory", "4g"))
                .build()
                .toJson();
        assertThat(json).doesNotContain("canary").contains("4g");
    }
}
