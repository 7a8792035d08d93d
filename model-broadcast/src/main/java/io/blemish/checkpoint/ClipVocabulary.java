package io.blemish.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * The tokens and merges of CLIP's byte-pair encoding, from the older file forms, and the {@code tokenizer.json} that
 * they amount to.
 *
 * @param tokens token to id
 * @param merges pairs in the order of their rank, each as {@code left right}
 */
record ClipVocabulary(Map<String, Integer> tokens, List<String> merges) {
    static final String START = "<|startoftext|>";
    static final String END = "<|endoftext|>";
    static final String WORD_END = "</w>";

    /** 49,152 tokens in all, less the 256 bytes and the two special tokens, as OpenAI's code has it. */
    private static final int MAX_MERGES = 49_152 - 256 - 2;

    static final String WORDS =
            "<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d" + "|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Hugging Face's pair of files. */
    static ClipVocabulary read(Path vocabulary, Path merges) {
        Map<String, Integer> tokens = BytePairFiles.tokens(vocabulary, List.of(START, END));
        try (InputStream in = Files.newInputStream(merges)) {
            return new ClipVocabulary(tokens, BytePairFiles.merges(merges, in, MAX_MERGES));
        } catch (IOException e) {
            throw BytePairFiles.refused(merges, e.toString(), e);
        }
    }

    /** OpenAI's single file. */
    static ClipVocabulary readOpenAi(Path file) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return ofMerges(BytePairFiles.merges(file, in, MAX_MERGES));
        } catch (IOException e) {
            throw BytePairFiles.refused(file, e.toString(), e);
        }
    }

    /** Ids as OpenAI's code gives them: the 256 bytes, the same at the end of a word, the merges, start and end. */
    static ClipVocabulary ofMerges(List<String> merges) {
        // Two pairs may merge to the same letters: that is one token.
        Set<String> names = new LinkedHashSet<>(ByteLetters.inOrder());
        ByteLetters.inOrder().forEach(letter -> names.add(letter + WORD_END));
        merges.forEach(pair -> names.add(pair.replace(" ", "")));
        names.add(START);
        names.add(END);
        Map<String, Integer> tokens = new LinkedHashMap<>();
        names.forEach(name -> tokens.put(name, tokens.size()));
        return new ClipVocabulary(tokens, merges);
    }

    /** The same tokenizer in the form that Hugging Face's library reads. */
    String tokenizerJson() {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", "1.0").putNull("truncation").putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        added.add(ByteLevelJson.special(tokens, START));
        added.add(ByteLevelJson.special(tokens, END));
        root.set("normalizer", normalizer());
        root.set("pre_tokenizer", words());
        root.set("post_processor", frame());
        root.set("decoder", byteLevel());
        root.set("model", model());
        return root.toString();
    }

    private static ObjectNode normalizer() {
        ObjectNode normalizer = JSON.createObjectNode().put("type", "Sequence");
        ArrayNode steps = normalizer.putArray("normalizers");
        steps.addObject().put("type", "NFC");
        steps.addObject()
                .put("type", "Replace")
                .put("content", " ")
                .putObject("pattern")
                .put("Regex", "\\s+");
        steps.addObject().put("type", "Lowercase");
        return normalizer;
    }

    private static ObjectNode words() {
        ObjectNode words = JSON.createObjectNode().put("type", "Sequence");
        ArrayNode steps = words.putArray("pretokenizers");
        steps.addObject()
                .put("type", "Split")
                .put("behavior", "Removed")
                .put("invert", true)
                .putObject("pattern")
                .put("Regex", WORDS);
        steps.add(byteLevel().put("add_prefix_space", false));
        return words;
    }

    private ObjectNode frame() {
        ObjectNode frame = JSON.createObjectNode().put("type", "RobertaProcessing");
        frame.putArray("sep").add(END).add(tokens.get(END));
        frame.putArray("cls").add(START).add(tokens.get(START));
        return frame.put("trim_offsets", false).put("add_prefix_space", false);
    }

    private static ObjectNode byteLevel() {
        return JSON.createObjectNode()
                .put("type", "ByteLevel")
                .put("add_prefix_space", true)
                .put("trim_offsets", true);
    }

    private ObjectNode model() {
        ObjectNode model = JSON.createObjectNode().put("type", "BPE").putNull("dropout");
        model.put("unk_token", END).put("continuing_subword_prefix", "").put("end_of_word_suffix", WORD_END);
        model.put("fuse_unk", false);
        ObjectNode vocabulary = model.putObject("vocab");
        tokens.forEach(vocabulary::put);
        ArrayNode pairs = model.putArray("merges");
        merges.forEach(pairs::add);
        return model;
    }
}
