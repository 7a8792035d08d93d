package io.blemish.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.InternalException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestTensor {
    private static final Tensor MATRIX = Tensor.ofFloats("m", new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

    @ParameterizedTest
    @CsvSource({"f32, BF16, f32_as_bf16", "f32, F16, f32_as_f16", "f64, F32, f64_as_f32", "f64, BF16, f64_as_bf16"})
    void roundsAsTorchDoes(String from, DType type, String golden) {
        StateDict dict = Safetensors.read(Fixtures.file("checkpoint/rounding.safetensors"));

        Tensor rounded = dict.tensor(from).as(type);

        assertThat(Fixtures.bytes(rounded)).isEqualTo(Fixtures.bytes(dict.tensor(golden)));
    }

    @ParameterizedTest
    @CsvSource({"f32_as_f16, f16_as_f32", "f32_as_bf16, bf16_as_f32"})
    void widensAsTorchDoes(String from, String golden) {
        StateDict dict = Safetensors.read(Fixtures.file("checkpoint/rounding.safetensors"));

        assertThat(dict.tensor(from).toFloats()).isEqualTo(dict.tensor(golden).toFloats());
    }

    @ParameterizedTest
    @CsvSource({"F16", "BF16"})
    void everySixteenBitNumberSurvivesTheWayThroughF32(DType type) {
        ByteBuffer all = ByteBuffer.allocate(2 << 16).order(ByteOrder.LITTLE_ENDIAN);
        for (int bits = 0; bits < 1 << 16; bits++) {
            int infinity = type == DType.F16 ? 0x7C00 : 0x7F80;
            boolean nan = (bits & 0x7FFF) > infinity;
            all.putShort((short) (nan ? 0 : bits));
        }
        Tensor tensor = new Tensor("all", type, new long[] {1 << 16}, all.flip());

        assertThat(Fixtures.bytes(tensor.as(DType.F32).as(type))).isEqualTo(Fixtures.bytes(tensor));
    }

    @Test
    void notANumberStaysOne() {
        Tensor nan = Tensor.ofFloats("n", new float[] {Float.NaN, Float.intBitsToFloat(0x7F800001)}, 2);

        assertThat(nan.as(DType.BF16).toFloats()).containsOnly(Float.NaN);
        assertThat(nan.as(DType.F16).toFloats()).containsOnly(Float.NaN);
    }

    @Test
    void transposes() {
        Tensor turned = MATRIX.transposed();

        assertThat(turned.shape()).containsExactly(3, 2);
        assertThat(turned.toFloats()).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(turned.transposed().toFloats()).isEqualTo(MATRIX.toFloats());
        assertThat(MATRIX.as(DType.BF16).transposed().toFloats()).isEqualTo(turned.toFloats());
    }

    @Test
    void slicesAndConcatenationUndoEachOther() {
        Tensor whole = Tensor.concat("w", List.of(MATRIX.slice(0, 1), MATRIX.slice(1, 2)));

        assertThat(whole.shape()).containsExactly(2, 3);
        assertThat(whole.toFloats()).isEqualTo(MATRIX.toFloats());
        assertThat(MATRIX.slice(1, 2).toFloats()).containsExactly(4, 5, 6);
        assertThat(MATRIX.slice(1, 1).elements()).isZero();
    }

    @Test
    void stacksAlongANewAxis() {
        Tensor stacked = Tensor.stack("s", List.of(MATRIX, MATRIX));

        assertThat(stacked.name()).isEqualTo("s");
        assertThat(stacked.shape()).containsExactly(2, 2, 3);
        assertThat(stacked.slice(1, 2).reshaped(2, 3).toFloats()).isEqualTo(MATRIX.toFloats());
    }

    @Test
    void aScalarHasOneElement() {
        Tensor scalar = Tensor.ofFloats("scale", new float[] {2.5f});

        assertThat(scalar.elements()).isEqualTo(1);
        assertThat(scalar.rank()).isZero();
        assertThat(scalar.toFloats()).containsExactly(2.5f);
    }

    @Test
    void cannotBeChanged() {
        long[] shape = MATRIX.shape();
        shape[0] = 9;
        MATRIX.data().getInt();

        assertThat(MATRIX.shape()).containsExactly(2, 3);
        assertThat(MATRIX.size(-1)).isEqualTo(3);
        assertThat(MATRIX.data().position()).isZero();
        assertThat(MATRIX.data().order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        assertThatThrownBy(() -> MATRIX.data().put((byte) 1)).isInstanceOf(ReadOnlyBufferException.class);
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> MATRIX.reshaped(7))
                .isInstanceOf(InternalException.class)
                .hasMessage("Tensor m of shape [7] and type F32 needs 28 bytes, not 24");
        assertThatThrownBy(() -> MATRIX.slice(1, 3))
                .isInstanceOf(InternalException.class)
                .hasMessage("No rows 1 to 3 in m of shape [2, 3]");
        assertThatThrownBy(() -> Tensor.stack("s", List.of(MATRIX, MATRIX.transposed())))
                .isInstanceOf(InternalException.class)
                .hasMessage("Cannot join m F32 [2, 3] and m F32 [3, 2] into s");
        assertThatThrownBy(() -> Tensor.concat("s", List.of(MATRIX, MATRIX.as(DType.F16))))
                .isInstanceOf(InternalException.class)
                .hasMessage("Cannot join m F32 [2, 3] and m F16 [2, 3] into s");
        assertThatThrownBy(() -> Tensor.ofLongs("ids", new long[] {1}, 1).toFloats())
                .isInstanceOf(InternalException.class)
                .hasMessage("Tensor ids I64 [1] does not hold floating-point numbers");
        assertThatThrownBy(() -> MATRIX.as(DType.I64))
                .isInstanceOf(InternalException.class)
                .hasMessage("Tensor m F32 [2, 3] cannot become I64");
    }
}
