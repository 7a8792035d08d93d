package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person reads while a job works and when it has ended. */
class TestSummary {
    @Test
    void alignsAndEscapes() {
        String text = Summary.titled("Done with a\nb")
                .with("taken in", 1234, "")
                .with("rejected", 5, "for example: \u001b[31m")
                .next("blemish inspect")
                .text();
        assertThat(text.lines())
                .containsExactly(
                        "Done with a\\u{a}b",
                        "  taken in  1,234",
                        "  rejected  5      for example: \\u{1b}[31m",
                        "Next: blemish inspect");
    }

    @ParameterizedTest
    @CsvSource({"0, 0, DONE", "1, 100, DONE", "2, 100, TOO_MANY_BAD", "1, 1, TOO_MANY_BAD"})
    void shareBeyondTheLimitIsNoSuccess(long bad, long all, ExitCode expected) {
        assertThat(Summary.titled("Done").limited(bad, all, 0.01).exit()).isEqualTo(expected);
    }

    @Test
    void longCellsAreCut() {
        List<String> lines =
                new TextTable().row(List.of("a", "x".repeat(101), "b")).rule().lines();
        assertThat(lines.get(0)).isEqualTo("a  " + "x".repeat(99) + "…  b");
        assertThat(lines.get(1)).isEqualTo("-  " + "-".repeat(100) + "  -");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|100|0|inspect 0 of 100, 0.0/s, ? left",
                "50|1050|10|inspect 50 of 1,050, 5.0/s, 3:20 left",
                "1|10000|1|inspect 1 of 10,000, 1.0/s, 2:46:39 left",
                "120|100|1|inspect 120 of 100, 120.0/s, 0:00 left"
            })
    void progressTellsRateAndTimeLeft(long done, long total, double seconds, String expected) {
        assertThat(Progress.line("inspect", done, total, seconds)).isEqualTo(expected);
    }
}
