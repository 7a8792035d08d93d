package io.blemish.checkpoint;

import io.blemish.error.UserException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * In which type a model holds its weights and multiplies matrices.
 *
 * <p>Norms, softmax and logits accumulate in fp32 in each of them.
 */
public enum Precision {
    /** IEEE single precision: the reference. */
    FP32(DType.F32),
    /** bfloat16: fp32's range with 8 significant bits; for CPUs and GPUs that compute it. */
    BF16(DType.BF16),
    /** IEEE half precision: for GPUs before compute capability 8.0. */
    FP16(DType.F16);

    private final DType dtype;

    Precision(DType dtype) {
        this.dtype = dtype;
    }

    /** The type of the weights. */
    public DType dtype() {
        return dtype;
    }

    /** The name in configuration, in tables and in fingerprints: {@code fp32}, {@code bf16} or {@code fp16}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The precision of that label; empty for {@code auto}, which is for the caller to resolve.
     *
     * @throws UserException for any other text
     */
    public static Optional<Precision> parse(String text) {
        if (text.equals("auto")) {
            return Optional.empty();
        }

        Optional<Precision> parsed = Arrays.stream(values())
                .filter(precision -> precision.label().equals(text))
                .findFirst();
        if (parsed.isEmpty()) {
            String known = Arrays.stream(values()).map(Precision::label).collect(Collectors.joining(", "));
            throw UserException.cannot("use the precision " + text, "it is not known", "Choose one of auto, " + known);
        }

        return parsed;
    }
}
