package io.blemish.jobs;

import java.util.Optional;
import picocli.CommandLine.Option;

/** The options {@code --since} and {@code --until} of commands that choose photographs by the time they were taken. */
final class TimeWindowOptions {
    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "Only photographs taken then or later: a date, which begins at 00:00 UTC, or an instant such as"
                            + " 2025-03-01T06:00:00Z. With --since or --until, undated photographs are left out")
    private String since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "Only photographs taken before then: a date or an instant, itself not included")
    private String until;

    /** The window that is asked for. */
    TimeWindow window() {
        return TimeWindow.of(Optional.ofNullable(since), Optional.ofNullable(until));
    }
}
