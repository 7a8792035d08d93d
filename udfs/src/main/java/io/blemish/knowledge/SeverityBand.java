package io.blemish.knowledge;

/**
 * One step of the severity scale.
 *
 * @param name what tables and verdict rules call it, for example {@code severe}
 * @param above the band holds probabilities strictly greater than this, up to the next band; in [0, 1)
 * @param wording how it qualifies a defect in a summary
 * @param words the adjective or adverb itself; may be empty for an adjective, which leaves the phrase as it is
 */
public record SeverityBand(String name, double above, Wording wording, String words) {
    /** The place of the words in a phrase. */
    public enum Wording {
        /** After the article: <em>a severe cut</em>, <em>severe bruises</em>. */
        ADJECTIVE,
        /** Before everything, said once for the whole group: <em>possibly a cut and bruises</em>. */
        ADVERB
    }
}
