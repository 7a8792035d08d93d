package io.blemish.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.UserException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestLayout {
    @Test
    void groupsBecomeColumnsAndAttributes() {
        FileMetadata metadata = Layout.parse("(?<product>[a-z]+)/(?<captured_at>\\d{8})/(?<shot_no>\\d+)(?<lot>x?)")
                .read("/data/apple/20240102/0007.jpg");
        assertThat(metadata.columns()).isEqualTo(Map.of("product", "apple"));
        assertThat(metadata.capturedAt()).contains(Instant.parse("2024-01-02T00:00:00Z"));
        assertThat(metadata.attributes()).isEqualTo(Map.of("shot_no", "0007"));
        assertThat(metadata.warnings()).isEmpty();
    }

    @Test
    void onlyGroupsAreRenamed() {
        Layout layout = Layout.parse("\\(?<a_b>|[(?<c_d>]|\\Q(?<e_f>\\E|(?<=/)(?<!x)(?<name_1>\\w)\\k<name_1>");
        assertThat(layout.names()).containsExactly("name_1");
        assertThat(layout.read("/aa").attributes()).isEqualTo(Map.of("name_1", "a"));
    }

    @Test
    void pathThatDoesNotMatchSaysSo() {
        assertThat(Layout.parse("(?<lot>\\d)").read("/a.jpg").warnings())
                .containsExactly("the layout does not match the path");
        assertThat(Layout.parse("(?<captured_at>.+)").read("yesterday").warnings())
                .containsExactly("captured_at is no time: yesterday");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(?<lot>|near index",
                "[a-z]+|it names no group",
                "(?<lot>a)(?<lot>b)|the group lot is there twice",
                "(?<l-t>a)|'l-t' is no name of a group",
                "(?<lot|missing trailing '>'",
                "\\k<lot>|it refers to a group lot that is not before it"
            })
    void mistakesAreNamed(String expression, String cause) {
        assertThatThrownBy(() -> Layout.parse(expression))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot use the layout " + expression)
                .hasMessageContaining(cause);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-05-06T07:08:09Z, 2024-05-06T07:08:09Z",
        "2024-05-06T07:08:09.25+02:00, 2024-05-06T05:08:09.250Z",
        "2024-05-06 07:08, 2024-05-06T07:08:00Z",
        "2024-05-06 07:08:09.123456, 2024-05-06T07:08:09.123456Z",
        "2024-05-06_07-08-09, 2024-05-06T07:08:09Z",
        "20240506T070809Z, 2024-05-06T07:08:09Z",
        "20240506_070809, 2024-05-06T07:08:09Z",
        "20240506070809, 2024-05-06T07:08:09Z",
        "20240506-0708, 2024-05-06T07:08:00Z",
        "2024-05-06, 2024-05-06T00:00:00Z",
        "20240506, 2024-05-06T00:00:00Z"
    })
    void timesAsPeopleWriteThem(String text, Instant expected) {
        assertThat(CaptureTime.parse(text)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"yesterday", "2024", "2024-13-01", "2024-02-30 10:00", "''"})
    void whatIsNoTime(String text) {
        assertThat(CaptureTime.parse(text)).isEmpty();
    }
}
