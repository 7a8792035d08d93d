package io.blemish.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TestUnitVectors {
    @Test
    void unitHasLengthOne() {
        assertThat(UnitVectors.unit(new float[] {3, -4})).containsExactly(0.6f, -0.8f);
    }

    /** Lengths do not count, directions do. */
    @Test
    void meanIsOfDirections() {
        float half = (float) Math.sqrt(0.5);
        assertThat(UnitVectors.mean(List.of(new float[] {100, 0}, new float[] {0, 0.1f})))
                .containsExactly(new float[] {half, half}, Offset.offset(1e-7f));
    }

    @Test
    void nothingHasNoDirection() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UnitVectors.unit(new float[2]))
                .withMessage("A vector of length 0.0 has no direction");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UnitVectors.mean(List.of()))
                .withMessage("No vectors have no mean");
    }

    @Test
    void descriptionsAreUnitVectorsOfOneWidth() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DescriptionMatrix(new float[0][]))
                .withMessage("There are no descriptions");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DescriptionMatrix(new float[][] {{3, 4}}))
                .withMessageContaining("has length 5.0 instead of width 2 and length 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DescriptionMatrix(new float[][] {{1, 0}, {1}}))
                .withMessageContaining("of width 1 has length 1.0 instead of width 2");
        DescriptionMatrix matrix = new DescriptionMatrix(new float[][] {{1, 0}, {0, 1}, {0, -1}});
        assertThat(matrix.descriptions()).isEqualTo(3);
        assertThat(matrix.width()).isEqualTo(2);
    }
}
