package io.blemish.checkpoint;

import io.blemish.error.InternalException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a class of serialised TorchScript declares at its head: the lines {@code name : type} and the list
 * {@code __buffers__ = ["name", …]}.
 */
final class TorchScriptSource {
    private static final Pattern DECLARATION = Pattern.compile("  ([A-Za-z_][A-Za-z_0-9]*) *: *([^#]*[^# ]) *(#.*)?");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");
    private static final Pattern LIST = Pattern.compile("  __(?:buffers|parameters)__ *= *\\[([^]]*)]");

    private static final Pattern HEAD_END = Pattern.compile("(?m)^(  def |[^\\s#])");

    private final Map<String, String> types = new LinkedHashMap<>();
    private final Set<String> listed = new LinkedHashSet<>();

    /** Reads the head of the class, up to its first method. */
    TorchScriptSource(String className, String source) {
        Pattern opening = Pattern.compile("(?m)^class " + Pattern.quote(className) + "\\(Module\\):[^\\n]*\\n");
        Matcher header = opening.matcher(source);
        if (!header.find()) {
            throw new InternalException("The TorchScript source has no class " + className + "(Module)");
        }

        Matcher end = HEAD_END.matcher(source);
        String head = source.substring(header.end(), end.find(header.end()) ? end.start() : source.length());
        Matcher lists = LIST.matcher(head);
        while (lists.find()) {
            QUOTED.matcher(lists.group(1)).results().forEach(name -> listed.add(name.group(1)));
        }
        head.lines().forEach(line -> {
            Matcher declaration = DECLARATION.matcher(line);
            if (declaration.matches()) {
                types.put(declaration.group(1), declaration.group(2));
            }
        });
    }

    /** Attribute to type, in the order of the source; {@code training}, which every module has, is left out. */
    Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>(types);
        attributes.remove("training");
        return attributes;
    }

    /** The names in {@code __buffers__} and {@code __parameters__}. */
    Set<String> listedTensors() {
        return listed;
    }
}
