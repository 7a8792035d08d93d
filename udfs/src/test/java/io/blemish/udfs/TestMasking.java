package io.blemish.udfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.blemish.udfs.Masking.Direction;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Index;
import org.junit.jupiter.api.Test;

class TestMasking {
    private static final float[] MEAN = {0.5f, 0.25f, 0};
    private static final float[] STD = {0.5f, 0.25f, 1};
    private static final int[] ORDER = {3, 0, 1, 2};

    @Test
    void picturesAreNormalisedFirst() {
        byte[] crop = new byte[3 * 16];
        crop[0] = (byte) 255;
        crop[16] = (byte) 255;
        crop[32] = (byte) 255;

        assertThat(Masking.of(crop, MEAN, STD, 2).sharp())
                .startsWith(1, -1)
                .contains(3, Index.atIndex(16))
                .contains(1, Index.atIndex(32));
    }

    @Test
    void deletionTakesPatchesAwayToTheMeanColour() {
        Masking masking = Masking.of(random(4), MEAN, STD, 2);
        float[] picture = new float[2 * masking.length()];

        masking.write(ORDER, 1, Direction.DELETION, picture, masking.length());

        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 4; x++) {
                float sharp = masking.sharp()[4 * y + x];
                boolean gone = y >= 2 && x >= 2;
                assertThat(picture[masking.length() + 4 * y + x]).isEqualTo(gone ? 0 : sharp);
            }
        }
        assertThat(picture[0]).isZero();
    }

    @Test
    void insertionPutsPatchesBackIntoTheBlurredPicture() {
        Masking masking = Masking.of(random(4), MEAN, STD, 2);
        float[] picture = new float[masking.length()];

        masking.write(ORDER, 1, Direction.INSERTION, picture, 0);

        for (int i = 0; i < 16; i++) {
            boolean back = i / 4 >= 2 && i % 4 >= 2;
            assertThat(picture[i]).isEqualTo(back ? masking.sharp()[i] : masking.blurred()[i]);
        }
    }

    @Test
    void curvesBeginAndEndWithTheWholePicture() {
        Masking masking = Masking.of(random(8), MEAN, STD, 2);
        float[] all = new float[masking.length()];
        masking.write(ORDER, 4, Direction.INSERTION, all, 0);
        assertThat(all).isEqualTo(masking.sharp());
        masking.write(ORDER, 0, Direction.DELETION, all, 0);
        assertThat(all).isEqualTo(masking.sharp());
        masking.write(ORDER, 4, Direction.DELETION, all, 0);
        assertThat(all).containsOnly(0);
    }

    /** One white pixel: the blurred values are the products of the kernel's, whose sum is 1. */
    @Test
    void blurIsAGaussian() {
        byte[] crop = new byte[3 * 224 * 224];
        crop[112 * 224 + 112] = (byte) 255;
        float[] blurred =
                Masking.of(crop, new float[3], new float[] {1, 1, 1}, 7).blurred();
        double sum = 0;
        for (float value : blurred) {
            sum += value;
        }

        assertThat(sum).isCloseTo(1, within(1e-5));
        // numpy: k = exp(-(i/5)²/2), i = -5…5, over its sum 9.1425: k(0)² and k(0) k(3).
        assertThat(blurred[112 * 224 + 112]).isCloseTo(0.0119637f, within(1e-6f));
        assertThat(blurred[112 * 224 + 115]).isCloseTo(0.0099930f, within(1e-6f));
        assertThat(blurred[112 * 224 + 118]).isZero();
    }

    @Test
    void constantPictureStaysAsItIs() {
        byte[] crop = new byte[3 * 32 * 32];
        Arrays.fill(crop, (byte) 77);
        Masking masking = Masking.of(crop, MEAN, STD, 4);

        assertThat(masking.blurred()).containsExactly(masking.sharp(), within(1e-6f));
    }

    private static byte[] random(int side) {
        byte[] crop = new byte[3 * side * side];
        new Random(side).nextBytes(crop);
        return crop;
    }
}
