package io.blemish.clip;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.blemish.checkpoint.ClipTokenizer;
import io.blemish.checkpoint.TorchScriptArchive;
import io.blemish.error.InternalException;
import java.nio.file.Path;
import java.util.List;

/**
 * CLIP's text tower with its tokenizer, from one file: what an executor needs to compare what was written with what was seen. In float32
 * on the CPU. May be used by several threads at once.
 */
public final class ClipTexts implements AutoCloseable {
    private static final String TOKENIZER = "clip-tokenizer.json";
    private static final String SHAPE = "clip-text.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ClipTokenizer tokenizer;
    private final ClipTextEncoder encoder;

    private ClipTexts(ClipTokenizer tokenizer, ClipTextEncoder encoder) {
        this.tokenizer = tokenizer;
        this.encoder = encoder;
    }

    static TorchScriptArchive.Builder archive(
            TorchScriptArchive.Builder tower, ClipTextEncoder.Shape shape, ClipTokenizer tokenizer) {
        try {
            return tower.extra(TOKENIZER, tokenizer.json()).extra(SHAPE, JSON.writeValueAsString(shape));
        } catch (JsonProcessingException e) {
            throw new InternalException("three numbers have no JSON form", e);
        }
    }

    /**
     * Loads the tower and warms it up. The file may be deleted afterwards.
     *
     * @param archive written by {@link Clip#writeTexts}
     */
    public static ClipTexts load(Path archive) {
        ClipTextEncoder.Shape shape = shape(archive);
        ClipTokenizer tokenizer = ClipTokenizer.of(extra(archive, TOKENIZER), shape.positions());
        try {
            return new ClipTexts(tokenizer, ClipTextEncoder.load(archive, shape));
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /** The embeddings of texts, as the projection gives them, not normalised. A text that is too long loses its last words. */
    public float[][] embed(List<String> texts) {
        return encoder.embed(texts.stream().map(tokenizer::encode).toList());
    }

    /** Frees the weights. No call may be under way. */
    @Override
    public void close() {
        encoder.close();
        tokenizer.close();
    }

    private static ClipTextEncoder.Shape shape(Path archive) {
        try {
            return JSON.readValue(extra(archive, SHAPE), ClipTextEncoder.Shape.class);
        } catch (JsonProcessingException e) {
            throw new InternalException("the archive " + archive + " holds no shape of a text tower", e);
        }
    }

    private static String extra(Path archive, String name) {
        return TorchScriptArchive.extra(archive, name)
                .orElseThrow(() -> new InternalException("the archive " + archive + " holds no " + name));
    }
}
