package io.blemish.jobs;

/** How a command ends, as its caller sees it. */
public enum ExitCode {
    /** Everything was done. */
    DONE(0),
    /** A fault of the program or its surroundings. */
    FAULT(1),
    /** The user's mistake, told in one line. */
    USER_MISTAKE(2),
    /** Everything was done, but too large a share was rejected or failed, or a check found something. */
    TOO_MANY_BAD(3);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** The number that the process exits with. */
    public int code() {
        return code;
    }
}
