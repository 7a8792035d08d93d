package io.blemish.samples;

import java.util.List;
import java.util.Optional;

/**
 * What is true of a generated photograph.
 *
 * @param index its number, from 0
 * @param product the noun, for example {@code apple}
 * @param provenance where and when it was taken
 * @param fruitPixels how many pixels show the fruit
 * @param marks its defects; none when it is sound
 * @param captions several, all true, each naming every defect
 * @param regions parts of it, each with captions of its own
 */
public record Truth(
        int index,
        String product,
        Provenance provenance,
        int fruitPixels,
        List<Mark> marks,
        List<String> captions,
        List<Region> regions) {
    public Truth {
        marks = List.copyOf(marks);
        captions = List.copyOf(captions);
        regions = List.copyOf(regions);
    }

    /**
     * One defect on the photograph.
     *
     * @param defect what it is
     * @param severity how bad it is
     * @param pixels how many pixels show it
     */
    public record Mark(Defect defect, Severity severity, int pixels) {}

    public boolean sound() {
        return marks.isEmpty();
    }

    /** The severity of the worst defect; none when it is sound. */
    public Optional<Severity> severity() {
        return marks.stream().map(Mark::severity).max(Severity::compareTo);
    }
}
