package io.blemish.train;

import java.util.List;

/**
 * What a captioner wrote of an image that it was not trained on.
 *
 * @param imageId of the image
 * @param written the caption
 * @param truths the captions that were given for the image
 */
public record CaptionSample(String imageId, String written, List<String> truths) {
    /** Copies the list. */
    public CaptionSample {
        truths = List.copyOf(truths);
    }
}
