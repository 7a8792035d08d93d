package io.blemish.knowledge;

import io.blemish.error.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML mapping whose keys are known beforehand, read by key and type; every surprise is a complaint with its line.
 */
final class YamlMap {
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");

    private final SourceText source;
    private final int line;
    private final Map<String, Node> values;

    private YamlMap(SourceText source, int line, Map<String, Node> values) {
        this.source = source;
        this.line = line;
        this.values = values;
    }

    /** Views a node as a mapping with no other keys than these. */
    static YamlMap of(SourceText source, Node node, String what, List<String> keys) {
        int line = line(node);
        if (!(node instanceof MappingNode mapping)) {
            throw source.mistake(line, what + " must be a mapping, not " + kind(node), "Write key: value pairs");
        }
        Map<String, Node> values = new LinkedHashMap<>();
        for (NodeTuple pair : mapping.getValue()) {
            int keyLine = line(pair.getKeyNode());
            String key = pair.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : kind(pair.getKeyNode());
            if (!keys.contains(key)) {
                throw source.mistake(
                        keyLine, "unknown key '" + key + "' in " + what, "The keys are " + String.join(", ", keys));
            }
            if (values.put(key, pair.getValueNode()) != null) {
                throw source.mistake(keyLine, "the key '" + key + "' stands twice in " + what, "Remove one of the two");
            }
        }
        return new YamlMap(source, line, values);
    }

    /** The line where the value of a key starts; where the mapping starts when the key is absent. */
    int line(String key) {
        return values.containsKey(key) ? line(values.get(key)) : line;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    UserException mistake(String key, String cause, String cure) {
        return source.mistake(line(key), cause, cure);
    }

    /** Text that must be there. */
    String text(String key) {
        return optionalText(key).orElseThrow(() -> missing(key));
    }

    Optional<String> optionalText(String key) {
        return Optional.ofNullable(values.get(key)).map(node -> text(node, "'" + key + "'"));
    }

    /** The characters of a scalar of any type, only stripped: conditions keep the white space in their literals. */
    String raw(String key) {
        if (!has(key)) {
            throw missing(key);
        }
        String raw = scalar(values.get(key), "'" + key + "'").getValue().strip();
        source.refuseUnprintable(line(key), "'" + key + "'", raw.replaceAll("[\\n\\t]", " "));
        return raw;
    }

    /** A finite number that must be there, within a closed range. */
    double number(String key, double min, double max) {
        if (!has(key)) {
            throw missing(key);
        }
        ScalarNode scalar = scalar(values.get(key), "'" + key + "'");
        boolean isNumber = scalar.isPlain() && NUMBER.matcher(scalar.getValue()).matches();
        double value = isNumber ? Double.parseDouble(scalar.getValue()) : Double.NaN;
        if (!(value >= min && value <= max)) {
            String range = "'" + key + "' must be a number from " + min + " to " + max;
            throw mistake(key, range + ", not '" + scalar.getValue() + "'", "Correct the number");
        }
        return value + 0.0;
    }

    /** The texts of a list, which may be absent (then empty) but not be an empty list. */
    List<Located> texts(String key) {
        List<Located> texts = new ArrayList<>();
        for (Node item : items(key)) {
            texts.add(new Located(text(item, "an entry of '" + key + "'"), line(item)));
        }
        if (has(key) && texts.isEmpty()) {
            throw mistake(key, "'" + key + "' is an empty list", "Add an entry or remove the key");
        }
        return texts;
    }

    /** The mappings of a list, which may be absent or empty. */
    List<YamlMap> maps(String key, String what, List<String> keys) {
        return items(key).stream().map(item -> of(source, item, what, keys)).toList();
    }

    private List<Node> items(String key) {
        Node node = values.get(key);
        if (node == null) {
            return List.of();
        }
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        throw mistake(
                key, "'" + key + "' must be a list, not " + kind(node), "Write one entry a line, each after '- '");
    }

    private String text(Node node, String what) {
        ScalarNode scalar = scalar(node, what);
        if (scalar.getTag().equals(Tag.NULL)) {
            throw source.mistake(line(node), what + " has no value", "Write some text");
        }
        if (!scalar.getTag().equals(Tag.STR)) {
            throw source.mistake(
                    line(node),
                    what + " must be text, but YAML reads " + scalar.getValue() + " as " + kind(node),
                    "Put it in quotes");
        }
        return source.printable(line(node), what, scalar.getValue());
    }

    private ScalarNode scalar(Node node, String what) {
        if (node instanceof ScalarNode scalar) {
            return scalar;
        }
        throw source.mistake(line(node), what + " must be a single value, not " + kind(node), "Write one value");
    }

    private UserException missing(String key) {
        return source.mistake(line, "'" + key + "' is missing", "Add " + key + ": …");
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private static String kind(Node node) {
        if (node instanceof MappingNode) {
            return "a mapping";
        }
        if (node instanceof SequenceNode) {
            return "a list";
        }
        Tag tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            return "nothing";
        }
        if (tag.equals(Tag.BOOL)) {
            return "true or false";
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return "a number";
        }
        return tag.equals(Tag.TIMESTAMP) ? "a date" : "text";
    }

    /** A text with the line it stands on. */
    record Located(String text, int line) {}
}
