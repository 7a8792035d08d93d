package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import io.blemish.image.DecodeLimits;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What to report on, and where to.
 *
 * @param out folder that the page is written into
 * @param encoder name of the checkpoint's folder, or the beginning of an encoder_id; empty where there is only one
 * @param knowledge name of the knowledge base, or the beginning of a kb_id; empty where there is only one
 * @param window when the photographs were taken
 * @param gallery photographs that are shown, at most
 * @param limits what a photograph may cost
 */
public record ReportOptions(
        Path out,
        Optional<String> encoder,
        Optional<String> knowledge,
        TimeWindow window,
        int gallery,
        DecodeLimits limits) {
    public ReportOptions {
        requireNonNull(out, "out is null");
        requireNonNull(encoder, "encoder is null");
        requireNonNull(knowledge, "knowledge is null");
        requireNonNull(window, "window is null");
        requireNonNull(limits, "limits is null");
    }

    /** What the configuration says, with the options that have no key. */
    public static ReportOptions of(
            Configuration configuration, Path out, Optional<String> encoder, Optional<String> knowledge) {
        return new ReportOptions(
                out,
                encoder,
                knowledge,
                TimeWindow.always(),
                configuration.value(Keys.REPORT_GALLERY),
                InspectOptions.decode(configuration).limits());
    }

    /** The same of photographs that were taken within the window. */
    public ReportOptions within(TimeWindow taken) {
        return new ReportOptions(out, encoder, knowledge, taken, gallery, limits);
    }
}
