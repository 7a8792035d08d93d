package io.blemish.image;

import static java.util.Objects.requireNonNull;

/** A file that yields no pixels. It is data, not a fault: its message is the reason that is stored beside the code. */
public final class ImageRejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RejectCode code;

    /** A rejection with the reason that the user reads, a short clause without a full stop. */
    public ImageRejectedException(RejectCode code, String reason) {
        this(code, reason, null);
    }

    /** A rejection that keeps what the decoder said. */
    public ImageRejectedException(RejectCode code, String reason, Throwable cause) {
        super(reason, cause);
        this.code = requireNonNull(code, "code is null");
    }

    /** The kind of rejection. */
    public RejectCode code() {
        return code;
    }
}
