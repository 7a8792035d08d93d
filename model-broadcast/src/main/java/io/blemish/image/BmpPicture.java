package io.blemish.image;

import java.io.IOException;
import java.util.function.Consumer;

/** A Windows bitmap. */
final class BmpPicture implements Picture {
    private static final int CORE_HEADER = 12;
    private static final int JPEG = 4;
    private static final int PNG = 5;

    private final byte[] content;
    private final ImageHeader header;

    private BmpPicture(byte[] content) throws ImageRejectedException {
        this.content = content;
        Bytes bytes = Bytes.littleEndian(content);
        boolean core = bytes.u32(14) == CORE_HEADER;
        long compression = core ? 0 : bytes.u32(30);
        if (compression == JPEG || compression == PNG) {
            // The file inside has a size of its own, which no limit has seen
            throw new ImageRejectedException(
                    RejectCode.UNSUPPORTED, "bitmaps that hold a JPEG or a PNG are not decoded");
        }

        int width = core ? bytes.u16(18) : (int) bytes.u32(18);
        int height = core ? bytes.u16(20) : (int) bytes.u32(22);
        header = new ImageHeader("bmp", width, height == Integer.MIN_VALUE ? 0 : Math.abs(height), 1);
    }

    static Picture open(byte[] content) throws ImageRejectedException {
        return new BmpPicture(content);
    }

    @Override
    public ImageHeader header() {
        return header;
    }

    @Override
    public long decodedBytes() {
        return 7L * header.width() * header.height();
    }

    @Override
    public RgbImage pixels(Deadline deadline, Consumer<String> warnings) throws IOException {
        ContentInput input = new ContentInput(content, deadline);
        return RasterSamples.ofImage(Codecs.read(Codecs.BMP, input, warnings, reader -> reader.read(0)));
    }
}
