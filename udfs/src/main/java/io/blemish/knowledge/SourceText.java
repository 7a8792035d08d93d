package io.blemish.knowledge;

import io.blemish.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;

/**
 * The text of a knowledge base file, and the one form of complaint about it: file, line, cause, cure.
 *
 * @param file the file as the user named it
 * @param text its content, UTF-8, at most {@link #MAX_BYTES}, without a byte order mark or control characters
 */
record SourceText(Path file, String text) {
    static final int MAX_BYTES = 1 << 20;

    private static final int MAX_TEXT = 500;
    private static final Set<Integer> UNPRINTABLE =
            Set.of((int) Character.CONTROL, (int) Character.LINE_SEPARATOR, (int) Character.PARAGRAPH_SEPARATOR, (int)
                    Character.SURROGATE);

    /** Reads a file whole. */
    static SourceText read(Path file) {
        SourceText empty = new SourceText(file, "");
        byte[] bytes = empty.bytes();
        if (bytes.length > MAX_BYTES) {
            throw empty.mistake("it is larger than " + MAX_BYTES + " bytes", "Split it into several knowledge bases");
        }
        SourceText source = new SourceText(file, empty.decode(bytes));
        source.refuseControlCharacters();
        return source;
    }

    private byte[] bytes() {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException missing) {
            throw UserException.cannot(
                    "read " + file, "there is no such file", "Check the path given to --knowledge", missing);
        } catch (IOException unreadable) {
            throw UserException.cannot(
                    "read " + file,
                    "the file cannot be opened (" + unreadable.getMessage() + ")",
                    "Give a readable .yaml, .json or .txt file",
                    unreadable);
        }
    }

    private String decode(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        String decoded = out.flip().toString();
        if (result.isError()) {
            throw mistake(lineAt(decoded, decoded.length()), "it is not UTF-8 text", "Save the file as UTF-8");
        }
        return decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded;
    }

    private void refuseControlCharacters() {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t') {
                String name = "U+%04X".formatted((int) c);
                throw mistake(lineAt(text, i), "it contains the control character " + name, "Remove the character");
            }
        }
    }

    private static int lineAt(String text, int position) {
        return 1
                + (int) text.substring(0, position)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    /** A complaint about the file as a whole. */
    UserException mistake(String cause, String cure) {
        return UserException.cannot("read " + file, cause, cure);
    }

    /** A complaint about one line, counted from 1. */
    UserException mistake(int line, String cause, String cure) {
        return mistake("line " + line + ": " + cause, cure);
    }

    /** Where a line is, for complaints made later. */
    String origin(int line) {
        return file + ", line " + line;
    }

    /** A piece of text with its white space made single spaces; refused when empty, too long or not printable. */
    String printable(int line, String what, String raw) {
        String text = raw.strip().replaceAll("(?U)\\s+", " ");
        if (text.isEmpty()) {
            throw mistake(line, what + " is empty", "Write some text");
        }
        if (text.length() > MAX_TEXT) {
            throw mistake(
                    line, what + " is longer than " + MAX_TEXT + " characters (" + text.length() + ")", "Shorten it");
        }
        refuseUnprintable(line, what, text);
        return text;
    }

    /** Refuses control characters, exotic line breaks and halves of surrogate pairs, which escapes can smuggle in. */
    void refuseUnprintable(int line, String what, String text) {
        boolean unprintable = text.codePoints().map(Character::getType).anyMatch(UNPRINTABLE::contains);
        if (unprintable) {
            throw mistake(line, what + " contains a character that cannot be shown", "Remove the escape");
        }
    }
}
