package io.blemish.image;

import java.util.Optional;

/** The image formats that content is recognised as, by its first bytes. Names of files are never looked at. */
public enum ContentFormat {
    JPEG {
        @Override
        Picture open(byte[] content) throws ImageRejectedException {
            return JpegPicture.open(content);
        }
    },
    PNG {
        @Override
        Picture open(byte[] content) throws ImageRejectedException {
            return PngPicture.open(content);
        }
    },
    GIF {
        @Override
        Picture open(byte[] content) throws ImageRejectedException {
            return GifPicture.open(content);
        }
    },
    BMP {
        @Override
        Picture open(byte[] content) throws ImageRejectedException {
            return BmpPicture.open(content);
        }
    },
    TIFF {
        @Override
        Picture open(byte[] content) throws ImageRejectedException {
            return TiffPicture.open(content);
        }
    },
    WEBP {
        @Override
        Picture open(byte[] content) throws ImageRejectedException {
            return WebpPicture.open(content);
        }
    };

    private static final String[] UNSUPPORTED = {
        "\0\0\0\fjP  ", "\u00ffO\u00ffQ", "\u00ff\n", "\0\0\0\fJXL ", "8BPS", "DDS ", "\0\0\1\0", "BigTIFF"
    };

    /** Reads the header of a picture in this format. */
    abstract Picture open(byte[] content) throws ImageRejectedException;

    /**
     * The format of the content, if it is one of these.
     *
     * @param content the whole file, or its first 32 bytes
     */
    public static Optional<ContentFormat> recognised(byte[] content) {
        try {
            return Optional.of(of(content));
        } catch (ImageRejectedException e) {
            return Optional.empty();
        }
    }

    /** The format of the content, or a rejection that says what it is instead. */
    static ContentFormat of(byte[] content) throws ImageRejectedException {
        if (starts(content, "\u00ff\u00d8\u00ff")) {
            return JPEG;
        }
        if (starts(content, "\u0089PNG\r\n\u001a\n")) {
            return PNG;
        }
        if (starts(content, "GIF87a") || starts(content, "GIF89a")) {
            return GIF;
        }
        if (starts(content, "RIFF") && Bytes.matches(content, 8, content.length, "WEBP")) {
            return WEBP;
        }
        if (starts(content, "II*\0") || starts(content, "MM\0*")) {
            return TIFF;
        }
        if (starts(content, "BM") && content.length >= 26) {
            return BMP;
        }

        throw unrecognised(content);
    }

    private static ImageRejectedException unrecognised(byte[] content) {
        if (content.length == 0) {
            return new ImageRejectedException(RejectCode.EMPTY, "the file has no bytes");
        }
        boolean known = Bytes.matches(content, 4, content.length, "ftyp");
        for (String magic : UNSUPPORTED) {
            known |= starts(content, magic);
        }

        return known
                ? new ImageRejectedException(RejectCode.UNSUPPORTED, "the image format is not one that is decoded")
                : new ImageRejectedException(RejectCode.NOT_AN_IMAGE, "the content is of no known image format");
    }

    private static boolean starts(byte[] content, String magic) {
        return Bytes.matches(content, 0, content.length, magic);
    }
}
