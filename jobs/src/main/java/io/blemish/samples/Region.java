package io.blemish.samples;

import java.util.List;

/**
 * A square part of a photograph, as an inspector with a lens would see it, and what is true of that part.
 *
 * @param left pixels from the photograph's left
 * @param top pixels from its top
 * @param side pixels
 * @param captions several, all true of what the region shows
 */
public record Region(int left, int top, int side, List<String> captions) {
    public Region {
        captions = List.copyOf(captions);
    }
}
