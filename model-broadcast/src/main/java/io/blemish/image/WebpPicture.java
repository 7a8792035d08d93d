package io.blemish.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.function.Consumer;

/** A WebP, lossy or lossless; of an animation, the first frame. */
final class WebpPicture implements Picture {
    private static final int RIFF_HEADER = 12;
    private static final int CHUNK_HEADER = 8;

    private final byte[] content;
    private int width;
    private int height;
    private int orientation = 1;

    private WebpPicture(byte[] content) throws ImageRejectedException {
        this.content = content;
        Bytes bytes = Bytes.littleEndian(content);
        int data = RIFF_HEADER + CHUNK_HEADER;
        if (bytes.has(RIFF_HEADER, "VP8X")) {
            width = 1 + bytes.u24(data + 4);
            height = 1 + bytes.u24(data + 7);
            readChunks(bytes);
        } else if (bytes.has(RIFF_HEADER, "VP8L")) {
            long sizes = bytes.u32(data + 1);
            width = 1 + (int) (sizes & 0x3fff);
            height = 1 + (int) (sizes >> 14 & 0x3fff);
        } else if (bytes.has(RIFF_HEADER, "VP8 ")) {
            width = bytes.u16(data + 6) & 0x3fff;
            height = bytes.u16(data + 8) & 0x3fff;
        } else {
            bytes.u8(data);
            throw new ImageRejectedException(RejectCode.CORRUPT, "the WebP holds no picture");
        }
        requireLength(bytes);
    }

    static Picture open(byte[] content) throws ImageRejectedException {
        return new WebpPicture(content);
    }

    @Override
    public ImageHeader header() {
        return new ImageHeader("webp", width, height, orientation);
    }

    @Override
    public long decodedBytes() {
        return 11L * width * height;
    }

    @Override
    public RgbImage pixels(Deadline deadline, Consumer<String> warnings) throws IOException {
        ContentInput input = new ContentInput(content, deadline);
        BufferedImage image = Codecs.read(Codecs.WEBP, input, warnings, reader -> reader.read(0));
        return RasterSamples.ofRaster(image.getRaster());
    }

    /** The decoder fills what is missing with grey, so a file shorter than it says is turned away here. */
    private static void requireLength(Bytes bytes) throws ImageRejectedException {
        if (bytes.u32(4) + CHUNK_HEADER > bytes.length() + 1L) {
            throw new ImageRejectedException(RejectCode.TRUNCATED, "the WebP is shorter than its header says");
        }
    }

    private void readChunks(Bytes bytes) throws ImageRejectedException {
        long at = RIFF_HEADER;
        while (at + CHUNK_HEADER <= bytes.length()) {
            long length = bytes.u32(at + 4);
            int data = (int) at + CHUNK_HEADER;
            if (bytes.has((int) at, "EXIF") && data + length <= bytes.length()) {
                int skipped = bytes.has(data, "Exif\0\0") ? 6 : 0;
                orientation = TiffDirectory.orientation(bytes.part(data + skipped, (int) (data + length)));
                return;
            }
            at = data + length + (length & 1);
        }
    }
}
