package io.blemish.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.UserException;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class TestStudio {
    /** The pocket models are trained on these very photographs: whoever changes them changes what the models were tested on. */
    @Test
    void photographsOfASeedStayAsTheyAre() {
        Studio studio = new Studio(SampleOptions.of(1));
        assertThat(List.of(
                        checksum(studio.photograph(0)), checksum(studio.photograph(1)), checksum(studio.photograph(2))))
                .containsExactly(0xfc836de1L, 0x0dd2cc77L, 0x8aad473dL);
    }

    @Test
    void photographDependsOnSeedAndNumberAlone() {
        SampleOptions options = Small.options(5, new SampleOptions.Mix(0.4, 0.2, 0.1));
        Studio forwards = new Studio(options);
        Studio backwards = new Studio(options);
        List<Long> there = new ArrayList<>();
        List<Long> back = new ArrayList<>();
        for (int index = 0; index < 12; index++) {
            there.add(checksum(forwards.photograph(index)));
            back.add(0, checksum(backwards.photograph(11 - index)));
        }
        assertThat(there).isEqualTo(back).doesNotHaveDuplicates();
        Studio other = new Studio(Small.options(6, options.mix()));
        assertThat(checksum(other.photograph(0))).isNotEqualTo(there.get(0));
    }

    @Test
    void masksLieWhereTheyAreLookedFor() {
        Studio studio = new Studio(Small.options(3, new SampleOptions.Mix(0, 0.4, 0.3)));
        Set<Defect> met = EnumSet.noneOf(Defect.class);
        for (int index = 0; index < 80; index++) {
            Photograph photograph = studio.photograph(index);
            Truth truth = photograph.truth();
            assertThat(truth.marks()).hasSameSizeAs(photograph.masks()).isNotEmpty();
            assertThat(truth.marks().stream().map(Truth.Mark::defect)).doesNotHaveDuplicates();
            int[] claimed =
                    new int[photograph.image().getWidth() * photograph.image().getHeight()];
            for (int i = 0; i < truth.marks().size(); i++) {
                Truth.Mark mark = truth.marks().get(i);
                met.add(mark.defect());
                requirePlace(photograph.masks().get(i), photograph.image(), mark);
                assertThat((double) mark.pixels() / truth.fruitPixels())
                        .as("%s of photograph %d", mark, index)
                        .isBetween(0.012, 0.16);
                for (int p = 0; p < claimed.length; p++) {
                    claimed[p] += photograph.masks().get(i)[p] & 1;
                }
            }
            assertThat(claimed).as("a point shows one defect").doesNotContain(2, 3);
        }
        assertThat(met).containsExactlyInAnyOrder(Defect.values());
    }

    private static void requirePlace(byte[] mask, BufferedImage image, Truth.Mark mark) {
        int width = image.getWidth();
        int height = image.getHeight();
        int left = Small.margin(width, height);
        int top = Small.margin(height, width);
        boolean other = false;
        int set = 0;
        int central = 0;
        int[] box = {width, height, 0, 0};
        for (int p = 0; p < mask.length; p++) {
            other |= mask[p] != 0 && mask[p] != (byte) 255;
            if (mask[p] != 0) {
                int x = p % width;
                int y = p / width;
                set++;
                central += x >= left && x < width - left && y >= top && y < height - top ? 1 : 0;
                box = new int[] {Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)};
            }
        }
        assertThat(other).as("a mask is 0 or 255").isFalse();
        assertThat(set).isEqualTo(mark.pixels());
        assertThat((double) central / set).isGreaterThan(0.9);
        assertThat(box[0] > 0 && box[1] > 0 && box[2] < width - 1 && box[3] < height - 1)
                .as("%s is whole inside the picture", mark)
                .isTrue();
        if (mark.defect() == Defect.CUT) {
            assertThat(Math.hypot(box[2] - box[0], box[3] - box[1]) / Math.min(width, height))
                    .isGreaterThan(0.16);
        }
    }

    /** What a defect's name promises must be on the picture: its pixels differ from those around it, in colour or in contrast. */
    @Test
    void defectsAreVisible() {
        Studio studio = new Studio(Small.options(8, Small.single()));
        List<Double> differences = new ArrayList<>();
        for (int index = 0; index < 120; index++) {
            Photograph photograph = studio.photograph(index);
            differences.add(difference(photograph.image(), photograph.masks().get(0)));
        }
        assertThat(differences.stream().filter(difference -> difference < 8).count())
                .as("differences of %s", differences)
                .isLessThan(7);
    }

    private static double difference(BufferedImage image, byte[] mask) {
        int width = image.getWidth();
        Spread inside = new Spread();
        Spread around = new Spread();
        for (int p = 0; p < mask.length; p++) {
            int x = p % width;
            int y = p / width;
            if (mask[p] != 0) {
                inside.add(image.getRGB(x, y));
            } else if (near(mask, width, x, y)) {
                around.add(image.getRGB(x, y));
            }
        }
        double colour = 0;
        double contrast = 0;
        for (int channel = 0; channel < 3; channel++) {
            colour = Math.max(colour, Math.abs(inside.mean(channel) - around.mean(channel)));
            contrast = Math.max(contrast, inside.deviation(channel) - around.deviation(channel));
        }
        return Math.max(colour, contrast);
    }

    private static boolean near(byte[] mask, int width, int x, int y) {
        int reach = 4;
        for (int[] step : new int[][] {{reach, 0}, {-reach, 0}, {0, reach}, {0, -reach}}) {
            int px = x + step[0];
            int p = (y + step[1]) * width + px;
            if (px >= 0 && px < width && p >= 0 && p < mask.length && mask[p] != 0) {
                return true;
            }
        }
        return false;
    }

    /** Mean and deviation of a colour. */
    private static final class Spread {
        private final double[] sums = new double[3];
        private final double[] squares = new double[3];
        private int count;

        void add(int rgb) {
            for (int channel = 0; channel < 3; channel++) {
                int value = (rgb >> (8 * channel)) & 255;
                sums[channel] += value;
                squares[channel] += value * value;
            }
            count++;
        }

        double mean(int channel) {
            return sums[channel] / count;
        }

        double deviation(int channel) {
            return Math.sqrt(Math.max(0, squares[channel] / count - mean(channel) * mean(channel)));
        }
    }

    @Test
    void sizesAndMixAreThoseAskedFor() {
        Studio studio = new Studio(Small.options(2, new SampleOptions.Mix(0.5, 0, 0)));
        int sound = 0;
        int landscape = 0;
        for (int index = 0; index < 60; index++) {
            Photograph photograph = studio.photograph(index);
            int width = photograph.image().getWidth();
            int height = photograph.image().getHeight();
            assertThat(Math.max(width, height)).isBetween(150, 260);
            assertThat((double) Math.max(width, height) / Math.min(width, height))
                    .isBetween(0.99, 1.62);
            assertThat(photograph.jpegQuality()).isBetween(0.6f, 0.95f);
            sound += photograph.truth().sound() ? 1 : 0;
            landscape += width > height ? 1 : 0;
        }
        assertThat(sound).isBetween(20, 40);
        assertThat(landscape).isBetween(20, 50);
    }

    @Test
    void optionsThatCannotBe() {
        assertThatThrownBy(() -> new SampleOptions.Mix(0.8, 0.2, 0.1))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("0.8, 0.2 and 0.1");
        assertThatThrownBy(() -> new SampleOptions(
                        1, 500, 400, Small.single(), SampleOptions.of(1).lastDay()))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("500 to 400");
    }

    private static long checksum(Photograph photograph) {
        CRC32 sum = new CRC32();
        sum.update(((DataBufferByte) photograph.image().getRaster().getDataBuffer()).getData());
        photograph.masks().forEach(sum::update);
        sum.update(photograph.truth().captions().toString().getBytes(StandardCharsets.UTF_8));
        return sum.getValue();
    }
}
