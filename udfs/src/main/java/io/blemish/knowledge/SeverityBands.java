package io.blemish.knowledge;

import java.util.List;

/**
 * A severity scale, most severe first. The lowest band starts at 0, so that every probability has a band.
 *
 * @param bands strictly descending by {@link SeverityBand#above()}; at least one
 */
public record SeverityBands(List<SeverityBand> bands) {
    /** CLIPCap-XAI's scale, which is also that of a plain list and of a file that gives none. */
    public static final SeverityBands DEFAULT = new SeverityBands(List.of(
            new SeverityBand("very severe", 0.8, SeverityBand.Wording.ADJECTIVE, "very severe"),
            new SeverityBand("severe", 0.5, SeverityBand.Wording.ADJECTIVE, "severe"),
            new SeverityBand("moderate", 0.3, SeverityBand.Wording.ADJECTIVE, "moderate"),
            new SeverityBand("possible", 0.1, SeverityBand.Wording.ADVERB, "possibly"),
            new SeverityBand("minor", 0.0, SeverityBand.Wording.ADJECTIVE, "minor")));

    /** Keeps an unchangeable copy; refuses an empty or unordered scale and one that does not reach 0. */
    public SeverityBands {
        bands = List.copyOf(bands);
        if (bands.isEmpty() || bands.get(bands.size() - 1).above() != 0) {
            throw new IllegalArgumentException("the lowest severity band must start at 0: " + bands);
        }
        for (int i = 1; i < bands.size(); i++) {
            if (!(bands.get(i).above() < bands.get(i - 1).above())) {
                throw new IllegalArgumentException("severity bands must descend: " + bands);
            }
        }
    }

    /** The position of a probability's band, 0 for the most severe. A probability of exactly 0 is in the lowest. */
    public int indexOf(double probability) {
        int index = 0;
        while (index < bands.size() - 1 && !(probability > bands.get(index).above())) {
            index++;
        }
        return index;
    }

    /** The position of the least severe band. */
    public int lowest() {
        return bands.size() - 1;
    }
}
