package io.blemish.image;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.function.Consumer;
import javax.imageio.ImageReadParam;

/**
 * A JPEG of 8 bits, baseline, extended, progressive, or arithmetic where the runtime's decoder can. Pictures in one
 * scan go to that decoder, those in several and reduced ones to {@link JpegDecoder} first. Colours come out as
 * libjpeg's; profiles are ignored, as Pillow's {@code convert("RGB")} ignores them.
 */
final class JpegPicture implements Picture {
    private static final int[] RGB_ORDER = {0, 1, 2};
    private static final ColorModel RGB = new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);

    private final byte[] content;
    private final JpegHeader jpeg;

    private final int reduction;

    private JpegPicture(byte[] content, JpegHeader jpeg, int reduction) {
        this.content = content;
        this.jpeg = jpeg;
        this.reduction = reduction;
    }

    static Picture open(byte[] content) throws ImageRejectedException {
        return new JpegPicture(content, JpegHeader.read(content), 1);
    }

    /**
     * Halving alone gains nothing over the runtime's decoder, unless that would draw the picture once for each scan.
     */
    @Override
    public Picture reduced(int smallestSide) {
        int shorter = Math.min(jpeg.width(), jpeg.height());
        int largest = 8;
        while (largest > 1 && (shorter + largest - 1) / largest < smallestSide) {
            largest /= 2;
        }

        return largest > 2 || jpeg.severalScans() ? new JpegPicture(content, jpeg, largest) : this;
    }

    @Override
    public int reduction() {
        return reduction;
    }

    @Override
    public ImageHeader header() {
        return new ImageHeader("jpeg", jpeg.width(), jpeg.height(), jpeg.orientation());
    }

    @Override
    public long decodedBytes() {
        int coefficients = jpeg.severalScans() ? 3 * jpeg.components() : 0;
        int samples = jpeg.components() == 3 ? 3 : jpeg.components() + 3;
        return (long) jpeg.width() * jpeg.height() * (samples + coefficients);
    }

    @Override
    public RgbImage pixels(Deadline deadline, Consumer<String> warnings) throws IOException, ImageRejectedException {
        int components = jpeg.components();
        requireSupported(components);
        if (components != 4 && (jpeg.severalScans() || reduction > 1)) {
            try {
                return JpegDecoder.decode(content, jpeg, reduction, colours(), deadline);
            } catch (IrregularJpegException irregular) {
                return atFullSize(deadline, warnings);
            }
        }

        return atFullSize(deadline, warnings);
    }

    private RgbImage atFullSize(Deadline deadline, Consumer<String> warnings) throws IOException {
        int components = jpeg.components();
        if (components == 3) {
            return colour(deadline, warnings);
        }

        byte[] head = jpeg.head(0);
        ContentInput input = new ContentInput(head, content, jpeg.scan(), deadline);
        Raster raster = Codecs.read(Codecs.JPEG, input, warnings, reader -> {
            reader.addIIOReadUpdateListener(new DeadlineWatch(deadline));
            return reader.readRaster(0, null);
        });
        deadline.check();
        return components == 1 ? RasterSamples.ofRaster(raster) : inks(raster);
    }

    private JpegColour colours() {
        if (jpeg.components() == 1) {
            return JpegColour.GREY;
        }

        return jpeg.luminanceAndChrominance() ? JpegColour.YCC : JpegColour.RGB;
    }

    private void requireSupported(int components) throws ImageRejectedException {
        if (jpeg.precision() != 8 || components == 2 || components > 4) {
            throw new ImageRejectedException(
                    RejectCode.UNSUPPORTED,
                    "JPEGs of " + components + " components of " + jpeg.precision() + " bits are not decoded");
        }
        if (jpeg.isLossless()) {
            throw new ImageRejectedException(RejectCode.UNSUPPORTED, "lossless JPEGs are not decoded");
        }
    }

    /** Hands the decoder memory in the order in which it makes pixels: it copies lines instead of sorting channels. */
    private RgbImage colour(Deadline deadline, Consumer<String> warnings) throws IOException {
        int width = jpeg.width();
        int height = jpeg.height();
        byte[] rgb = new byte[3 * width * height];
        WritableRaster raster = Raster.createInterleavedRaster(
                new DataBufferByte(rgb, rgb.length), width, height, 3 * width, 3, RGB_ORDER, null);
        ImageReadParam into = new ImageReadParam();
        into.setDestination(new BufferedImage(RGB, raster, false, null));
        byte[] head = jpeg.head(colours() == JpegColour.YCC ? 1 : 0);
        ContentInput input = new ContentInput(head, content, jpeg.scan(), deadline);
        Codecs.read(Codecs.JPEG, input, warnings, reader -> {
            reader.addIIOReadUpdateListener(new DeadlineWatch(deadline));
            return reader.read(0, into);
        });
        deadline.check();
        return new RgbImage(width, height, rgb);
    }

    /** Four inks, stored inverted as Adobe does and as Pillow takes for granted; the first three possibly as YCbCr. */
    private RgbImage inks(Raster raster) {
        byte[] samples = ((DataBufferByte) raster.getDataBuffer()).getData();
        if (jpeg.luminanceAndChrominance()) {
            for (int i = 0; i < samples.length; i += 4) {
                Inks.fromYcc(samples, i);
            }
        } else {
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (byte) ~samples[i];
            }
        }

        return Inks.rgb(samples, raster.getWidth(), raster.getHeight());
    }
}
