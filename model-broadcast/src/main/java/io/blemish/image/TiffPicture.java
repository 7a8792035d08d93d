package io.blemish.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.function.Consumer;

/** The first picture of a TIFF. */
final class TiffPicture implements Picture {
    private static final int INDICES = 3;
    private static final int INKS = 5;
    private static final int OLD_JPEG = 6;
    private static final int JPEG = 7;

    /** Tiles may exceed the picture, and are decoded whole. */
    private static final long LARGEST_TILE = 1 << 24;

    private final byte[] content;
    private final ImageHeader header;
    private final long tilePixels;
    private final long bytesPerPixel;
    private final boolean inks;
    private final int[] palette;

    private TiffPicture(byte[] content) throws ImageRejectedException {
        this.content = content;
        TiffDirectory directory = TiffDirectory.read(Bytes.bigEndian(content));
        requireOneSize(directory);
        header = new ImageHeader(
                "tiff",
                (int) Math.min(Integer.MAX_VALUE, directory.number(TiffDirectory.WIDTH, 0)),
                (int) Math.min(Integer.MAX_VALUE, directory.number(TiffDirectory.HEIGHT, 0)),
                directory.orientation());
        tilePixels = directory.number(TiffDirectory.TILE_WIDTH, 0) * directory.number(TiffDirectory.TILE_LENGTH, 0);
        long samples = directory.number(TiffDirectory.SAMPLES_PER_PIXEL, 1);
        long bits = directory.number(TiffDirectory.BITS_PER_SAMPLE, 1);
        bytesPerPixel = Math.max(1, samples * ((bits + 7) / 8));
        long photometric = directory.number(TiffDirectory.PHOTOMETRIC, 0);
        inks = photometric == INKS;
        palette = photometric == INDICES ? directory.colourMap() : new int[0];
        if (samples > 4 || bits > 16 || (inks && (samples != 4 || bits != 8))) {
            throw new ImageRejectedException(
                    RejectCode.UNSUPPORTED, "TIFFs of " + samples + " samples of " + bits + " bits are not decoded");
        }
    }

    static Picture open(byte[] content) throws ImageRejectedException {
        return new TiffPicture(content);
    }

    private static void requireOneSize(TiffDirectory directory) throws ImageRejectedException {
        if (directory.isAmbiguous()) {
            throw new ImageRejectedException(RejectCode.CORRUPT, "the TIFF's tags are repeated or of a wrong type");
        }

        long compression = directory.number(TiffDirectory.COMPRESSION, 1);
        if (compression == OLD_JPEG || compression == JPEG) {
            // The JPEG inside has a size of its own, which no limit has seen
            throw new ImageRejectedException(RejectCode.UNSUPPORTED, "TIFFs that hold a JPEG are not decoded");
        }

        long tileWidth = directory.number(TiffDirectory.TILE_WIDTH, 0);
        long tileLength = directory.number(TiffDirectory.TILE_LENGTH, 0);
        if (tileWidth == 0 != (tileLength == 0)) {
            throw new ImageRejectedException(RejectCode.CORRUPT, "the TIFF's tiles have one side only");
        }
        if (Math.max(tileWidth, tileLength) > LARGEST_TILE || tileWidth * tileLength > LARGEST_TILE) {
            throw new ImageRejectedException(
                    RejectCode.UNSUPPORTED,
                    "TIFFs with tiles of more than " + LARGEST_TILE + " pixels are not decoded");
        }
    }

    @Override
    public ImageHeader header() {
        return header;
    }

    @Override
    public long decodedBytes() {
        return (bytesPerPixel + 3) * header.width() * header.height() + bytesPerPixel * tilePixels;
    }

    @Override
    public RgbImage pixels(Deadline deadline, Consumer<String> warnings) throws IOException {
        ContentInput input = new ContentInput(content, deadline);
        BufferedImage image = Codecs.read(Codecs.TIFF, input, warnings, reader -> reader.read(0));
        if (palette.length > 0) {
            return RasterSamples.indexed(image.getRaster(), palette);
        }
        if (!inks) {
            return RasterSamples.ofImage(image);
        }

        byte[] amounts = new byte[4 * image.getWidth() * image.getHeight()];
        image.getRaster().getDataElements(0, 0, image.getWidth(), image.getHeight(), amounts);
        return Inks.rgb(amounts, image.getWidth(), image.getHeight());
    }
}
