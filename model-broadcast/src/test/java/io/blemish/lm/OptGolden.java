package io.blemish.lm;

import io.blemish.checkpoint.StateDict;
import io.blemish.checkpoint.Tensor;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A tiny checkpoint of {@code reference.py} with the inputs and outputs that PyTorch gives for it. */
public record OptGolden(Path folder, StateDict values) {
    /** Both places of norms. */
    public static final List<String> KINDS = List.of("pre-norm", "post-norm");

    /** One from the test resources. */
    public static OptGolden tiny(String kind) {
        try {
            Path folder = Path.of(OptGolden.class.getResource("/opt/" + kind).toURI());
            return new OptGolden(folder, StateDict.read(folder.resolve("golden.safetensors")));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The model. */
    public Opt opt() {
        return Opt.open(folder);
    }

    /** The rows of a matrix of token ids. */
    public long[][] ids(String name) {
        Tensor tensor = values.tensor(name);
        long[][] rows = new long[Math.toIntExact(tensor.size(0))][Math.toIntExact(tensor.size(1))];
        for (int row = 0; row < rows.length; row++) {
            tensor.slice(row, row + 1).data().asLongBuffer().get(rows[row]);
        }
        return rows;
    }

    /** One slice of a cube as its rows. */
    float[][] slice(String name, int index) {
        Tensor tensor = values.tensor(name).slice(index, index + 1);
        int width = Math.toIntExact(tensor.size(2));
        float[] all = tensor.toFloats();
        float[][] rows = new float[all.length / width][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(all, row * width, (row + 1) * width);
        }
        return rows;
    }
}
