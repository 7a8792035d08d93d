package io.blemish.error;

import static java.util.Objects.requireNonNull;

/**
 * A mistake of the user: an option, a file or a setting that Blemish cannot work with.
 *
 * <p>The command line prints the message alone, without a stack trace, and exits with 2. Everything else that goes wrong is a
 * fault of the program or its surroundings and exits with 1.
 */
public final class UserException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private UserException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * A refusal in the one form that every message takes: <em>Cannot act: cause. Cure.</em>
     *
     * @param act what was refused, for example {@code read model.safetensors}
     * @param cause why, with the offending value
     * @param cure what to do about it, a sentence without its full stop
     */
    public static UserException cannot(String act, String cause, String cure) {
        return cannot(act, cause, cure, null);
    }

    /** The same refusal, keeping the exception that revealed the mistake. */
    public static UserException cannot(String act, String cause, String cure, Throwable revealedBy) {
        requireNonNull(act, "act is null");
        requireNonNull(cause, "cause is null");
        requireNonNull(cure, "cure is null");
        return new UserException("Cannot " + act + ": " + cause + ". " + cure + ".", revealedBy);
    }
}
