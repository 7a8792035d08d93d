package io.blemish.jobs.ingest;

import io.blemish.error.UserException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression whose named groups say what the parts of a path mean, such as
 * {@code /(?<product>[^/]+)/(?<captured_at>\d{8})/[^/]+$}.
 *
 * <p>It is sought anywhere in the path (decoded, with {@code /} between folders). Java forbids underscores in the names
 * of groups, and columns have them: names are rewritten on the way in.
 */
public final class Layout implements FileMetadata.Reader {
    private static final long serialVersionUID = 1L;
    private static final String ALIAS = "group";

    private final String expression;
    private final LinkedHashSet<String> names;
    private final Pattern pattern;

    private Layout(String expression, LinkedHashSet<String> names, Pattern pattern) {
        this.expression = expression;
        this.names = names;
        this.pattern = pattern;
    }

    /**
     * Reads the expression.
     *
     * @throws UserException when it is no regular expression, names a group twice or names none
     */
    public static Layout parse(String expression) {
        LinkedHashSet<String> names = new LinkedHashSet<>();
        try {
            Pattern pattern = Pattern.compile(renamed(expression, names));
            if (names.isEmpty()) {
                throw refusal(expression, "it names no group", null);
            }
            return new Layout(expression, names, pattern);
        } catch (PatternSyntaxException e) {
            throw refusal(expression, e.getDescription() + " near index " + e.getIndex(), e);
        }
    }

    @Override
    public FileMetadata read(String path) {
        Matcher matcher = pattern.matcher(path);
        if (!matcher.find()) {
            return FileMetadata.unknown("the layout does not match the path");
        }
        Map<String, String> named = new LinkedHashMap<>();
        int number = 0;
        for (String name : names) {
            named.put(name, matcher.group(ALIAS + number++));
        }
        return FileMetadata.of(named);
    }

    /** The names of the groups, in their order. */
    Set<String> names() {
        return names;
    }

    @Override
    public String toString() {
        return expression;
    }

    /** The expression with each named group, and each reference to one, called by an alias that Java accepts. */
    private static String renamed(String expression, LinkedHashSet<String> names) {
        StringBuilder renamed = new StringBuilder();
        int depthOfClass = 0;
        int i = 0;
        while (i < expression.length()) {
            char c = expression.charAt(i);
            if (expression.startsWith("\\k<", i)) {
                i = alias(expression, i + 3, names, renamed.append("\\k<"));
            } else if (depthOfClass == 0 && isNamedGroup(expression, i)) {
                i = declare(expression, i, names, renamed);
            } else {
                depthOfClass += c == '[' ? 1 : c == ']' && depthOfClass > 0 ? -1 : 0;
                int end = c == '\\' ? endOfEscape(expression, i) : i + 1;
                renamed.append(expression, i, end);
                i = end;
            }
        }
        return renamed.toString();
    }

    /** The index after the escape, or the quotation, that begins with the backslash at the index. */
    private static int endOfEscape(String expression, int i) {
        if (!expression.startsWith("\\Q", i)) {
            return Math.min(i + 2, expression.length());
        }
        int close = expression.indexOf("\\E", i);
        return close < 0 ? expression.length() : close + 2;
    }

    private static boolean isNamedGroup(String expression, int i) {
        return expression.startsWith("(?<", i)
                && i + 3 < expression.length()
                && (Character.isLetter(expression.charAt(i + 3)) || expression.charAt(i + 3) == '_');
    }

    private static int declare(String expression, int i, LinkedHashSet<String> names, StringBuilder renamed) {
        String name = name(expression, i + 3);
        if (!names.add(name)) {
            throw refusal(expression, "the group " + name + " is there twice", null);
        }
        return alias(expression, i + 3, names, renamed.append("(?<"));
    }

    /** Appends the alias of the name that begins at the index; the index of the character after it. */
    private static int alias(String expression, int begin, LinkedHashSet<String> names, StringBuilder renamed) {
        String name = name(expression, begin);
        int number = 0;
        for (String known : names) {
            if (known.equals(name)) {
                renamed.append(ALIAS).append(number);
                return begin + name.length();
            }
            number++;
        }
        throw refusal(expression, "it refers to a group " + name + " that is not before it", null);
    }

    private static String name(String expression, int begin) {
        int end = expression.indexOf('>', begin);
        String name = end < 0 ? expression.substring(begin) : expression.substring(begin, end);
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw refusal(expression, "'" + name + "' is no name of a group", null);
        }
        return name;
    }

    private static UserException refusal(String expression, String cause, Throwable revealedBy) {
        return UserException.cannot(
                "use the layout " + expression,
                cause,
                "Give a regular expression with named groups, such as (?<product>[^/]+)/(?<lot>[^/]+)/[^/]+$",
                revealedBy);
    }
}
