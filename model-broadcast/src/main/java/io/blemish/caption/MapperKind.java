package io.blemish.caption;

import java.util.Arrays;
import java.util.Optional;

/** The architectures of mappers. */
public enum MapperKind {
    /** ClipCap's for long prefixes: one matrix and a bias. */
    LINEAR("linear", "MlpMapper"),
    /** ClipCap's for a language model that is trained along: two layers with a tanh between. */
    MLP("mlp", "MlpMapper"),
    /** ClipCap's for a frozen language model: learned constants that attend to the embedding. */
    TRANSFORMER("transformer", "TransformerMapper"),
    /** CLIPCap-XAI's: transformer layers over a single token, and a layer norm over the whole prefix. */
    CLIPCAP_XAI("clipcap-xai", "ClipCapXaiMapper");

    private final String label;
    private final String script;

    MapperKind(String label, String script) {
        this.label = label;
        this.script = script;
    }

    /** The kind of that label. */
    public static Optional<MapperKind> parse(String label) {
        return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
    }

    /** How configurations and the command line name it. */
    public String label() {
        return label;
    }

    /** The name of its TorchScript source. */
    String script() {
        return script;
    }
}
