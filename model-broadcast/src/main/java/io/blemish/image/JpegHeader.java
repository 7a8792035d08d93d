package io.blemish.image;

import java.io.ByteArrayOutputStream;

/**
 * What stands before the first scan of a JPEG, read segment by segment, and written anew for the decoder: application
 * segments are left out (profiles, thumbnails, EXIF), and one Adobe segment states the colour transform, so that every
 * decoder applies libjpeg's rules about it and none its own.
 */
final class JpegHeader {
    private static final int START = 0xd8;
    private static final int END = 0xd9;
    private static final int SCAN = 0xda;
    private static final int COMMENT = 0xfe;
    private static final int EXIF_HEADER = 6;

    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private int frame;
    private int precision;
    private int width;
    private int height;
    private int components;
    private int firstIds;
    private int orientation;
    private boolean jfif;
    private int adobeTransform = -1;
    private int scanComponents;
    private int scan;

    private JpegHeader() {}

    /** Reads as far as the first scan. */
    static JpegHeader read(byte[] content) throws ImageRejectedException {
        JpegHeader header = new JpegHeader();
        Bytes bytes = Bytes.bigEndian(content);
        int at = 2;
        while (header.scan == 0) {
            at = nextMarker(bytes, at);
            int marker = bytes.u8(at - 1);
            if (marker == END || marker == START) {
                throw corrupt("the JPEG holds no picture");
            }
            if (hasLength(marker)) {
                int length = bytes.u16(at);
                if (length < 2) {
                    throw corrupt("a segment of the JPEG has an impossible length");
                }
                header.readSegment(marker, bytes.part(at + 2, at + length));
                header.keep(marker, content, at, length);
                at += length;
            }
        }

        return header;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    int components() {
        return components;
    }

    int precision() {
        return precision;
    }

    /** Whether samples are predicted from their neighbours instead of transformed. */
    boolean isLossless() {
        return (frame & 0x03) == 0x03;
    }

    /** EXIF orientation, 1 to 8. */
    int orientation() {
        return Math.max(1, orientation);
    }

    /** Whether the picture arrives in several scans, whose coefficients a decoder holds all at once. */
    boolean severalScans() {
        return frame == 0xc2 || frame == 0xca || scanComponents < components;
    }

    /** The position of the first scan's marker in the content: what {@link #head} is continued with. */
    int scan() {
        return scan;
    }

    /**
     * Whether the first three components are luminance and chrominance, by libjpeg's rules ({@code
     * default_decompress_parms}): JFIF says so, Adobe states a transform, and otherwise all pictures of three
     * components are, unless they are named R, G, B.
     */
    boolean luminanceAndChrominance() {
        if (components == 4) {
            return adobeTransform > 0;
        }
        if (components != 3 || jfif || adobeTransform >= 0) {
            return components == 3 && (jfif || adobeTransform != 0);
        }

        return firstIds != ('R' << 16 | 'G' << 8 | 'B');
    }

    /** Everything before the first scan that decoding needs, with the given Adobe transform: 0 none, 1 YCbCr to RGB. */
    byte[] head(int transform) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        byte[] start = {
            (byte) 0xff,
            (byte) START,
            (byte) 0xff,
            (byte) 0xee,
            0,
            14,
            'A',
            'd',
            'o',
            'b',
            'e',
            0,
            100,
            0,
            0,
            0,
            0,
            (byte) transform
        };
        whole.writeBytes(start);
        whole.writeBytes(head.toByteArray());
        return whole.toByteArray();
    }

    private void readSegment(int marker, Bytes data) throws ImageRejectedException {
        if (isFrame(marker) && frame == 0) {
            readFrame(marker, data);
        } else if (marker == 0xe0) {
            jfif |= data.has(0, "JFIF\0") && data.length() >= 12;
        } else if (marker == 0xe1 && data.has(0, "Exif\0\0") && orientation == 0) {
            orientation = TiffDirectory.orientation(data.part(EXIF_HEADER, data.length()));
        } else if (marker == 0xee && data.has(0, "Adobe") && data.length() >= 12) {
            adobeTransform = data.u8(11);
        } else if (marker == SCAN && frame == 0) {
            throw corrupt("the JPEG's picture has no header");
        } else if (marker == SCAN) {
            scanComponents = data.u8(0);
        }
    }

    private void readFrame(int marker, Bytes data) throws ImageRejectedException {
        frame = marker;
        precision = data.u8(0);
        height = data.u16(1);
        width = data.u16(3);
        components = data.u8(5);
        for (int i = 0; i < Math.min(3, components); i++) {
            firstIds = firstIds << 8 | data.u8(6 + 3 * i);
        }
    }

    private void keep(int marker, byte[] content, int at, int length) {
        if (marker == SCAN) {
            scan = at - 2;
        } else if ((marker & 0xf0) != 0xe0 && marker != COMMENT) {
            head.write(0xff);
            head.write(marker);
            head.write(content, at, length);
        }
    }

    /** The position behind the next marker; bytes that belong to no segment are skipped, as libjpeg skips them. */
    private static int nextMarker(Bytes bytes, int from) throws ImageRejectedException {
        int at = from;
        while (bytes.u8(at) != 0xff || bytes.u8(at + 1L) == 0 || bytes.u8(at + 1L) == 0xff) {
            at++;
        }

        return at + 2;
    }

    private static boolean hasLength(int marker) {
        boolean restart = marker >= 0xd0 && marker <= 0xd7;
        return marker != 0x01 && !restart;
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static ImageRejectedException corrupt(String reason) {
        return new ImageRejectedException(RejectCode.CORRUPT, reason);
    }
}
