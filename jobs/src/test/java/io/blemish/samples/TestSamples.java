package io.blemish.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.UserException;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSamples {
    private static final SampleOptions OPTIONS = Small.options(9, new SampleOptions.Mix(0.3, 0.3, 0.1));

    @TempDir
    Path folder;

    @Test
    void sameSeedSameBytesHoweverMany() throws IOException {
        Samples few = new Samples(folder.resolve("few"), 6, OPTIONS);
        Samples many = new Samples(folder.resolve("many"), 14, OPTIONS);
        SamplesResult result = few.run(done -> {});
        assertThat(result.photographs()).isEqualTo(6);
        many.run(done -> {});
        Map<String, Integer> first = hashes(folder.resolve("few"));
        Map<String, Integer> second = hashes(folder.resolve("many"));
        assertThat(second).containsAllEntriesOf(first);
        assertThat(first).hasSize(6 + result.masks());
        assertThat(Files.readString(folder.resolve("many/truths.csv")))
                .startsWith(Files.readString(folder.resolve("few/truths.csv")));
    }

    /** The photographs and masks, by their names. */
    private static Map<String, Integer> hashes(Path folder) throws IOException {
        Map<String, Integer> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> path.toString().matches(".*\\.(jpg|png)"))
                    .toList()) {
                hashes.put(folder.relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return hashes;
    }

    @Test
    void truthsNameWhatIsThere() throws IOException {
        new Samples(folder, 12, OPTIONS).run(done -> {});
        List<String> truths = Files.readAllLines(folder.resolve("truths.csv"));
        assertThat(truths.get(0)).isEqualTo("image,kind,value,mask_uri,source,author,stated_at");
        Studio studio = new Studio(OPTIONS);
        for (int index = 0; index < 12; index++) {
            Photograph photograph = studio.photograph(index);
            Truth truth = photograph.truth();
            String image = Printer.photograph(index);
            assertThat(statements(truths, image, "caption")).hasSameSizeAs(truth.captions());
            assertThat(statements(truths, image, "severity")).hasSize(truth.sound() ? 0 : 1);
            if (truth.sound()) {
                assertThat(statements(truths, image, "label"))
                        .singleElement()
                        .asString()
                        .contains(",label,sound,,generator,");
            }
            for (int i = 0; i < truth.marks().size(); i++) {
                Defect defect = truth.marks().get(i).defect();
                String mask = Printer.mask(index, defect);
                assertThat(statements(truths, image, "label"))
                        .anyMatch(row -> row.contains(",label," + defect.label() + ","));
                assertThat(statements(truths, image, "mask"))
                        .anyMatch(row -> row.contains("," + defect.label() + "," + mask + ","));
                requireMask(photograph.masks().get(i), photograph.image(), mask, image);
            }
        }
    }

    private static List<String> statements(List<String> truths, String image, String kind) {
        return truths.stream()
                .filter(row -> row.startsWith(image + "," + kind + ","))
                .toList();
    }

    /** The files as another program reads them. */
    private void requireMask(byte[] expected, BufferedImage drawn, String mask, String image) throws IOException {
        BufferedImage read = ImageIO.read(folder.resolve(mask).toFile());
        assertThat(read.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
        assertThat(((DataBufferByte) read.getRaster().getDataBuffer()).getData())
                .isEqualTo(expected);
        BufferedImage photograph = ImageIO.read(folder.resolve(image).toFile());
        assertThat(photograph.getWidth()).isEqualTo(read.getWidth()).isEqualTo(drawn.getWidth());
        assertThat(photograph.getHeight()).isEqualTo(read.getHeight()).isEqualTo(drawn.getHeight());
        double difference = 0;
        for (int y = 0; y < drawn.getHeight(); y += 3) {
            for (int x = 0; x < drawn.getWidth(); x += 3) {
                difference += Math.abs((photograph.getRGB(x, y) >> 8 & 255) - (drawn.getRGB(x, y) >> 8 & 255));
            }
        }
        assertThat(difference / (drawn.getWidth() * drawn.getHeight() / 9.0)).isLessThan(12);
    }

    @Test
    void folderThatIsInUseIsLeftAlone() throws IOException {
        Files.writeString(folder.resolve("mine.txt"), "mine");
        assertThatThrownBy(() -> new Samples(folder, 1, OPTIONS).run(done -> {}))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("it is not empty");
        assertThatThrownBy(() -> new Samples(folder.resolve("mine.txt"), 1, OPTIONS).run(done -> {}))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("it is a file");
        assertThatThrownBy(() -> new Samples(folder, 0, OPTIONS))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("their number is 0");
    }
}
