package io.blemish.jobs.inspect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.blemish.checkpoint.Precision;
import io.blemish.error.InternalException;
import io.blemish.image.CropRounding;
import io.blemish.image.DecodeLimits;
import io.blemish.image.DecodeMode;
import io.blemish.image.DecodeOptions;
import io.blemish.image.ImageProcessor;
import io.blemish.image.Orientation;
import io.blemish.udfs.InspectorSettings;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the table {@code bundles} says of an encoder: enough to find the crop of a photograph again without its
 * checkpoint.
 *
 * @param precision of the weights and the matrix products
 * @param side of the crop in pixels
 * @param rounding of the crop's offset
 * @param orientation whether photographs are turned upright first
 * @param decode exact or fast
 */
public record EncoderCard(
        Precision precision, int side, CropRounding rounding, Orientation orientation, DecodeMode decode) {
    /** How photographs become the crops that the encoder sees, within these limits. */
    public InspectorSettings.Preparation preparation(DecodeLimits limits) {
        ImageProcessor cropping = new ImageProcessor(side, new float[3], new float[] {1, 1, 1}, rounding);
        return InspectorSettings.Preparation.of(cropping, new DecodeOptions(orientation, decode, limits));
    }

    /** The card as JSON. */
    public String toJson() {
        Map<String, Object> card = new TreeMap<>();
        card.put("precision", precision.label());
        card.put("side", side);
        card.put("rounding", rounding.name());
        card.put("orientation", orientation.label());
        card.put("decode", decode.label());
        try {
            return new ObjectMapper().writeValueAsString(card);
        } catch (JsonProcessingException e) {
            throw new InternalException("An encoder's card has no JSON form", e);
        }
    }

    /** Reads what {@link #toJson} wrote. */
    public static EncoderCard parse(String json) {
        try {
            JsonNode card = new ObjectMapper().readTree(json);
            return new EncoderCard(
                    Precision.parse(card.path("precision").asText()).orElseThrow(),
                    card.path("side").asInt(),
                    CropRounding.valueOf(card.path("rounding").asText()),
                    Orientation.parse(card.path("orientation").asText()),
                    DecodeMode.parse(card.path("decode").asText()));
        } catch (JsonProcessingException e) {
            throw new InternalException("The card of an encoder in the table bundles is damaged", e);
        }
    }
}
