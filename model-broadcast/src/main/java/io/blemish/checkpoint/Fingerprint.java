package io.blemish.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.blemish.error.InternalException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A SHA-256 over everything that decides what a model computes: its weights, its configuration and its preprocessing.
 *
 * <p>The order of the calls and the values decide; the order of tensors in their file, of keys in a JSON object, white
 * space and the file format do not. Each part goes in with its kind, key and length, so that no two sequences of parts
 * give the same bytes.
 */
public final class Fingerprint {
    private static final ObjectMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final MessageDigest digest = newDigest();

    /** The SHA-256 of the parts, one after the other, as 64 hexadecimal digits. */
    public static String sha256(byte[]... parts) {
        MessageDigest digest = newDigest();
        for (byte[] part : parts) {
            digest.update(part);
        }

        return HexFormat.of().formatHex(digest.digest());
    }

    /** Adds the tensors by name: types, shapes and bytes. */
    public Fingerprint tensors(Iterable<Tensor> tensors) {
        List<Tensor> ordered = StreamSupport.stream(tensors.spliterator(), false)
                .sorted(Comparator.comparing(Tensor::name))
                .toList();
        add("tensors", Integer.toString(ordered.size()));
        for (Tensor tensor : ordered) {
            add(tensor.name(), tensor.dtype() + Arrays.toString(tensor.shape()));
            digest.update(tensor.data());
        }

        return this;
    }

    /** Adds a JSON document, its objects ordered by key. */
    public Fingerprint json(String key, JsonNode document) {
        try {
            Object plain = CANONICAL.treeToValue(document, Object.class);
            return add("json " + key, CANONICAL.writeValueAsString(plain));
        } catch (JsonProcessingException e) {
            throw new InternalException("A parsed JSON document cannot be written: " + key, e);
        }
    }

    /** Adds one setting. */
    public Fingerprint value(String key, String value) {
        return add("value " + key, value);
    }

    /** The fingerprint of what has been added: 64 hexadecimal digits. Ends this object's use. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private Fingerprint add(String key, String value) {
        addText(key);
        addText(value);
        return this;
    }

    private void addText(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, bytes.length).array());
        digest.update(bytes);
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new InternalException("Every Java has SHA-256, this one has not", e);
        }
    }
}
