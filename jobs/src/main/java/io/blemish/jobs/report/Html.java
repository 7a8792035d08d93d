package io.blemish.jobs.report;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A part of a page: an element, or text. Whatever text it holds is escaped when it is written, for there is no other
 * way to write it; {@code src} leads nowhere but into the page itself, and {@code href} to no other place than a page of
 * the same report.
 *
 * <p>What is written is well-formed XML that means the same as HTML. Immutable.
 */
sealed interface Html {
    /** Writes the markup. */
    void write(Appendable out) throws IOException;

    /** An element without attributes. */
    static Element element(String name, Html... children) {
        return new Element(name, Map.of(), List.of(children));
    }

    /** An element whose looks the style sheet gives by a class. */
    static Element element(String name, String styleClass, Html... children) {
        return element(name, children).with("class", styleClass);
    }

    /** An element that holds text alone. */
    static Element element(String name, String styleClass, String text) {
        return element(name, styleClass, text(text));
    }

    /** Text, which may come from anywhere. */
    static Html text(String text) {
        return new Text(text);
    }

    /**
     * An element.
     *
     * @param name in lower case
     * @param attributes in the order in which they are written
     */
    record Element(String name, Map<String, String> attributes, List<Html> children) implements Html {
        private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]*");
        /** A page in the report's folder, a folder of it, or the folder above. */
        private static final Pattern PAGE = Pattern.compile("(\\.\\./|[a-z0-9-]+/)?[a-z0-9-]+\\.html(#[a-z0-9-]+)?");

        private static final Set<String> VOID = Set.of("meta", "img", "br", "hr", "input");
        private static final Set<String> REFERENCES = Set.of("href", "src");
        private static final Set<String> EXECUTABLE = Set.of("script", "iframe", "object", "embed", "base", "link");

        public Element {
            requireName(name);
            if (EXECUTABLE.contains(name)) {
                throw new IllegalArgumentException("a report holds no " + name);
            }
            // In the order given, which Map.copyOf would not keep.
            attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
            children = List.copyOf(children);
        }

        /** This element with one more attribute. */
        Element with(String attribute, String value) {
            requireName(attribute);
            requireNonNull(value, "value is null");
            if (attribute.startsWith("on")) {
                throw new IllegalArgumentException("a report runs nothing: " + attribute);
            }
            if (REFERENCES.contains(attribute) && !staysInside(attribute, value)) {
                throw new IllegalArgumentException("a report is self-contained: " + attribute + " " + value);
            }
            Map<String, String> more = new LinkedHashMap<>(attributes);
            more.put(attribute, value);
            return new Element(name, more, children);
        }

        /** This element with more in it. */
        Element add(Html... more) {
            return add(List.of(more));
        }

        /** This element with more in it. */
        Element add(List<? extends Html> more) {
            List<Html> longer = new ArrayList<>(children);
            longer.addAll(more);
            return new Element(name, attributes, longer);
        }

        @Override
        public void write(Appendable out) throws IOException {
            out.append('<').append(name);
            for (Map.Entry<String, String> attribute : attributes.entrySet()) {
                out.append(' ').append(attribute.getKey()).append("=\"");
                Text.write(attribute.getValue(), out);
                out.append('"');
            }
            if (VOID.contains(name)) {
                out.append("/>");
                return;
            }
            out.append('>');
            for (Html child : children) {
                child.write(out);
            }
            out.append("</").append(name).append('>');
        }

        private static boolean staysInside(String attribute, String value) {
            return value.startsWith("#")
                    || value.startsWith("data:image/")
                    || (attribute.equals("href") && PAGE.matcher(value).matches());
        }

        private static void requireName(String name) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("not a name of HTML: " + name);
            }
        }
    }

    /** Text. */
    record Text(String text) implements Html {
        /** Stands for what cannot be shown. */
        private static final String REPLACEMENT = "\uFFFD";

        public Text {
            requireNonNull(text, "text is null");
        }

        @Override
        public void write(Appendable out) throws IOException {
            write(text, out);
        }

        /** The one place where text becomes markup. */
        static void write(String text, Appendable out) throws IOException {
            int written = 0;
            for (int i = 0; i < text.length(); ) {
                int point = text.codePointAt(i);
                int next = i + Character.charCount(point);
                String escape = escape(point);
                if (escape != null) {
                    out.append(text, written, i).append(escape);
                    written = next;
                }
                i = next;
            }
            out.append(text, written, text.length());
        }

        /** What stands for a character that may not stand for itself; null for all others. */
        private static String escape(int point) {
            return switch (point) {
                case '&' -> "&amp;";
                case '<' -> "&lt;";
                case '>' -> "&gt;";
                case '"' -> "&quot;";
                case '\'' -> "&#39;";
                default -> shownAsIs(point) ? null : REPLACEMENT;
            };
        }

        /** Neither a control character, nor half of a pair, nor a mark that turns the direction of what follows. */
        private static boolean shownAsIs(int point) {
            boolean control = Character.isISOControl(point) && point != '\n' && point != '\t';
            boolean turning = (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
            boolean half = Character.getType(point) == Character.SURROGATE;
            boolean noCharacter = (point & 0xFFFE) == 0xFFFE;
            return !control && !turning && !half && !noCharacter;
        }
    }

    /** A style sheet, which must not hold what would end it. */
    record StyleSheet(String css) implements Html {
        public StyleSheet {
            if (css.indexOf('<') >= 0 || css.indexOf('&') >= 0 || css.contains("url(") || css.contains("@import")) {
                throw new IllegalArgumentException("a style sheet that could end itself, or lead out of the page");
            }
        }

        @Override
        public void write(Appendable out) throws IOException {
            out.append("<style>").append(css).append("</style>");
        }
    }
}
