package io.blemish.checkpoint;

import java.util.ArrayList;
import java.util.List;

/**
 * The letters that stand for the bytes 0 to 255 in the vocabularies of GPT-2 and CLIP: bytes that print stand for
 * themselves, and the others follow as the letters from U+0100 on.
 */
public final class ByteLetters {
    private static final String[] BY_BYTE = new String[256];
    private static final List<String> IN_ORDER = inVocabularyOrder();

    private ByteLetters() {}

    /** The letter of a byte. */
    public static String letter(byte value) {
        return BY_BYTE[value & 0xff];
    }

    /** All letters in the order of a vocabulary: those that print first. */
    public static List<String> inOrder() {
        return IN_ORDER;
    }

    private static List<String> inVocabularyOrder() {
        List<String> printing = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (char c = 0; c < 256; c++) {
            boolean prints = (c >= '!' && c <= '~') || (c >= '¡' && c <= '¬') || c >= '®';
            String letter = String.valueOf(prints ? c : (char) (256 + others.size()));
            (prints ? printing : others).add(letter);
            BY_BYTE[c] = letter;
        }
        printing.addAll(others);
        return List.copyOf(printing);
    }
}
