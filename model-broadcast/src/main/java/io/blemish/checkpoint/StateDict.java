package io.blemish.checkpoint;

import io.blemish.error.InternalException;
import io.blemish.error.UserException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The tensors of a model by name, in the order of their file. */
public final class StateDict implements Iterable<Tensor> {
    private final Map<String, Tensor> tensors;

    private StateDict(Map<String, Tensor> tensors) {
        this.tensors = Collections.unmodifiableMap(tensors);
    }

    /** The given tensors, whose names differ. */
    public static StateDict of(Collection<Tensor> tensors) {
        Map<String, Tensor> byName = new LinkedHashMap<>();
        for (Tensor tensor : tensors) {
            if (byName.put(tensor.name(), tensor) != null) {
                throw new InternalException("Two tensors are named " + tensor.name());
            }
        }

        return new StateDict(byName);
    }

    /**
     * The tensors of a file, which its content tells to be safetensors or a PyTorch archive.
     *
     * @throws UserException in one line, where the file is absent, neither of them, or breaks the rules of its format
     */
    public static StateDict read(Path file) {
        return WeightsFile.read(file);
    }

    /** The tensor of that name, which must be there: see {@link #requireExactly}. */
    public Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new InternalException("No tensor is named " + name + " among the " + size() + " at hand");
        }

        return tensor;
    }

    /** Whether there is a tensor of that name. */
    public boolean contains(String name) {
        return tensors.containsKey(name);
    }

    /** The names in the order of the file. */
    public Set<String> names() {
        return tensors.keySet();
    }

    /** The number of tensors. */
    public int size() {
        return tensors.size();
    }

    @Override
    public Iterator<Tensor> iterator() {
        return tensors.values().iterator();
    }

    /** The same tensors under the names that the function gives; no two may become the same. */
    public StateDict renamed(UnaryOperator<String> rename) {
        return of(tensors.values().stream()
                .map(tensor -> tensor.named(rename.apply(tensor.name())))
                .toList());
    }

    /** Only the tensors with such names. */
    public StateDict filtered(Predicate<String> kept) {
        return of(tensors.values().stream()
                .filter(tensor -> kept.test(tensor.name()))
                .toList());
    }

    /**
     * The expected tensors alone, once it is certain that all are there, in their shapes and in a floating-point type,
     * and that nothing else is.
     *
     * @param file the file to name in the message
     * @param expected name to shape
     * @param ignorable names that may be there and are dropped, such as {@code position_ids}
     * @throws UserException one line that lists what is missing, left over, wrong in shape or wrong in type
     */
    public StateDict requireExactly(Path file, Map<String, long[]> expected, Predicate<String> ignorable) {
        new StateDictDifference(this, expected, ignorable).requireNone(file);
        return filtered(expected::containsKey);
    }
}
