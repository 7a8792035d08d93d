package io.blemish.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.blemish.image.RgbImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestLineChart {
    private static final int RED = 0xE00000;
    private static final int BLUE = 0x0000E0;

    @Test
    void highValuesStandAboveLowOnesAndLateOnesToTheRight() {
        RgbImage chart = chart(new double[] {1, 1, 1}, new double[] {0.2, 0.2, 0.2});

        assertThat(middle(chart, RED, true)).isLessThan(middle(chart, BLUE, true));
        assertThat(middle(chart(new double[] {1, Double.NaN, Double.NaN}, new double[] {0, 0, 0}), RED, false))
                .isLessThan(middle(
                        chart(new double[] {Double.NaN, Double.NaN, 1}, new double[] {0, 0, 0}), RED, false));
    }

    @Test
    void oneValueAndNoValueAreDrawnToo() {
        assertThat(chart(new double[] {1}, new double[] {1}).width()).isPositive();
        assertThat(new LineChart("none", "epoch", List.of(new LineChart.Panel("loss", List.of())))
                        .draw()
                        .height())
                .isPositive();
    }

    private static RgbImage chart(double[] red, double[] blue) {
        double[] x = new double[red.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = i + 1;
        }
        return new LineChart(
                        "a title",
                        "epoch",
                        List.of(new LineChart.Panel(
                                "loss",
                                List.of(
                                        new LineChart.Line("training", RED, x, red),
                                        new LineChart.Line("validation", BLUE, x, blue)))))
                .draw();
    }

    /** Where the pixels of a colour lie on average, below the legend, down or across. */
    private static double middle(RgbImage image, int colour, boolean down) {
        double sum = 0;
        int found = 0;
        byte[] rgb = image.rgb();
        for (int y = 66; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                int at = 3 * (y * image.width() + x);
                int pixel = (rgb[at] & 255) << 16 | (rgb[at + 1] & 255) << 8 | (rgb[at + 2] & 255);
                if (pixel == colour) {
                    sum += down ? y : x;
                    found++;
                }
            }
        }
        assertThat(found).isPositive();
        return sum / found;
    }
}
