package io.blemish.knowledge;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A phrase split from its determiner, so that an adjective finds its place: <em>a cut</em>, <em>a severe cut</em>.
 *
 * @param determiner {@code a}, {@code the}, {@code some} …; empty for <em>green mould</em> and <em>bruises</em>
 * @param noun the rest
 */
record NounPhrase(String determiner, String noun) {
    private static final Pattern DETERMINED =
            Pattern.compile("(an?|the|some|several|many|one|two|three) (.+)", Pattern.CASE_INSENSITIVE);
    /** Words that start with a vowel letter but a consonant sound, and the reverse. */
    private static final Pattern CONSONANT_SOUND = Pattern.compile("(uni|use|usu|eu|one|once|ubiq).*");

    private static final Pattern VOWEL_SOUND = Pattern.compile("([aeiou]|hour|honest|heir).*");

    static NounPhrase of(String phrase) {
        Matcher matcher = DETERMINED.matcher(phrase);
        return matcher.matches() ? new NounPhrase(matcher.group(1), matcher.group(2)) : new NounPhrase("", phrase);
    }

    boolean isBare() {
        return determiner.isEmpty();
    }

    /** The phrase with an adjective in its place, and the article that the adjective takes. */
    String qualified(String adjective) {
        if (isBare() || adjective.isEmpty()) {
            return isBare() ? before(adjective, noun) : determiner + " " + noun;
        }
        boolean indefinite = determiner.equalsIgnoreCase("a") || determiner.equalsIgnoreCase("an");
        return (indefinite ? article(adjective) : determiner) + " " + before(adjective, noun);
    }

    /** Puts words before a text without saying twice the word on which they meet: severe + severe rot = severe rot. */
    static String before(String words, String text) {
        if (words.isEmpty()) {
            return text;
        }
        String meeting = words.substring(words.lastIndexOf(' ') + 1);
        String first = text.split(" ", 2)[0];
        boolean repeated = first.equalsIgnoreCase(meeting) && text.length() > first.length();
        return words + " " + (repeated ? text.substring(first.length() + 1) : text);
    }

    private static String article(String next) {
        String word = next.toLowerCase(Locale.ROOT);
        boolean vowel = VOWEL_SOUND.matcher(word).matches()
                && !CONSONANT_SOUND.matcher(word).matches();
        return vowel ? "an" : "a";
    }
}
