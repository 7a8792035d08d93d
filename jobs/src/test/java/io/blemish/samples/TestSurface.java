package io.blemish.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TestSurface {
    private static final float RADIUS = 90;

    /** The surface of a ball is known in closed form. */
    @Test
    void ballIsABall() {
        Surface surface = new Surface();
        surface.lay(new RoundShape(angle -> 1, 1), new Pose(100, 100, RADIUS, 0.4f), 200, 200);
        assertThat((double) surface.pixels(200, 200)).isCloseTo(Math.PI * RADIUS * RADIUS, within(80.0));
        for (int i = 0; i < surface.width() * surface.height(); i++) {
            double x = (surface.left() + i % surface.width() - 100) / RADIUS;
            double y = (surface.top() + i / surface.width() - 100) / RADIUS;
            double far = Math.hypot(x, y);
            if (far < 0.95) {
                assertThat((double) surface.nx[i]).isCloseTo(x, within(0.01));
                assertThat((double) surface.ny[i]).isCloseTo(y, within(0.01));
                assertThat(Math.hypot(surface.u[i], surface.v[i])).isCloseTo(Math.asin(far), within(0.02));
                assertThat(surface.alpha[i]).isEqualTo(1);
            } else if (far > 1.05) {
                assertThat(surface.alpha[i]).isZero();
            }
        }
    }

    @Test
    void everyFruitFillsItsBoxAndFacesTheCamera() {
        for (Variety variety : Variety.values()) {
            Shape shape = variety.shape(new Dice(1, variety.ordinal()));
            Surface surface = new Surface();
            surface.lay(shape, new Pose(150, 150, RADIUS, 1.2f), 300, 300);
            double box = 4 * shape.halfWidth() * shape.halfHeight() * RADIUS * RADIUS;
            assertThat(surface.pixels(300, 300) / box).as(variety.toString()).isBetween(0.45, 0.9);
            for (int i = 0; i < surface.width() * surface.height(); i++) {
                if (surface.alpha[i] > 0) {
                    double length = Math.sqrt(surface.nx[i] * surface.nx[i]
                            + surface.ny[i] * surface.ny[i]
                            + surface.nz[i] * surface.nz[i]);
                    assertThat(length).isCloseTo(1, within(1e-3));
                    assertThat(surface.nz[i]).isGreaterThan(0);
                }
            }
        }
    }

    /** Only what is inside the picture counts. */
    @Test
    void fruitAtTheEdgeIsCut() {
        Surface surface = new Surface();
        surface.lay(new RoundShape(angle -> 1, 1), new Pose(0, 100, RADIUS, 0), 200, 200);
        assertThat((double) surface.pixels(200, 200)).isCloseTo(Math.PI * RADIUS * RADIUS / 2, within(120.0));
    }
}
