package io.blemish.jobs.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.checkpoint.Precision;
import io.blemish.error.InternalException;
import io.blemish.image.CropRounding;
import io.blemish.image.DecodeMode;
import io.blemish.image.Orientation;
import org.junit.jupiter.api.Test;

class TestEncoderCard {
    // Law: reading what was written gives the card.
    @Test
    void cardSurvivesItsJson() {
        EncoderCard card = new EncoderCard(Precision.BF16, 224, CropRounding.HF, Orientation.IGNORE, DecodeMode.FAST);

        assertThat(EncoderCard.parse(card.toJson())).isEqualTo(card);
        assertThat(card.toJson())
                .isEqualTo(
                        "{\"decode\":\"fast\",\"orientation\":\"ignore\",\"precision\":\"bf16\",\"rounding\":\"HF\",\"side\":224}");
    }

    @Test
    void damagedCardIsAFault() {
        assertThatThrownBy(() -> EncoderCard.parse("{"))
                .isInstanceOf(InternalException.class)
                .hasMessage("The card of an encoder in the table bundles is damaged");
    }
}
