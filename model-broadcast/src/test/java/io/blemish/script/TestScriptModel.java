package io.blemish.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import io.blemish.checkpoint.Tensor;
import io.blemish.checkpoint.TorchScriptArchive;
import io.blemish.error.InternalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestScriptModel {
    private static final String SOURCE = """
        class Scale(Module):
          __parameters__ = []
          __buffers__ = ["factor"]
          training : bool
          factor : Tensor
          def scaled(self: __torch__.Scale, x: Tensor, by: float, plus: int, negate: bool) -> Tensor:
            y = torch.add(torch.mul(torch.mul(x, self.factor), by), plus)
            if negate:
              y = torch.neg(y)
            return y
          def both(self: __torch__.Scale, x: Tensor) -> Tuple[Tensor, Tensor]:
            return (torch.unsqueeze(x, 0), torch.to(x, 4))
          def sizes(self: __torch__.Scale, x: Tensor) -> List[int]:
            return [x.size(0), 7]
          def kept(self: __torch__.Scale) -> List[Tensor]:
            return [self.factor]
          def first(self: __torch__.Scale, weights: List[Tensor]) -> Tensor:
            return weights[0]
          def halved(self: __torch__.Scale, x: Tensor) -> Tensor:
            return torch.to(x, 5)
        """;

    @TempDir
    private Path folder;

    private Path archive;

    @BeforeEach
    void write() {
        archive = folder.resolve("scale.pt");
        TorchScriptArchive.of("Scale", SOURCE)
                .tensor("factor", Tensor.ofFloats("factor", new float[] {1, 2, 3}, 3))
                .write(archive);
    }

    @Test
    void passesEveryKindOfArgument() {
        try (ScriptModel model = ScriptModel.load(archive, "cpu");
                ScriptCall call = model.call("scaled")) {
            List<ScriptOutput> outputs = call.tensor(floats(1, 1, 1, 2, 2, 2), DataType.FLOAT32, 2, 3)
                    .number(10.0)
                    .number(1L)
                    .flag(true)
                    .run();
            assertThat(outputs).hasSize(1);
            assertThat(outputs.get(0).floatRows(2)).isDeepEqualTo(new float[][] {{-11, -21, -31}, {-21, -41, -61}});
        }
    }

    @Test
    void returnsTuplesAndLists() {
        try (ScriptModel model = ScriptModel.load(archive, "cpu")) {
            try (ScriptCall call = model.call("both")) {
                List<ScriptOutput> outputs =
                        call.tensor(floats(3, 4), DataType.FLOAT32, 2).run();
                assertThat(outputs.get(0).floatRows(1)).isDeepEqualTo(new float[][] {{3, 4}});
                assertThat(outputs.get(1).longs()).containsExactly(3, 4);
            }
            try (ScriptCall call = model.call("sizes")) {
                assertThat(call.tensor(floats(3, 4), DataType.FLOAT32, 2)
                                .run()
                                .get(0)
                                .longs())
                        .containsExactly(2, 7);
            }
        }
    }

    @Test
    void keepsValuesForLaterCalls() {
        try (ScriptModel model = ScriptModel.load(archive, "cpu")) {
            IValue weights;
            try (ScriptCall call = model.call("kept")) {
                weights = call.keep();
            }
            for (int i = 0; i < 3; i++) {
                try (ScriptCall call = model.call("scaled")) {
                    call.tensor(floats(1, 1, 1), DataType.FLOAT32, 1, 3);
                    assertThat(call.number(1.0).number(0L).flag(false).run()).hasSize(1);
                }
                try (ScriptCall call = model.call("first")) {
                    assertThat(call.value(weights).run()).hasSize(1);
                }
            }
        }
    }

    @Test
    void refusesOtherTypesOfResults() {
        try (ScriptModel model = ScriptModel.load(archive, "cpu");
                ScriptCall call = model.call("halved")) {
            call.tensor(floats(1), DataType.FLOAT32, 1);
            assertThatThrownBy(call::run).isInstanceOf(InternalException.class).hasMessageContaining("float16");
        }
    }

    @Test
    void namesTheMethodThatFailed() {
        try (ScriptModel model = ScriptModel.load(archive, "cpu");
                ScriptCall call = model.call("scaled")) {
            call.tensor(floats(1, 1), DataType.FLOAT32, 2)
                    .number(1.0)
                    .number(0L)
                    .flag(false);
            assertThatThrownBy(call::run)
                    .isInstanceOf(InternalException.class)
                    .hasMessage("The model's method scaled failed")
                    .cause()
                    .hasMessageContaining("size of tensor");
        }
    }

    @Test
    void refusesOtherDevicesAndBrokenArchives() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScriptModel.load(archive, "gpu"))
                .withMessage("A device is cpu or cuda:N, not gpu");
        Path broken = folder.resolve("broken.pt");
        Files.write(broken, new byte[100]);
        assertThatThrownBy(() -> ScriptModel.load(broken, "cpu"))
                .isInstanceOf(InternalException.class)
                .hasMessage("Cannot load the model " + broken + " onto cpu");
    }

    /** A failing forward of 8 MB, 300 times: what it allocated must not stay. */
    @Test
    void failingForwardsDoNotLeak() throws IOException {
        try (ScriptModel model = ScriptModel.load(archive, "cpu")) {
            for (int i = 0; i < 50; i++) {
                fail(model);
            }
            long before = residentBytes();
            for (int i = 0; i < 300; i++) {
                fail(model);
            }
            assertThat(residentBytes() - before).isLessThan(200L << 20);
        }
    }

    private static void fail(ScriptModel model) {
        // Memory of the engine's own: what the Java heap holds would be collected some day.
        PtNDArray batch = (PtNDArray) model.manager().ones(new Shape(2 << 20), DataType.FLOAT32);
        try (ScriptCall call = model.call("scaled")) {
            call.array(batch).number(1.0).number(0L).flag(false);
            assertThatThrownBy(call::run).isInstanceOf(InternalException.class);
        }
    }

    /** The second field of statm: pages in memory. */
    private static long residentBytes() throws IOException {
        Path statm = Path.of("/proc/self/statm");
        Assumptions.assumeTrue(Files.exists(statm), "resident memory is known on Linux only");
        return Long.parseLong(Files.readString(statm).split(" ", -1)[1]) * 4096;
    }

    private static ByteBuffer floats(float... values) {
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(values.length * Float.BYTES).order(ByteOrder.nativeOrder());
        buffer.asFloatBuffer().put(values);
        return buffer;
    }
}
