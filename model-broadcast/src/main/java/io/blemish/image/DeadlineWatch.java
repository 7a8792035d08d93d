package io.blemish.image;

import java.awt.image.BufferedImage;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadUpdateListener;

/**
 * Aborts a reader when the deadline has passed. The runtime's JPEG decoder draws a picture of several scans once for
 * each of them, which may be thousands in a few kilobytes: reading bytes alone would look at the clock too rarely.
 * Updates come line by line; progress reports would not do, because they grow rarer with each scan.
 */
final class DeadlineWatch implements IIOReadUpdateListener {
    private final Deadline deadline;

    DeadlineWatch(Deadline deadline) {
        this.deadline = deadline;
    }

    private void check(ImageReader reader) {
        if (deadline.passed()) {
            reader.abort();
        }
    }

    @Override
    public void imageUpdate(
            ImageReader source,
            BufferedImage image,
            int minX,
            int minY,
            int width,
            int height,
            int periodX,
            int periodY,
            int[] bands) {
        check(source);
    }

    @Override
    public void passStarted(
            ImageReader source,
            BufferedImage image,
            int pass,
            int minPass,
            int maxPass,
            int minX,
            int minY,
            int periodX,
            int periodY,
            int[] bands) {
        check(source);
    }

    @Override
    public void passComplete(ImageReader source, BufferedImage image) {
        check(source);
    }

    @Override
    public void thumbnailPassStarted(
            ImageReader source,
            BufferedImage thumbnail,
            int pass,
            int minPass,
            int maxPass,
            int minX,
            int minY,
            int periodX,
            int periodY,
            int[] bands) {
        check(source);
    }

    @Override
    public void thumbnailUpdate(
            ImageReader source,
            BufferedImage thumbnail,
            int minX,
            int minY,
            int width,
            int height,
            int periodX,
            int periodY,
            int[] bands) {
        check(source);
    }

    @Override
    public void thumbnailPassComplete(ImageReader source, BufferedImage thumbnail) {
        check(source);
    }
}
