package io.blemish.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import io.blemish.error.InternalException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTorchScriptArchive {
    /** One tensor of each type; each method widens one of them, so that what libtorch has read can be compared. */
    private static final String TOY = """
            class Toy(Module):
              __parameters__ = []
              __buffers__ = ["f32", "f16", "bf16", "f64", "i64", "i32", "i16", "i8", "u8", "flag",
                "scalar", "empty"]
              training : bool
              f32 : Tensor      # 2 3
              f16 : Tensor
              bf16 : Tensor
              f64 : Tensor
              i64 : Tensor
              i32 : Tensor
              i16 : Tensor
              i8 : Tensor
              u8 : Tensor
              flag : Tensor
              scalar : Tensor
              empty : Tensor
              heads : int
              wide : int
              negative : int
              epsilon : float
              causal : bool
              def all(self: __torch__.Toy) -> Tensor:
                floats = [self.f32, self.f16, self.bf16, self.f64, self.scalar, self.empty]
                parts = torch.add(floats, [self.i64, self.i32, self.i16, self.i8, self.u8, self.flag])
                flat : List[Tensor] = []
                for i in range(torch.len(parts)):
                  flat.append(torch.to(torch.reshape(parts[i], [-1]), 7))
                return torch.cat(flat)
              def settings(self: __torch__.Toy) -> Tuple[int, int, int, float, bool, bool]:
                return (self.heads, self.wide, self.negative, self.epsilon, self.causal, self.training)
              def forward(self: __torch__.Toy, x: Tensor) -> Tensor:
                h = torch.linear(torch.to(x, self.bf16.dtype), torch.reshape(self.bf16, [1, -1]))
                return torch.to(h, 6)
            """;

    @TempDir
    private Path folder;

    @Test
    void libtorchReadsEveryType() throws IOException, MalformedModelException {
        toy().write(folder.resolve("toy.pt"));

        try (Model model = load("toy");
                NDManager manager = model.getNDManager().newSubManager();
                IValue result = IValueUtils.runMethod((PtSymbolBlock) model.getBlock(), "all");
                NDArray values = result.toTensor((PtNDManager) manager)) {
            assertThat(values.toDoubleArray())
                    .containsExactly(
                            1,
                            -2,
                            3,
                            4,
                            5,
                            6,
                            0.5,
                            -65504,
                            1.5,
                            -2.5,
                            3,
                            1e-300,
                            2.6591999530792236,
                            1L << 40,
                            -1,
                            -70_000,
                            -300,
                            -128,
                            255,
                            1,
                            0);
        }
    }

    @Test
    void libtorchReadsSettings() throws IOException, MalformedModelException {
        toy().write(folder.resolve("toy.pt"));

        try (Model model = load("toy");
                IValue result = IValueUtils.runMethod((PtSymbolBlock) model.getBlock(), "settings")) {
            IValue[] values = result.toIValueTuple();
            assertThat(values[0].toLong()).isEqualTo(12);
            assertThat(values[1].toLong()).isEqualTo(1L << 40);
            assertThat(values[2].toLong()).isEqualTo(-100_000);
            assertThat(values[3].toDouble()).isEqualTo(1e-5);
            assertThat(values[4].toBoolean()).isTrue();
            assertThat(values[5].toBoolean()).isFalse();
            for (IValue value : values) {
                value.close();
            }
        }
    }

    @Test
    void computesInBrainFloat() throws IOException, MalformedModelException {
        toy().write(folder.resolve("toy.pt"));

        try (Model model = load("toy");
                NDManager manager = model.getNDManager().newSubManager();
                IValue input = IValue.from((PtNDArray) manager.create(new float[][] {{1, 2, 4}}));
                IValue result = IValueUtils.runMethod((PtSymbolBlock) model.getBlock(), "forward", input);
                NDArray values = result.toTensor((PtNDManager) manager)) {
            assertThat(values.toFloatArray()).containsExactly(1.5f - 5 + 12);
        }
    }

    @Test
    void equalInputGivesEqualBytesWhereverAndWhenever() {
        byte[] first = bytes(toy());
        TimeZone zone = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            assertThat(bytes(toy())).isEqualTo(first);
        } finally {
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void everyEntryBeginsAtAMultipleOf64() throws IOException {
        Path file = folder.resolve("toy.pt");
        toy().write(file);

        List<Long> offsets = new ArrayList<>();
        try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
            zip.getEntries().asIterator().forEachRemaining(entry -> offsets.add(entry.getDataOffset()));
            ZipArchiveEntry code = zip.getEntry("model/code/__torch__.py");
            assertThat(new String(zip.getInputStream(code).readAllBytes(), UTF_8))
                    .isEqualTo(TOY);
        }
        assertThat(offsets).hasSize(17).allMatch(offset -> offset % 64 == 0);
    }

    @Test
    void leavesTheStreamOpenAndCountsItsBytes() throws IOException {
        Path file = folder.resolve("toy.pt");
        toy().write(file);
        boolean[] closed = new boolean[1];
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed[0] = true;
            }
        };

        assertThat(toy().writeTo(out)).isEqualTo(out.size()).isEqualTo(Files.size(file));
        assertThat(closed[0]).isFalse();
    }

    @Test
    void makesTensorsOneAfterTheOther() {
        String source = "class Two(Module):\n  __buffers__ = [\"a\", \"b\"]\n  a : Tensor\n  b : Tensor\n";
        List<String> made = new ArrayList<>();
        TorchScriptArchive.Builder builder = TorchScriptArchive.of("Two", source);
        for (String name : List.of("b", "a")) {
            builder.tensor(name, DType.F32, new long[] {1}, () -> {
                made.add(name);
                return Tensor.ofFloats(name, new float[1], 1);
            });
        }
        assertThat(made).isEmpty();

        bytes(builder);

        assertThat(made).containsExactly("a", "b");
    }

    @Test
    void refusesWhatTheSourceDoesNotDeclare() {
        TorchScriptArchive.Builder builder = toy();
        assertRefused(() -> builder.tensor("extra", scalar()), "extra is given as Tensor but declared as nothing");
        assertRefused(() -> builder.tensor("heads", scalar()), "heads is given as Tensor but declared as int");
        assertRefused(() -> builder.attribute("epsilon", 1), "epsilon is given as int but declared as float");
        assertRefused(() -> builder.attribute("heads", true), "heads is given as bool but declared as int");
        assertRefused(() -> builder.attribute("training", true), "training is given as bool but declared as nothing");
        assertRefused(() -> builder.attribute("heads", 3), "heads is given twice");
    }

    @Test
    void refusesToLeaveAnythingOut() {
        TorchScriptArchive.Builder builder = TorchScriptArchive.of("Toy", TOY).tensor("f32", scalar());

        assertRefused(() -> bytes(builder), "no value is given for f16, bf16, f64, i64, i32");
    }

    @Test
    void refusesATensorOtherThanAnnounced() {
        String source = "class One(Module):\n  __buffers__ = [\"a\"]\n  a : Tensor\n";
        TorchScriptArchive.Builder builder = TorchScriptArchive.of("One", source);
        builder.tensor("a", DType.F32, new long[] {2}, TestTorchScriptArchive::scalar);

        assertRefused(() -> bytes(builder), "tensor scalar F32 [] was announced as F32 [2]");
    }

    @Test
    void refusesSourceThatContradictsItself() {
        assertRefused(() -> TorchScriptArchive.of("Other", TOY), "The TorchScript source has no class Other(Module)");
        assertRefused(
                () -> TorchScriptArchive.of("One", "class One(Module):\n  __buffers__ = [\"a\"]\n"),
                "a is listed as a buffer but no declared Tensor");
        assertRefused(
                () -> TorchScriptArchive.of("One", "class One(Module):\n  __buffers__ = []\n  a : Tensor\n"),
                "a is a declared Tensor but not listed in __buffers__");
    }

    private static TorchScriptArchive.Builder toy() {
        return TorchScriptArchive.of("Toy", TOY)
                .tensor("f32", Tensor.ofFloats("x", new float[] {1, -2, 3, 4, 5, 6}, 2, 3))
                .tensor(
                        "f16",
                        Tensor.ofFloats("x", new float[] {0.5f, -65504}, 2).as(DType.F16))
                .tensor(
                        "bf16",
                        Tensor.ofFloats("x", new float[] {1.5f, -2.5f, 3}, 3).as(DType.BF16))
                .tensor("f64", raw(DType.F64, buffer(8).putDouble(1e-300)))
                .tensor("i64", Tensor.ofLongs("x", new long[] {1L << 40, -1}, 2))
                .tensor("i32", raw(DType.I32, buffer(4).putInt(-70_000)))
                .tensor("i16", raw(DType.I16, buffer(2).putShort((short) -300)))
                .tensor("i8", raw(DType.I8, buffer(1).put((byte) -128)))
                .tensor("u8", raw(DType.U8, buffer(1).put((byte) 255)))
                .tensor("flag", raw(DType.BOOL, buffer(2).put((byte) 1).put((byte) 0)))
                .tensor("scalar", scalar())
                .tensor("empty", Tensor.ofFloats("x", new float[0], 0, 4))
                .attribute("heads", 12)
                .attribute("wide", 1L << 40)
                .attribute("negative", -100_000)
                .attribute("epsilon", 1e-5)
                .attribute("causal", true);
    }

    private static Tensor scalar() {
        return Tensor.ofFloats("scalar", new float[] {2.6592f});
    }

    private static ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static Tensor raw(DType dtype, ByteBuffer bytes) {
        return new Tensor("x", dtype, new long[] {bytes.flip().remaining() / dtype.bytes()}, bytes);
    }

    private static byte[] bytes(TorchScriptArchive.Builder builder) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        builder.writeTo(out);
        return out.toByteArray();
    }

    private Model load(String name) throws IOException, MalformedModelException {
        Model model = Model.newInstance(name, "PyTorch");
        model.load(folder, name);
        return model;
    }

    private static void assertRefused(ThrowingCallable call, String cause) {
        assertThatThrownBy(call).isInstanceOf(InternalException.class).hasMessageContaining(cause);
    }
}
