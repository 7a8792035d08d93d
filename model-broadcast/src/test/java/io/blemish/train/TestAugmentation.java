package io.blemish.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TestAugmentation {
    private static final int SIDE = 6;

    @Test
    void nothingChangesAPictureOfTheSameSize() {
        byte[] picture = ramp();

        assertThat(view(picture, Augmentation.NONE, SIDE, Augmentation.Sides.EXCHANGEABLE, 1))
                .isEqualTo(picture);
    }

    @Test
    void halvesByTheMeanOfNeighbours() {
        byte[] picture = new byte[3 * 2 * 2];
        System.arraycopy(new byte[] {10, 20, 30, 40}, 0, picture, 0, 4);

        byte[] view = new byte[3];
        Augmentation.NONE.view(picture, 2, view, 0, 1, Augmentation.Sides.EXCHANGEABLE, Randoms.of(1));

        assertThat(view[0]).isEqualTo((byte) 25);
    }

    @Test
    void turnsOverUnlessTheCaptionTellsTheSidesApart() {
        Augmentation always = new Augmentation(1, 1, 0, 0, 0);
        byte[] picture = ramp();
        byte[] turned = view(picture, always, SIDE, Augmentation.Sides.EXCHANGEABLE, 1);

        for (int row = 0; row < 3 * SIDE; row++) {
            for (int x = 0; x < SIDE; x++) {
                assertThat(turned[row * SIDE + x]).isEqualTo(picture[row * SIDE + SIDE - 1 - x]);
            }
        }
        assertThat(view(picture, always, SIDE, Augmentation.Sides.TOLD_APART, 1))
                .isEqualTo(picture);
    }

    @Test
    void captionsThatNameASideAreFound() {
        assertThat(Augmentation.sides("mould on the Left of an orange")).isEqualTo(Augmentation.Sides.TOLD_APART);
        assertThat(Augmentation.sides("the right-hand side is bruised")).isEqualTo(Augmentation.Sides.TOLD_APART);
        assertThat(Augmentation.sides("a bright apple, left alone? no: aright"))
                .isEqualTo(Augmentation.Sides.TOLD_APART);
        assertThat(Augmentation.sides("a bright apple")).isEqualTo(Augmentation.Sides.EXCHANGEABLE);
    }

    @Test
    void evenPicturesStayEvenAndNearTheirTone() {
        byte[] grey = new byte[3 * SIDE * SIDE];
        Arrays.fill(grey, (byte) 120);
        for (int seed = 0; seed < 50; seed++) {
            byte[] view = view(grey, Augmentation.STANDARD, 4, Augmentation.Sides.EXCHANGEABLE, seed);
            for (int i = 0; i < view.length; i++) {
                assertThat(view[i]).isEqualTo(view[i / 16 * 16]);
                assertThat(view[i] & 255).isBetween(80, 160);
            }
        }
    }

    @Test
    void equalSeedsGiveEqualViewsAndOthersDiffer() {
        byte[] one = view(ramp(), Augmentation.STANDARD, 4, Augmentation.Sides.EXCHANGEABLE, 1);

        assertThat(view(ramp(), Augmentation.STANDARD, 4, Augmentation.Sides.EXCHANGEABLE, 1))
                .isEqualTo(one);
        assertThat(view(ramp(), Augmentation.STANDARD, 4, Augmentation.Sides.EXCHANGEABLE, 2))
                .isNotEqualTo(one);
    }

    private static byte[] view(byte[] picture, Augmentation views, int side, Augmentation.Sides sides, long seed) {
        byte[] view = new byte[3 * side * side];
        views.view(picture, SIDE, view, 0, side, sides, Randoms.of(seed));
        return view;
    }

    private static byte[] ramp() {
        byte[] picture = new byte[3 * SIDE * SIDE];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = (byte) (7 * i);
        }
        return picture;
    }
}
