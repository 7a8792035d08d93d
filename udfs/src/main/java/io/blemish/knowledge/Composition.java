package io.blemish.knowledge;

import java.util.Arrays;
import java.util.Optional;

/** How the summary of a label is put into words. */
public enum Composition {
    /** One English sentence about the subject: <em>The orange shows severe green mould and moderate bruises.</em> */
    SENTENCE("sentence"),
    /** The prompts themselves in quotation marks, for plain lists, whose entries need not be noun phrases. */
    PROMPTS("prompts"),
    /** CLIPCap-XAI's own wording, its quirks included, so that its training captions can be made again. */
    CLIPCAP_XAI("clipcap-xai");

    private final String label;

    Composition(String label) {
        this.label = label;
    }

    /** The word that names this style in a knowledge base file. */
    public String label() {
        return label;
    }

    static Optional<Composition> parse(String label) {
        return Arrays.stream(values())
                .filter(style -> style.label.equals(label))
                .findFirst();
    }
}
