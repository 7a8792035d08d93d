package io.blemish.knowledge;

import io.blemish.knowledge.SeverityBand.Wording;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the {@code severity} list of a knowledge base file. */
final class SeverityBandsReader {
    private static final List<String> KEYS = List.of("band", "above", "adjective", "adverb");

    private SeverityBandsReader() {}

    static SeverityBands read(YamlMap root) {
        List<YamlMap> entries = root.maps("severity", "a severity band", KEYS);
        if (entries.isEmpty()) {
            return SeverityBands.DEFAULT;
        }
        List<SeverityBand> bands = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (YamlMap entry : entries) {
            SeverityBand band = band(entry);
            if (!names.add(band.name())) {
                throw entry.mistake(
                        "band", "two severity bands are called '" + band.name() + "'", "Rename one of them");
            }
            if (!bands.isEmpty() && band.above() >= bands.get(bands.size() - 1).above()) {
                throw entry.mistake(
                        "above",
                        "severity bands must descend, but " + band.above() + " follows "
                                + bands.get(bands.size() - 1).above(),
                        "Order them from the most severe to the least");
            }
            bands.add(band);
        }
        if (bands.get(bands.size() - 1).above() != 0) {
            throw entries.get(entries.size() - 1)
                    .mistake(
                            "above", "the lowest severity band does not start at 0", "Write above: 0 in the last band");
        }
        return new SeverityBands(bands);
    }

    private static SeverityBand band(YamlMap entry) {
        String name = entry.text("band");
        double above = entry.number("above", 0, 0.999_999);
        if (entry.has("adverb") && entry.has("adjective")) {
            throw entry.mistake(
                    "adverb", "the band '" + name + "' has an adjective and an adverb", "Keep one of the two");
        }
        if (entry.has("adverb")) {
            return new SeverityBand(name, above, Wording.ADVERB, entry.text("adverb"));
        }
        boolean unadorned = entry.has("adjective") && entry.raw("adjective").isEmpty();
        String adjective = unadorned ? "" : entry.optionalText("adjective").orElse(name);
        return new SeverityBand(name, above, Wording.ADJECTIVE, adjective);
    }
}
