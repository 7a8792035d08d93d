package io.blemish.checkpoint;

/** What is wrong with the content of a file, without its name, which the caller adds. Always one line. */
final class MalformedFileException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedFileException(String message) {
        super(OneLine.of(message));
    }

    static void require(boolean condition, String otherwise) throws MalformedFileException {
        if (!condition) {
            throw new MalformedFileException(otherwise);
        }
    }
}
