package io.blemish.error;

/**
 * A fault that no user can mend by changing the input: a broken promise between two parts of Blemish, or an engine that failed
 * where it must not. The command line prints it with its stack trace and exits with 1.
 */
public final class InternalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A fault described by what was being done and what happened instead. */
    public InternalException(String message) {
        super(message);
    }

    /** A fault with the exception that revealed it. */
    public InternalException(String message, Throwable cause) {
        super(message, cause);
    }
}
