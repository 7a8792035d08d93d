package io.blemish.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tokens and merges of GPT-2's byte-level byte-pair encoding with OPT's special tokens, and the {@code
 * tokenizer.json} that they amount to.
 *
 * @param tokens token to id
 * @param merges pairs in the order of their rank, each as {@code left right}
 */
record OptVocabulary(Map<String, Integer> tokens, List<String> merges) {
    /** Begins a text, ends it, and stands for what is unknown. */
    static final String END = "</s>";

    static final String PAD = "<pad>";

    /** The ids 0 to 3. */
    static final List<String> SPECIALS = List.of("<s>", PAD, END, "<unk>");

    /** What GPT-2 takes for a word: a space belongs to the letters, digits or signs that follow it. */
    static final String WORDS = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

    private static final int MAX_MERGES = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Hugging Face's pair of files. */
    static OptVocabulary read(Path vocabulary, Path merges) {
        Map<String, Integer> tokens = BytePairFiles.tokens(vocabulary, List.of(PAD, END));
        try (InputStream in = Files.newInputStream(merges)) {
            return new OptVocabulary(tokens, BytePairFiles.merges(merges, in, MAX_MERGES));
        } catch (IOException e) {
            throw BytePairFiles.refused(merges, e.toString(), e);
        }
    }

    /** Special tokens, the 256 bytes, and what the merges make, each named once: two pairs may make the same. */
    static OptVocabulary ofMerges(List<String> merges) {
        List<String> names = new ArrayList<>(SPECIALS);
        names.addAll(ByteLetters.inOrder());
        merges.forEach(pair -> names.add(pair.replace(" ", "")));
        Map<String, Integer> tokens = new LinkedHashMap<>();
        names.forEach(name -> tokens.putIfAbsent(name, tokens.size()));
        return new OptVocabulary(tokens, merges);
    }

    /** The same tokenizer in the form that Hugging Face's library reads; it begins every text with {@link #END}. */
    ObjectNode tokenizerJson() {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", "1.0").putNull("truncation").putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        added.add(special(PAD));
        added.add(special(END));
        root.putNull("normalizer");
        root.set("pre_tokenizer", byteLevel());
        root.set("post_processor", frame());
        root.set("decoder", byteLevel());
        root.set("model", model());
        return root;
    }

    private ObjectNode special(String content) {
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

    private ObjectNode frame() {
        ObjectNode frame = JSON.createObjectNode().put("type", "TemplateProcessing");
        ArrayNode single = frame.putArray("single");
        single.add(piece("SpecialToken", END, 0)).add(piece("Sequence", "A", 0));
        ArrayNode pair = frame.putArray("pair");
        pair.add(piece("SpecialToken", END, 0)).add(piece("Sequence", "A", 0));
        pair.add(piece("SpecialToken", END, 1)).add(piece("Sequence", "B", 1));
        ObjectNode end = frame.putObject("special_tokens").putObject(END).put("id", END);
        end.putArray("ids").add(tokens.get(END));
        end.putArray("tokens").add(END);
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
