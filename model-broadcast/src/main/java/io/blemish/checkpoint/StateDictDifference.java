package io.blemish.checkpoint;

import io.blemish.error.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** In what the tensors of a file differ from those that a model needs, as one readable line. */
final class StateDictDifference {
    private static final int SHOWN = 10;

    private final List<String> missing = new ArrayList<>();
    private final List<String> leftOver = new ArrayList<>();
    private final List<String> wrongShape = new ArrayList<>();
    private final List<String> wrongType = new ArrayList<>();

    StateDictDifference(StateDict found, Map<String, long[]> expected, Predicate<String> ignorable) {
        expected.forEach((name, shape) -> {
            if (found.contains(name)) {
                compare(found.tensor(name), shape);
            } else {
                missing.add(name);
            }
        });
        for (String name : found.names()) {
            if (!expected.containsKey(name) && !ignorable.test(name)) {
                leftOver.add(name);
            }
        }
    }

    void requireNone(Path file) {
        List<String> parts = new ArrayList<>();
        describe("missing", missing, parts);
        describe("left over", leftOver, parts);
        describe("wrong shape", wrongShape, parts);
        describe("wrong type", wrongType, parts);
        if (!parts.isEmpty()) {
            throw UserException.cannot(
                    "use the weights of " + file,
                    "they do not fit the model that its configuration describes: "
                            + OneLine.of(String.join("; ", parts)),
                    "Use a configuration and weights that belong together");
        }
    }

    private void compare(Tensor tensor, long[] shape) {
        if (!Arrays.equals(tensor.shape(), shape)) {
            wrongShape.add(tensor.name() + " " + brackets(tensor.shape()) + " instead of " + brackets(shape));
        }
        if (!tensor.dtype().isFloat()) {
            wrongType.add(tensor.name() + " " + tensor.dtype() + " instead of a floating-point type");
        }
    }

    private static String brackets(long[] shape) {
        return Arrays.toString(shape).replace(" ", "");
    }

    private static void describe(String kind, List<String> names, List<String> parts) {
        if (!names.isEmpty()) {
            String more = names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "";
            List<String> shown = names.subList(0, Math.min(SHOWN, names.size()));
            parts.add(kind + ": " + String.join(", ", shown) + more);
        }
    }
}
