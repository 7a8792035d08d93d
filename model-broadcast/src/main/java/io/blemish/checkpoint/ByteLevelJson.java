package io.blemish.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * GPT-2's byte-level byte-pair encoding in the form that Hugging Face's library reads, {@code tokenizer.json}.
 *
 * @param tokens token to id
 * @param merges pairs in the order of their rank, each as {@code left right}
 */
record ByteLevelJson(Map<String, Integer> tokens, List<String> merges) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The document.
     *
     * @param specials tokens that are recognised as they are, and left out of decoded texts
     * @param begin what a text begins with
     */
    ObjectNode document(List<String> specials, Optional<String> begin) {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", "1.0").putNull("truncation").putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        specials.forEach(special -> added.add(special(tokens, special)));
        root.putNull("normalizer");
        root.set("pre_tokenizer", byteLevel());
        begin.ifPresentOrElse(token -> root.set("post_processor", frame(token)), () -> root.putNull("post_processor"));
        root.set("decoder", byteLevel());
        root.set("model", model());
        return root;
    }

    /** A token that is recognised as it is. */
    static ObjectNode special(Map<String, Integer> tokens, String content) {
        return JSON.createObjectNode()
                .put("id", tokens.get(content))
                .put("content", content)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", true);
    }

    private static ObjectNode byteLevel() {
        return JSON.createObjectNode()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", true);
    }

    private ObjectNode frame(String begin) {
        ObjectNode frame = JSON.createObjectNode().put("type", "TemplateProcessing");
        ArrayNode single = frame.putArray("single");
        single.add(piece("SpecialToken", begin, 0)).add(piece("Sequence", "A", 0));
        ArrayNode pair = frame.putArray("pair");
        pair.add(piece("SpecialToken", begin, 0)).add(piece("Sequence", "A", 0));
        pair.add(piece("SpecialToken", begin, 1)).add(piece("Sequence", "B", 1));
        ObjectNode end = frame.putObject("special_tokens").putObject(begin).put("id", begin);
        end.putArray("ids").add(tokens.get(begin));
        end.putArray("tokens").add(begin);
        return frame;
    }

    private static ObjectNode piece(String kind, String id, int type) {
        ObjectNode piece = JSON.createObjectNode();
        piece.putObject(kind).put("id", id).put("type_id", type);
        return piece;
    }

    private ObjectNode model() {
        ObjectNode model = JSON.createObjectNode().put("type", "BPE");
        model.putNull("dropout").putNull("unk_token");
        model.put("continuing_subword_prefix", "").put("end_of_word_suffix", "").put("fuse_unk", false);
        ObjectNode vocabulary = model.putObject("vocab");
        tokens.forEach(vocabulary::put);
        ArrayNode pairs = model.putArray("merges");
        merges.forEach(pairs::add);
        return model;
    }
}
