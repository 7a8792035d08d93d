package io.blemish.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.blemish.error.InternalException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Packs TorchScript source and tensors into the archive that libtorch loads, without Python.
 *
 * <p>The archive is a zip of stored entries: {@code code/__torch__.py}, the source as it is; {@code data.pkl}, which
 * names the class and its attributes; {@code data/0}…, the tensors. Every attribute that the source declares must be
 * given, in its type, and nothing else. Equal input gives equal bytes.
 *
 * <pre>{@code
 * TorchScriptArchive.of("Scale", source).tensor("factor", factor).attribute("heads", 12L).write(file);
 * }</pre>
 */
public final class TorchScriptArchive {
    /** A pickle of (): the source has no constants that are tensors. */
    private static final byte[] EMPTY_TUPLE = {(byte) 0x80, 2, ')', '.'};

    /** Where libtorch expects files that are not its own. */
    private static final String EXTRA = "model/extra/";

    private TorchScriptArchive() {}

    /** A text that an archive was given beside its model; empty if it was not. */
    public static Optional<String> extra(Path archive, String name) {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            ZipEntry entry = zip.getEntry(EXTRA + name);
            return entry == null
                    ? Optional.empty()
                    : Optional.of(new String(zip.getInputStream(entry).readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the model archive " + archive, e);
        }
    }

    /**
     * Begins an archive.
     *
     * @param className the class that becomes the module: the source has {@code class <className>(Module):}
     * @param source serialised TorchScript, with all declarations
     */
    public static Builder of(String className, String source) {
        return new Builder(className, source);
    }

    /** Begins an archive of a source on the class path, in the package of a class and named as its own class. */
    public static Builder of(Class<?> neighbour, String className) {
        return of(neighbour, className, List.of(className));
    }

    /**
     * Begins an archive of several sources on the class path, one after the other: the first has the head of the class, and each may add
     * methods to it.
     *
     * @param neighbour a class in whose package the sources lie
     * @param sources their names, without {@code .py}
     */
    public static Builder of(Class<?> neighbour, String className, List<String> sources) {
        StringBuilder whole = new StringBuilder();
        sources.forEach(name -> whole.append(source(neighbour, name)));
        return of(className, whole.toString());
    }

    private static String source(Class<?> neighbour, String name) {
        try (InputStream in = neighbour.getResourceAsStream(name + ".py")) {
            if (in == null) {
                throw new InternalException(name + ".py is not on the class path");
            }

            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name + ".py from the class path", e);
        }
    }

    /** Takes the values of the attributes, in any order, and writes the archive. */
    public static final class Builder {
        private static final String TENSOR = "Tensor";
        private static final String TENSORS = "List[Tensor]";

        private record Weights(DType dtype, long[] shape, Supplier<Tensor> maker) {}

        private final String className;
        private final String source;
        private final Map<String, String> declared;
        private final Map<String, List<Weights>> tensors = new HashMap<>();
        private final Map<String, Object> values = new HashMap<>();
        private final Map<String, String> extras = new TreeMap<>();

        private Builder(String className, String source) {
            TorchScriptSource head = new TorchScriptSource(className, source);
            this.className = className;
            this.source = source;
            this.declared = head.attributes();
            for (String name : head.listedTensors()) {
                require(TENSOR.equals(declared.get(name)), name + " is listed as a buffer but no declared Tensor");
            }
            declared.forEach((name, type) -> require(
                    !type.equals(TENSOR) || head.listedTensors().contains(name),
                    name + " is a declared Tensor but not listed in __buffers__"));
        }

        /** The value of a Tensor attribute; the tensor's own name does not matter. */
        public Builder tensor(String name, Tensor tensor) {
            return tensor(name, tensor.dtype(), tensor.shape(), () -> tensor);
        }

        /**
         * The value of a Tensor attribute that is made only while it is written, so that large weights need not all be
         * held at once in their final form. The maker is called once for each archive written.
         */
        public Builder tensor(String name, DType dtype, long[] shape, Supplier<Tensor> maker) {
            requireDeclared(name, TENSOR);
            tensors.put(name, List.of(new Weights(dtype, shape.clone(), maker)));
            return this;
        }

        /** The value of an attribute that is a list of tensors, of one shape each, made while they are written. */
        public Builder tensors(String name, DType dtype, long[] shape, List<Supplier<Tensor>> makers) {
            return tensors(name, dtype, Collections.nCopies(makers.size(), shape), makers);
        }

        /** The value of an attribute that is a list of tensors, of a shape of its own each, made while they are written. */
        public Builder tensors(String name, DType dtype, List<long[]> shapes, List<Supplier<Tensor>> makers) {
            requireDeclared(name, TENSORS);
            require(shapes.size() == makers.size(), name + " has " + makers.size() + " tensors, not " + shapes.size());
            List<Weights> weights = new ArrayList<>();
            for (int i = 0; i < makers.size(); i++) {
                weights.add(new Weights(dtype, shapes.get(i).clone(), makers.get(i)));
            }
            tensors.put(name, weights);
            return this;
        }

        /** The value of an int attribute. */
        public Builder attribute(String name, long value) {
            return attribute(name, "int", value);
        }

        /** The value of a float attribute. */
        public Builder attribute(String name, double value) {
            return attribute(name, "float", value);
        }

        /** The value of a bool attribute. */
        public Builder attribute(String name, boolean value) {
            return attribute(name, "bool", value);
        }

        /** A text that travels with the model and that {@link TorchScriptArchive#extra} reads. */
        public Builder extra(String name, String text) {
            extras.put(name, text);
            return this;
        }

        /** Writes the archive to a new or emptied file. */
        public void write(Path file) {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
                writeTo(out);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write the model archive " + file, e);
            }
        }

        /**
         * Writes the archive, one tensor after the other, and leaves the stream open.
         *
         * @return the number of bytes written
         */
        public long writeTo(OutputStream out) {
            requireComplete();
            TorchScriptPickle pickle = new TorchScriptPickle(className);
            List<Weights> weights = new ArrayList<>();
            declared.forEach((name, type) -> {
                if (type.equals(TENSOR)) {
                    Weights tensor = tensors.get(name).get(0);
                    pickle.tensor(name, tensor.dtype, tensor.shape);
                    weights.add(tensor);
                } else if (type.equals(TENSORS)) {
                    pickle.beginTensors(name);
                    tensors.get(name).forEach(tensor -> pickle.element(tensor.dtype, tensor.shape));
                    pickle.endTensors();
                    weights.addAll(tensors.get(name));
                } else {
                    add(pickle, name, values.get(name));
                }
            });

            try {
                return write(out, pickle.bytes(), weights);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write the model archive of " + className, e);
            }
        }

        private long write(OutputStream out, byte[] pickle, List<Weights> weights) throws IOException {
            try (StoredZip zip = new StoredZip(out)) {
                zip.entry("model/data.pkl", ByteBuffer.wrap(pickle));
                zip.entry("model/byteorder", text("little"));
                zip.entry("model/code/__torch__.py", text(source));
                zip.entry("model/constants.pkl", ByteBuffer.wrap(EMPTY_TUPLE));
                int storage = 0;
                for (Weights tensor : weights) {
                    zip.entry("model/data/" + storage++, made(tensor).data());
                }
                for (Map.Entry<String, String> extra : extras.entrySet()) {
                    zip.entry(EXTRA + extra.getKey(), text(extra.getValue()));
                }
                zip.entry("model/version", text("3\n"));
                return zip.finish();
            }
        }

        private static Tensor made(Weights expected) {
            Tensor tensor = expected.maker.get();
            require(
                    tensor.dtype() == expected.dtype && Arrays.equals(tensor.shape(), expected.shape),
                    "tensor " + tensor + " was announced as " + expected.dtype + " " + Arrays.toString(expected.shape));
            return tensor;
        }

        private Builder attribute(String name, String type, Object value) {
            requireDeclared(name, type);
            values.put(name, value);
            return this;
        }

        private static void add(TorchScriptPickle pickle, String name, Object value) {
            if (value instanceof Long integer) {
                pickle.attribute(name, integer.longValue());
            } else if (value instanceof Double number) {
                pickle.attribute(name, number.doubleValue());
            } else {
                pickle.attribute(name, ((Boolean) value).booleanValue());
            }
        }

        private void requireDeclared(String name, String type) {
            String found = declared.get(name);
            require(
                    type.equals(found),
                    name + " is given as " + type + " but declared as " + (found == null ? "nothing" : found));
            require(!tensors.containsKey(name) && !values.containsKey(name), name + " is given twice");
        }

        private void requireComplete() {
            List<String> missing = declared.keySet().stream()
                    .filter(name -> !tensors.containsKey(name) && !values.containsKey(name))
                    .toList();
            require(missing.isEmpty(), "no value is given for " + String.join(", ", missing));
        }

        private static void require(boolean condition, String otherwise) {
            if (!condition) {
                throw new InternalException("Cannot pack the TorchScript model: " + otherwise);
            }
        }

        private static ByteBuffer text(String value) {
            return ByteBuffer.wrap(value.getBytes(UTF_8));
        }
    }
}
