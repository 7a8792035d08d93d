package io.blemish.image;

import java.util.List;

/**
 * The frame of a JPEG: its size and its components.
 *
 * @param width of the picture in pixels
 * @param height of the picture in pixels
 * @param horizontal the largest sampling factor across: a unit is that many blocks of the finest component wide
 * @param vertical the largest sampling factor down
 * @param components one, or three
 */
record JpegFrame(int width, int height, int horizontal, int vertical, List<JpegComponent> components) {
    static JpegFrame of(int width, int height, List<JpegComponent> components) {
        int horizontal = components.stream().mapToInt(c -> c.horizontal).max().orElseThrow();
        int vertical = components.stream().mapToInt(c -> c.vertical).max().orElseThrow();
        return new JpegFrame(width, height, horizontal, vertical, components);
    }

    int unitsAcross() {
        return (width + 8 * horizontal - 1) / (8 * horizontal);
    }

    int unitsDown() {
        return (height + 8 * vertical - 1) / (8 * vertical);
    }
}
