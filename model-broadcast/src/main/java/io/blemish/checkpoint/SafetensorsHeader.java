package io.blemish.checkpoint;

import static io.blemish.checkpoint.MalformedFileException.require;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The JSON header of a safetensors file: name → {@code {"dtype", "shape", "data_offsets"}}, and {@code __metadata__},
 * an object of strings, which is checked and skipped.
 */
final class SafetensorsHeader {
    /** One tensor's line of the header; the offsets count from the end of the header. */
    record Entry(String name, DType dtype, long[] shape, long begin, long end) {}

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final JsonParser parser;

    private SafetensorsHeader(JsonParser parser) {
        this.parser = parser;
    }

    /** The entries in the order of the text. */
    static List<Entry> parse(String text) throws MalformedFileException {
        try (JsonParser parser = JSON.createParser(text)) {
            return new SafetensorsHeader(parser).entries();
        } catch (IOException e) {
            throw new MalformedFileException("its header is not the JSON that it should be: "
                    + (e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage()));
        }
    }

    private List<Entry> entries() throws IOException, MalformedFileException {
        require(parser.nextToken() == JsonToken.START_OBJECT, "its header is not a JSON object");
        List<Entry> entries = new ArrayList<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            require(parser.nextToken() == JsonToken.START_OBJECT, "the header's entry " + name + " is not an object");
            if (name.equals("__metadata__")) {
                skipMetadata();
            } else {
                entries.add(entry(name));
            }
        }
        require(parser.nextToken() == null, "its header goes on after its end");

        return entries;
    }

    private void skipMetadata() throws IOException, MalformedFileException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            require(parser.nextToken() == JsonToken.VALUE_STRING, "its __metadata__ holds more than strings");
        }
    }

    private Entry entry(String name) throws IOException, MalformedFileException {
        DType dtype = null;
        long[] shape = null;
        long[] offsets = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "dtype" -> dtype = dtype(name);
                case "shape" -> shape = numbers(name, key);
                case "data_offsets" -> offsets = numbers(name, key);
                default -> throw new MalformedFileException("tensor " + name + " has the unknown key " + key);
            }
        }
        boolean complete = dtype != null && shape != null && offsets != null;
        require(complete, "tensor " + name + " lacks dtype, shape or data_offsets");
        require(offsets.length == 2, "tensor " + name + " has " + offsets.length + " data_offsets instead of 2");

        return new Entry(name, dtype, shape, offsets[0], offsets[1]);
    }

    private DType dtype(String tensor) throws IOException, MalformedFileException {
        String text = parser.getText();
        for (DType dtype : DType.values()) {
            if (dtype.name().equals(text)) {
                return dtype;
            }
        }

        throw new MalformedFileException("tensor " + tensor + " has the type " + text + ", which is not supported");
    }

    private long[] numbers(String tensor, String key) throws IOException, MalformedFileException {
        String what = "the " + key + " of tensor " + tensor;
        require(parser.currentToken() == JsonToken.START_ARRAY, what + " is not an array");
        long[] numbers = new long[Shapes.MAX_RANK];
        int count = 0;
        while (parser.nextToken() == JsonToken.VALUE_NUMBER_INT) {
            require(count < Shapes.MAX_RANK, what + " has more than " + Shapes.MAX_RANK + " numbers");
            require(
                    parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER && parser.getLongValue() >= 0,
                    what + " holds " + parser.getText());
            numbers[count++] = parser.getLongValue();
        }
        require(parser.currentToken() == JsonToken.END_ARRAY, what + " holds something that is not a whole number");

        return Arrays.copyOf(numbers, count);
    }
}
