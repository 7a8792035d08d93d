package io.blemish.image;

import java.io.IOException;
import java.util.function.Consumer;

/** A picture whose header has been read and whose pixels have not. */
interface Picture {
    /** What the file says about the picture. */
    ImageHeader header();

    /**
     * The same picture, to be decoded at a reduced size where the format allows it, and where that is faster.
     *
     * @param smallestSide what the shorter side must keep, in pixels
     */
    default Picture reduced(int smallestSide) {
        return this;
    }

    /** What width and height may be divided by, and rounded up: 1 unless the picture was {@link #reduced}. */
    default int reduction() {
        return 1;
    }

    /** The memory that {@link #pixels} takes at its peak, in bytes. */
    long decodedBytes();

    /**
     * Decodes the picture as stored, at full size or the {@link #reduction()} of it.
     *
     * @param deadline consulted whenever bytes are read
     * @param warnings told what the decoder complains of
     * @throws IOException when the content is corrupt, or the deadline has passed
     */
    RgbImage pixels(Deadline deadline, Consumer<String> warnings) throws IOException, ImageRejectedException;
}
