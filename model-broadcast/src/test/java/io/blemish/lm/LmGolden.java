package io.blemish.lm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.blemish.checkpoint.Precision;
import io.blemish.checkpoint.StateDict;
import io.blemish.checkpoint.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A language model's checkpoint of {@code reference.py} with the inputs and outputs that PyTorch gives for it. */
public record LmGolden(Path folder, StateDict values) {
    /** The tiny ones of the test resources: both shapes of OPT, and GPT-2. */
    public static final List<String> TINY = List.of("opt/pre-norm", "opt/post-norm", "gpt2/tiny");

    public static LmGolden tiny(String name) {
        try {
            return of(Path.of(LmGolden.class.getResource("/" + name).toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static LmGolden of(Path folder) {
        return new LmGolden(folder, StateDict.read(folder.resolve("golden.safetensors")));
    }

    CausalLm lm(Precision precision) {
        return CausalLms.open(folder, precision, "cpu");
    }

    /** The model with the token that ends a text in what is called an ending. */
    CausalLm ending(Path scratch) {
        ObjectMapper json = new ObjectMapper();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.copy(file, scratch.resolve(file.getFileName()));
            }
            Path config = scratch.resolve("config.json");
            ObjectNode edited = (ObjectNode) json.readTree(config.toFile());
            edited.put("eos_token_id", ids("end")[0][0]);
            json.writeValue(config.toFile(), edited);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return CausalLms.open(scratch, Precision.FP32, "cpu");
    }

    /** The rows of a tensor of token ids. */
    long[][] ids(String name) {
        Tensor tensor = values.tensor(name);
        int width = Math.toIntExact(tensor.size(-1));
        long[] all = new long[Math.toIntExact(tensor.elements())];
        tensor.data().asLongBuffer().get(all);
        return IntStream.range(0, all.length / width)
                .mapToObj(row -> Arrays.copyOfRange(all, row * width, (row + 1) * width))
                .toArray(long[][]::new);
    }

    float[] floats(String name) {
        return values.tensor(name).toFloats();
    }

    /** A tensor of matrices. */
    float[][][] cube(String name) {
        Tensor tensor = values.tensor(name);
        int rows = Math.toIntExact(tensor.size(1));
        int width = Math.toIntExact(tensor.size(2));
        float[] all = tensor.toFloats();
        float[][][] cube = new float[Math.toIntExact(tensor.size(0))][rows][];
        for (int i = 0; i < cube.length * rows; i++) {
            cube[i / rows][i % rows] = Arrays.copyOfRange(all, i * width, (i + 1) * width);
        }
        return cube;
    }
}
