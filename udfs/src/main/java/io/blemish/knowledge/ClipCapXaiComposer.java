package io.blemish.knowledge;

import io.blemish.knowledge.Outcome.Finding;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * CLIPCap-XAI's {@code synthesize}, word for word: {@code A fruit with severe green mold minor black mold and gray
 * mold}.
 *
 * <p>Its quirks are kept, because captions trained on it contain them: the highest band says <em>with</em> a second
 * time, nothing separates the bands, an article stays where it was. A probability of exactly 0 is in no band.
 */
final class ClipCapXaiComposer implements SummaryComposer {
    private final SeverityBands bands;

    ClipCapXaiComposer(SeverityBands bands) {
        this.bands = bands;
    }

    @Override
    public String compose(Outcome outcome) {
        return IntStream.range(0, bands.bands().size())
                .mapToObj(band -> part(outcome, band))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" ", "A fruit with ", ""));
    }

    private String part(Outcome outcome, int band) {
        String items = outcome.findings().stream()
                .filter(finding -> finding.band() == band && finding.probability() > 0)
                .map(ClipCapXaiComposer::item)
                .collect(Collectors.joining(" and "));
        String word = band == 0 ? "with" : bands.bands().get(band).name().toLowerCase(Locale.ROOT);
        return items.isEmpty() ? "" : word + " " + items;
    }

    private static String item(Finding finding) {
        String phrase = finding.description().phrase().toLowerCase(Locale.ROOT);
        return phrase.replace("a fruit with", "").strip();
    }
}
