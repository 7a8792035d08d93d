package io.blemish.knowledge;

import java.io.StringReader;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Parses YAML into nodes that know their lines. Only plain data passes: no anchors and aliases (which can grow
 * without bound), no tags (which can name Java classes), no second document, no deep nesting.
 */
final class YamlDocument {
    private static final int MAX_DEPTH = 8;

    private YamlDocument() {}

    static Node parse(SourceText source) {
        Yaml yaml = new Yaml(new LoaderOptions());
        try {
            refuseAllButPlainData(source, yaml);
            Node root = yaml.compose(new StringReader(source.text()));
            if (root == null) {
                throw source.mistake("it is empty", "Start from one of the files in conf/knowledge");
            }
            return root;
        } catch (MarkedYAMLException malformed) {
            int line = malformed.getProblemMark() == null
                    ? 1
                    : malformed.getProblemMark().getLine() + 1;
            throw source.mistake(
                    line, "it is not YAML: " + malformed.getProblem(), "Correct the line or the one before");
        } catch (YAMLException malformed) {
            throw source.mistake("it is not YAML: " + firstLine(malformed.getMessage()), "Correct the file");
        }
    }

    private static void refuseAllButPlainData(SourceText source, Yaml yaml) {
        int depth = 0;
        for (Event event : yaml.parse(new StringReader(source.text()))) {
            int line = event.getStartMark().getLine() + 1;
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth > MAX_DEPTH) {
                throw source.mistake(line, "it nests deeper than " + MAX_DEPTH + " levels", "Remove the nesting");
            }
            if (event instanceof AliasEvent || (event instanceof NodeEvent node && node.getAnchor() != null)) {
                throw source.mistake(
                        line, "anchors (&) and aliases (*) are not accepted", "Write it out, or in quotes");
            }
            if (tag(event) != null) {
                throw source.mistake(line, "the tag " + tag(event) + " is not accepted", "Remove the tag");
            }
        }
    }

    private static String tag(Event event) {
        if (event instanceof ScalarEvent scalar) {
            return scalar.getTag();
        }
        return event instanceof CollectionStartEvent collection ? collection.getTag() : null;
    }

    private static String firstLine(String message) {
        return message == null ? "unknown reason" : message.lines().findFirst().orElse("unknown reason");
    }
}
