package io.blemish.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every format and colour model gives the pixels that Pillow gives. */
class TestPictures {
    private final ImageDecoder asStored = decoder(Orientation.IGNORE);
    private final ImageDecoder upright = decoder(Orientation.APPLY);

    @TestFactory
    Stream<DynamicTest> equalPillow() {
        return Pictures.all().stream().map(picture -> DynamicTest.dynamicTest(picture.name(), () -> check(picture)));
    }

    private void check(Pictures picture) throws ImageRejectedException {
        // Pillow turns a TIFF upright by itself, and no other format
        ImageDecoder decoder = picture.name().startsWith("tiff") ? upright : asStored;
        DecodedImage decoded = decoder.decode(picture.content(), 224);
        RgbImage pixels = decoded.pixels();
        assertThat(pixels.width()).isEqualTo(picture.pillow().width());
        assertThat(pixels.height()).isEqualTo(picture.pillow().height());
        assertThat(Resources.meanDifference(pixels.rgb(), picture.pillow().rgb()))
                .isLessThanOrEqualTo(picture.tolerance());
        assertThat(decoded.header().format()).isEqualTo(picture.name().replaceFirst("-.*", ""));
        assertThat(decoded.warning()).isEmpty();
    }

    private static ImageDecoder decoder(Orientation orientation) {
        return new ImageDecoder(new DecodeOptions(orientation, DecodeMode.EXACT, DecodeLimits.defaults()));
    }
}
