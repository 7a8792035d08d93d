package io.blemish.tables;

import io.blemish.error.UserException;
import java.util.regex.Pattern;

/**
 * Names of schemas, tables and columns on their way into SQL: those that a user chooses are checked against a list of harmless
 * characters, then quoted.
 */
public final class Identifiers {
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    private Identifiers() {}

    /**
     * The name in back-ticks.
     *
     * @throws UserException when the name has any character but letters, digits and underscores, or begins with a digit
     */
    public static String quoted(String name) {
        if (!HARMLESS.matcher(name).matches()) {
            throw UserException.cannot(
                    "use the name " + name,
                    "it is not a letter or underscore followed by up to 127 letters, digits and underscores",
                    "Choose another name");
        }
        return "`" + name + "`";
    }

    /** Any name in back-ticks, its own among them doubled: of a column or a path that is there, whatever it is called. */
    public static String escaped(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** A name of several parts, such as {@code catalog.schema.table}, each part quoted. */
    public static String quotedPath(String dotted) {
        StringBuilder quoted = new StringBuilder();
        for (String part : dotted.split("\\.", -1)) {
            quoted.append(quoted.length() == 0 ? "" : ".").append(quoted(part));
        }
        return quoted.toString();
    }
}
