package io.blemish.image;

/**
 * A JPEG that {@link JpegDecoder} leaves to the runtime's decoder, which knows what to make of damage and of rare
 * variants.
 */
final class IrregularJpegException extends Exception {
    private static final long serialVersionUID = 1L;

    IrregularJpegException(String reason) {
        super(reason, null, false, false);
    }
}
