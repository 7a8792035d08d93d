package io.blemish.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.blemish.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The two files of a byte-pair encoding: {@code vocab.json}, token to id, and {@code merges.txt}, a pair a line. */
final class BytePairFiles {
    /** Several times the largest published file, unpacked. */
    private static final int MAX_MERGE_BYTES = 16 << 20;

    private static final Pattern PAIR = Pattern.compile("\\S+ \\S+");

    private BytePairFiles() {}

    /** Token to id, with the special tokens that must be there. */
    static Map<String, Integer> tokens(Path vocabulary, List<String> specials) {
        Map<String, Integer> tokens = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> token : JsonFile.read(vocabulary).properties()) {
            if (!token.getValue().isInt()) {
                throw refused(vocabulary, "the id of " + OneLine.of(token.getKey()) + " is not a number", null);
            }
            tokens.put(token.getKey(), token.getValue().intValue());
        }
        for (String special : specials) {
            if (!tokens.containsKey(special)) {
                throw refused(vocabulary, "it lacks the token " + special, null);
            }
        }
        return tokens;
    }

    /** The first pairs of a file in the order of their rank, each as {@code left right}. */
    static List<String> merges(Path file, InputStream in, int most) throws IOException {
        String text = new String(in.readNBytes(MAX_MERGE_BYTES), UTF_8);
        // The first line is a comment, whatever it says.
        List<String> merges = text.lines()
                .skip(1)
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .limit(most)
                .toList();
        for (String merge : merges) {
            if (!PAIR.matcher(merge).matches()) {
                throw refused(file, "one of its lines is not a pair: " + OneLine.of(merge), null);
            }
        }

        return merges;
    }

    static UserException refused(Path file, String cause, Exception revealedBy) {
        return UserException.cannot("read the tokenizer file " + file, cause, "Fetch the file again", revealedBy);
    }
}
