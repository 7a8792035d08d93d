package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import io.blemish.jobs.report.Survey;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What to report on, and where to.
 *
 * @param out folder that the pages are written into
 * @param encoder name of the checkpoint's folder, or the beginning of an encoder_id; empty where there is only one
 * @param knowledge name of the knowledge base, or the beginning of a kb_id; empty where there is only one
 * @param window when the photographs were taken
 * @param extent how much is shown
 */
public record ReportOptions(
        Path out, Optional<String> encoder, Optional<String> knowledge, TimeWindow window, Survey.Extent extent) {
    public ReportOptions {
        requireNonNull(out, "out is null");
        requireNonNull(encoder, "encoder is null");
        requireNonNull(knowledge, "knowledge is null");
        requireNonNull(window, "window is null");
        requireNonNull(extent, "extent is null");
    }

    /** What the configuration says, with the options that have no key. */
    public static ReportOptions of(
            Configuration configuration, Path out, Optional<String> encoder, Optional<String> knowledge) {
        return new ReportOptions(
                out,
                encoder,
                knowledge,
                TimeWindow.always(),
                new Survey.Extent(
                        configuration.value(Keys.REPORT_GALLERY),
                        configuration.value(Keys.REPORT_CHARTS),
                        configuration.value(Keys.REPORT_EVIDENCE),
                        InspectOptions.decode(configuration).limits()));
    }

    /** The same of photographs that were taken within the window. */
    public ReportOptions within(TimeWindow taken) {
        return new ReportOptions(out, encoder, knowledge, taken, extent);
    }
}
