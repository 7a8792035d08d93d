package io.blemish.knowledge;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether the subject of a summary takes <em>shows</em> or <em>show</em>, <em>is</em> or <em>are</em>. */
public enum GrammaticalNumber {
    /** <em>The orange shows …</em> */
    SINGULAR("shows", "is", "matches"),
    /** <em>The cherries show …</em> */
    PLURAL("show", "are", "match");

    private final String show;
    private final String be;
    private final String match;

    GrammaticalNumber(String show, String be, String match) {
        this.show = show;
        this.be = be;
        this.match = match;
    }

    String show() {
        return show;
    }

    String be() {
        return be;
    }

    String match() {
        return match;
    }

    /** The word that names this number in a knowledge base file. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<GrammaticalNumber> parse(String label) {
        return Arrays.stream(values())
                .filter(number -> number.label().equals(label))
                .findFirst();
    }
}
