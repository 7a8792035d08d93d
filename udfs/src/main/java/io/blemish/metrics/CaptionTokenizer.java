package io.blemish.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits captions into words as caption metrics do: as Stanford's PTBTokenizer 3.4.1 with {@code -preserveLines
 * -lowerCase} splits them, without the punctuation marks that coco-caption drops (Chen et al. 2015, arXiv 1504.00325).
 *
 * <p>So {@code dog's} is {@code dog 's}, {@code isn't} is {@code is n't}, {@code cannot} is {@code can not}; {@code
 * close-up} and {@code black/white} are one word each; brackets stay, as {@code -lrb-} and the like, because the marks
 * that coco-caption drops are spelt in capitals.
 *
 * <p>Captions do not need the whole of Stanford's grammar. Otherwise than there, emoticons and XML entities fall into
 * their characters, rare abbreviations lose their full stop, and a word in Latin letters goes on in another script.
 */
public final class CaptionTokenizer {
    /** What coco-caption drops. */
    private static final Set<String> PUNCTUATION = Set.of(
            "''", "'", "``", "`", "-LRB-", "-RRB-", "-LCB-", "-RCB-", ".", "?", "!", ",", ":", "-", "--", "...", ";");

    /** How Stanford writes marks. */
    private static final Map<String, String> WRITTEN = Map.ofEntries(
            Map.entry("(", "-lrb-"),
            Map.entry(")", "-rrb-"),
            Map.entry("[", "-lsb-"),
            Map.entry("]", "-rsb-"),
            Map.entry("{", "-lcb-"),
            Map.entry("}", "-rcb-"),
            Map.entry("\u2026", "..."),
            Map.entry("\u2013", "--"),
            Map.entry("\u2014", "--"),
            Map.entry("\u201c", "``"),
            Map.entry("\u201d", "''"),
            Map.entry("\u2018", "`"),
            Map.entry("\u00a3", "#"),
            Map.entry("\u20ac", "$"));

    /** Words that are two. */
    private static final Map<String, Integer> JOINED = Map.of(
            "cannot", 3, "gonna", 3, "wanna", 3, "gotta", 3, "gimme", 3, "lemme", 3, "'tis", 2, "'twas", 2, "y'all", 2);

    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");

    /** What is one token as it stands; the first that fits counts. */
    private static final List<Pattern> WHOLE = List.of(
            // Addresses and tags.
            rule("https?://[^\\s\"<>|()]*[^\\s\"<>|().!?,;:-]"),
            rule("[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+"),
            rule("</?[a-z!][^>\\s]*>"),
            rule("[#@][\\p{L}_][\\p{L}\\p{Nd}_]*"),
            // Words that begin with an apostrophe, decades among them.
            rule("'(?:em|til|cause|n'?)(?![\\p{L}\\p{Nd}])"),
            rule("'\\d\\ds?(?![\\p{L}\\p{Nd}])"),
            rule("'(?:s|m|d|re|ve|ll)(?![\\p{L}\\p{Nd}])"),
            // Abbreviations.
            rule("(?:mr|mrs|ms|dr|st|jr|sr|vs|etc|inc|co|corp|ltd|prof|ft|ave|no(?=\\.\\s*\\d))\\.(?!\\p{L})"),
            rule("(?:\\p{L}\\.){2,}(?!\\p{L})"),
            Pattern.compile("\\p{Lu}\\.(?=\\s+\\p{L})"),
            Pattern.compile("\\p{Lu}+(?:&\\p{Lu}+)+"),
            // Numbers, with their sign, their points and their fractions.
            rule("[-+]?(?:\\d+(?:[,.:/]\\d+)*|\\.\\d+)(?![\\p{L}\\p{Nd}_]|[-/.,:][\\p{L}\\p{Nd}]|'s)"),
            // Marks that are more than one character.
            rule("\\.{3,}"),
            rule("[?!]+|''|``|US\\$"));

    private static final Pattern DASHES = rule("-{2,}");

    /** Letters and digits, held together by hyphens, strokes and apostrophes. */
    private static final Pattern WORD = rule("[\\p{L}\\p{M}\\p{Nd}]+(?:_[\\p{L}\\p{M}\\p{Nd}]+)*"
            + "(?:(?:[-/]|(?<=\\p{L})'(?=\\p{L})|(?<=\\d)'(?=s(?!\\p{L}))|(?<=\\d)[.,](?=\\d)|(?<=\\p{L})[.!?](?=\\p{L}))"
            + "[\\p{L}\\p{M}\\p{Nd}]+)*");

    /** Where a word holds another that begins with an apostrophe; what is behind it stands alone. */
    private static final Pattern CLITIC =
            rule("(?:n't|(?<=[\\p{L}\\p{Nd}])'(?:s|m|d|re|ve|ll))(?![\\p{L}\\p{Nd}])|'n'(?=\\p{L})");

    private CaptionTokenizer() {}

    /** The words of a caption, in lower case, without punctuation marks. */
    public static List<String> tokenize(String caption) {
        List<String> words = new ArrayList<>();
        for (String token : tokens(caption)) {
            if (!PUNCTUATION.contains(token)) {
                words.add(token);
            }
        }
        return words;
    }

    /** All tokens of a caption, in lower case, punctuation marks too. */
    static List<String> tokens(String caption) {
        String text = caption.replace('\u2019', '\'');
        List<String> tokens = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            at = Math.max(at, end(SPACE, text, at));
            if (at < text.length()) {
                at = next(text, at, tokens);
            }
        }
        return tokens;
    }

    /** Adds the token that begins here; where the next may begin. */
    private static int next(String text, int at, List<String> tokens) {
        for (Pattern rule : WHOLE) {
            int end = end(rule, text, at);
            if (end > at) {
                tokens.add(written(text.substring(at, end)));
                return end;
            }
        }
        int dashes = end(DASHES, text, at);
        if (dashes > at) {
            tokens.add("--");
            return dashes;
        }
        int joined = joined(text, at, tokens);
        if (joined > at) {
            return joined;
        }
        int word = end(WORD, text, at);
        if (word > at) {
            return word(text, at, word, tokens);
        }
        int mark = text.offsetByCodePoints(at, 1);
        tokens.add(text.charAt(at) == '"' ? quotes(text, at) : written(text.substring(at, mark)));
        return mark;
    }

    /** Splits words such as {@code cannot}; where it ends, or where it began when there is none. */
    private static int joined(String text, int at, List<String> tokens) {
        for (Map.Entry<String, Integer> pair : JOINED.entrySet()) {
            String word = pair.getKey();
            int end = at + word.length();
            boolean here = text.regionMatches(true, at, word, 0, word.length())
                    && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
            if (here) {
                tokens.add(word.substring(0, pair.getValue()));
                tokens.add(word.substring(pair.getValue()));
                return end;
            }
        }
        return at;
    }

    /** Adds the word up to its first clitic, and that. */
    private static int word(String text, int at, int end, List<String> tokens) {
        Matcher clitic = CLITIC.matcher(text).region(at, text.length()).useTransparentBounds(true);
        if (!clitic.find() || clitic.start() >= end) {
            tokens.add(written(text.substring(at, end)));
            return end;
        }
        if (clitic.start() > at) {
            tokens.add(written(text.substring(at, clitic.start())));
        }
        tokens.add(written(clitic.group()));
        return clitic.end();
    }

    /** Straight quotation marks close behind a letter or a mark, and open elsewhere. */
    private static String quotes(String text, int at) {
        boolean opens =
                at == 0 || Character.isWhitespace(text.charAt(at - 1)) || "([{".indexOf(text.charAt(at - 1)) >= 0;
        boolean before = at + 1 < text.length() && !Character.isWhitespace(text.charAt(at + 1));
        return opens && before ? "``" : "''";
    }

    private static String written(String token) {
        String lower = token.toLowerCase(Locale.ROOT);
        return token.startsWith("...") ? "..." : WRITTEN.getOrDefault(token, lower);
    }

    private static Pattern rule(String expression) {
        return Pattern.compile(expression, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** Where a match that begins here ends; the beginning itself when there is none. */
    private static int end(Pattern pattern, String text, int at) {
        Matcher matcher = pattern.matcher(text).region(at, text.length()).useTransparentBounds(true);
        return matcher.lookingAt() ? matcher.end() : at;
    }
}
