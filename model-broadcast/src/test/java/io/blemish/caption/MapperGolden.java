package io.blemish.caption;

import io.blemish.checkpoint.StateDict;
import io.blemish.checkpoint.Tensor;
import io.blemish.lm.Opt;
import io.blemish.testdata.FullSize;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Mappers of {@code reference.py} with what PyTorch computes from them. */
public final class MapperGolden {
    /** The kinds that it holds. */
    public static final List<MapperKind> KINDS =
            List.of(MapperKind.MLP, MapperKind.TRANSFORMER, MapperKind.CLIPCAP_XAI);

    private final Path folder;
    private final MapperWeights.Untold untold;
    private final StateDict values;

    private MapperGolden(Path folder, int width, int heads) {
        this.folder = folder;
        this.untold = new MapperWeights.Untold(EmbeddingScale.RAW, Optional.of(width), heads);
        this.values = StateDict.read(folder.resolve("golden.safetensors"));
    }

    /** The tiny ones of the test resources. */
    public static MapperGolden tiny() {
        return new MapperGolden(folder(), 64, 4);
    }

    /** Those for an OPT-125m; the calling test is skipped, loudly, if they are not at hand. */
    public static MapperGolden fullSize() {
        return new MapperGolden(FullSize.folder("mapper"), 768, 8);
    }

    /** Where the tiny ones lie. */
    public static Path folder() {
        try {
            return Path.of(MapperGolden.class.getResource("/mapper").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A kind's name within names of tensors. */
    public static String name(MapperKind kind) {
        return kind.label().replace('-', '_');
    }

    /** The weights of a kind. */
    public MapperWeights weights(MapperKind kind) {
        return MapperWeights.read(folder.resolve("mapper_" + name(kind) + ".safetensors"), untold);
    }

    /** The language model. */
    public Opt opt() {
        return Opt.open(folder.resolve("opt"));
    }

    /** All tensors. */
    public StateDict values() {
        return values;
    }

    /** The embeddings. */
    public float[][] embeddings() {
        return rows(values.tensor("clip_embedding"));
    }

    /** The rows of a matrix. */
    public static float[][] rows(Tensor tensor) {
        int width = Math.toIntExact(tensor.size(1));
        float[] all = tensor.toFloats();
        float[][] rows = new float[all.length / width][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(all, row * width, (row + 1) * width);
        }
        return rows;
    }
}
