package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.UserException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestTimeWindow extends SparkTest {
    private static final List<String> TIMES = List.of(
            "2025-02-28T23:59:59.999999Z", "2025-03-01T00:00:00Z", "2025-03-01T23:59:59Z", "2025-03-02T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2025-03-01, 2025-03-01T00:00:00Z",
        "2025-03-01T06:00:00Z, 2025-03-01T06:00:00Z",
        "2025-03-01T06:00:00+02:00, 2025-03-01T04:00:00Z",
        "2025-03-01T00:00:00.5+00:00, 2025-03-01T00:00:00.500Z",
    })
    void datesAndInstants(String text, Instant meant) {
        assertThat(window(text, null).since()).hasValue(meant);
        assertThat(window(null, text).until()).hasValue(meant);
    }

    @Test
    void firstMomentIsInAndTheLastIsNot() {
        assertThat(held(window("2025-03-01", "2025-03-02"))).containsExactly(TIMES.get(1), TIMES.get(2));
        assertThat(held(window("2025-03-01", null))).containsExactlyElementsOf(TIMES.subList(1, 4));
        assertThat(held(window(null, "2025-03-01"))).containsExactly(TIMES.get(0));
    }

    @Test
    void whatHasNoTimeIsInNoBoundedWindow() {
        Dataset<Row> undated = rows(List.of(RowFactory.create((Object) null)));
        assertThat(window("1900-01-01", null).of(undated, "at").isEmpty()).isTrue();
        assertThat(window(null, "2900-01-01").of(undated, "at").isEmpty()).isTrue();
        assertThat(TimeWindow.always().of(undated, "at").count()).isEqualTo(1);
        assertThat(undated.where(TimeWindow.always().holds("at")).count()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"yesterday", "2025-03", "2025-03-01T06:00:00", "2025-02-30", "1741000000"})
    void otherTextsAreRefused(String text) {
        assertThatThrownBy(() -> window(text, null))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot use --since " + text + ": it is neither a date nor an instant.");
        assertThatThrownBy(() -> window(null, text)).hasMessageStartingWith("Cannot use --until " + text);
    }

    @Test
    void emptyWindowIsRefused() {
        assertThatThrownBy(() -> window("2025-03-01", "2025-03-01"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("it has no length");
        assertThatThrownBy(() -> window("2025-03-02", "2025-03-01")).isInstanceOf(UserException.class);
    }

    @Test
    void saysWhatItHolds() {
        assertThat(window("2025-03-01", "2025-04-01"))
                .hasToString(", from 2025-03-01T00:00:00Z, before 2025-04-01T00:00:00Z");
        assertThat(TimeWindow.always()).hasToString("");
        assertThat(window(null, null).isAlways()).isTrue();
        assertThat(window("2025-03-01", null).isAlways()).isFalse();
    }

    private static TimeWindow window(String since, String until) {
        return TimeWindow.of(Optional.ofNullable(since), Optional.ofNullable(until));
    }

    private static List<String> held(TimeWindow window) {
        List<Row> times = TIMES.stream()
                .map(time -> RowFactory.create(Instant.parse(time)))
                .toList();
        return window.of(rows(times), "at").collectAsList().stream()
                .map(row -> row.get(0).toString())
                .toList();
    }

    private static Dataset<Row> rows(List<Row> rows) {
        return spark.createDataFrame(rows, new StructType().add("at", DataTypes.TimestampType));
    }
}
