package io.blemish.checkpoint;

import static io.blemish.checkpoint.MalformedFileException.require;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.blemish.checkpoint.PickleMachine.Dict;
import io.blemish.checkpoint.PickleMachine.View;
import io.blemish.error.UserException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the tensors of a {@code pytorch_model.bin} and runs nothing of it.
 *
 * <p>The file is a zip with a pickle, {@code data.pkl}, which says how tensors lie in the storages {@code data/0} and so
 * on. {@link PickleMachine} knows only what a dict of tensors needs; {@link TorchZip} reads entries in place. Contiguous
 * tensors are windows into the mapped file, so tied ones share their bytes; others (a transposed weight) are copied in
 * order.
 */
public final class TorchPickle {
    private static final String PICKLE = "data.pkl";
    private static final long MAX_PICKLE = 64 << 20;

    private final TorchZip zip;
    private long copyable;

    private TorchPickle(TorchZip zip, long size) {
        this.zip = zip;
        // A view may repeat elements, so a small file can ask for large copies. Honest ones stay far below its size.
        this.copyable = size;
    }

    /**
     * The tensors of a file, in the order of its dict.
     *
     * @throws UserException one line that names the file and what in it does not belong into a state dict
     */
    public static StateDict read(Path file) {
        try (MappedFile mapped = MappedFile.open(file)) {
            TorchZip zip = TorchZip.open(file, mapped);
            return new TorchPickle(zip, mapped.size()).stateDict();
        } catch (MalformedFileException e) {
            throw UserException.cannot(
                    "read " + file,
                    e.getMessage(),
                    "Use a state dict as torch.save writes it, or the safetensors file of the same model",
                    e);
        }
    }

    private StateDict stateDict() throws MalformedFileException {
        require(zip.contains(PICKLE), "it is a zip archive without " + PICKLE);
        require(zip.length(PICKLE) <= MAX_PICKLE, "its pickle has " + zip.length(PICKLE) + " bytes");
        requireLittleEndian();

        Object value = new PickleMachine(zip.window(PICKLE, 0, zip.length(PICKLE))).run();
        require(value instanceof Dict, "its pickle is not a dict of tensors");
        List<Tensor> tensors = new ArrayList<>();
        for (Map.Entry<String, Object> entry : ((Dict) value).entries().entrySet()) {
            require(entry.getValue() instanceof View, "its entry " + entry.getKey() + " is not a tensor");
            tensors.add(tensor(entry.getKey(), (View) entry.getValue()));
        }

        return StateDict.of(tensors);
    }

    private void requireLittleEndian() throws MalformedFileException {
        if (zip.contains("byteorder")) {
            ByteBuffer order = zip.window("byteorder", 0, Math.min(16, zip.length("byteorder")));
            require(UTF_8.decode(order).toString().equals("little"), "its tensors are not little-endian");
        }
    }

    private Tensor tensor(String name, View view) throws MalformedFileException {
        try {
            return locate(name, view);
        } catch (ArithmeticException e) {
            throw new MalformedFileException("the shape, stride or offset of tensor " + name + " overflows");
        }
    }

    private Tensor locate(String name, View view) throws MalformedFileException {
        DType dtype = view.storage().dtype();
        String entry = "data/" + view.storage().key();
        long stored = Math.multiplyExact(view.storage().elements(), (long) dtype.bytes());
        require(
                zip.length(entry) == stored,
                "the storage of tensor " + name + " has " + zip.length(entry) + " bytes instead of " + stored);

        long span = span(name, view);
        require(
                view.offset() >= 0
                        && Math.addExact(view.offset(), span) <= view.storage().elements(),
                "tensor " + name + " reaches beyond its storage");
        long length = Shapes.byteLength(view.shape(), dtype);
        require(Math.max(length, span * dtype.bytes()) <= Shapes.MAX_BYTES, "tensor " + name + " exceeds 2 GiB");

        ByteBuffer source = zip.window(entry, view.offset() * dtype.bytes(), span * dtype.bytes());
        if (isContiguous(view)) {
            return new Tensor(name, dtype, view.shape(), source);
        }
        copyable -= length;
        require(copyable >= 0, "its tensors are larger than the file, beginning with " + name);
        return Strided.contiguous(name, dtype, view.shape(), view.strides(), source);
    }

    /** How many elements of the storage lie between the first and the last of the tensor, both included. */
    private static long span(String name, View view) throws MalformedFileException {
        int rank = view.shape().length;
        require(rank == view.strides().length, "tensor " + name + " has not one stride for each axis");
        long last = 0;
        for (int axis = 0; axis < rank; axis++) {
            require(view.strides()[axis] >= 0, "tensor " + name + " has a negative stride");
            last = Math.addExact(last, Math.multiplyExact(view.shape()[axis] - 1, view.strides()[axis]));
        }

        return Shapes.elements(view.shape()) == 0 ? 0 : last + 1;
    }

    private static boolean isContiguous(View view) {
        long[] shape = view.shape();
        long[] contiguous = Shapes.strides(shape);
        boolean same = true;
        for (int axis = 0; axis < shape.length; axis++) {
            same &= shape[axis] == 1 || view.strides()[axis] == contiguous[axis];
        }

        return same || Shapes.elements(shape) == 0;
    }
}
