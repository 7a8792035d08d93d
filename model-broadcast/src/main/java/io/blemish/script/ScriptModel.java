package io.blemish.script;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import io.blemish.error.InternalException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A TorchScript archive, loaded onto a device. Its methods may be called by several threads at once.
 *
 * <p>{@code Block.forward} of DJL keeps the inputs of a forward that throws for ever. Here every native value belongs to a {@link
 * ScriptCall} and is freed when that closes, also after an exception. Only archives that this program has written are to be loaded: a
 * TorchScript archive is a program.
 */
public final class ScriptModel implements AutoCloseable {
    private static final Pattern CUDA = Pattern.compile("cuda:([0-9]{1,4})");

    private final Model model;
    private final PtSymbolBlock block;
    private final PtNDManager manager;
    private final ConcurrentLinkedQueue<IValue> kept = new ConcurrentLinkedQueue<>();

    private ScriptModel(Model model) {
        this.model = model;
        this.block = (PtSymbolBlock) model.getBlock();
        this.manager = (PtNDManager) model.getNDManager();
    }

    /**
     * Loads an archive.
     *
     * @param archive read as a whole; it may be deleted afterwards
     * @param device {@code cpu} or {@code cuda:N}
     */
    public static ScriptModel load(Path archive, String device) {
        // mapLocation lets libtorch read the weights straight onto the device.
        return load(archive, device, Map.of("mapLocation", "true"));
    }

    /** The same with weights that a {@link RecordedCall} may take gradients through. */
    public static ScriptModel loadRecordable(Path archive, String device) {
        // With trainParam the engine does not load in inference mode, whose tensors no backward takes.
        return load(archive, device, Map.of("mapLocation", "true", "trainParam", "true"));
    }

    private static ScriptModel load(Path archive, String device, Map<String, String> options) {
        Device target = device(device);
        Model model = Model.newInstance(archive.getFileName().toString(), target, "PyTorch");
        try {
            model.load(archive, null, options);
            return new ScriptModel(model);
        } catch (IOException | MalformedModelException | EngineException e) {
            model.close();
            throw new InternalException("Cannot load the model " + archive + " onto " + device, e);
        }
    }

    /** Begins a call of a method. */
    public ScriptCall call(String method) {
        return new ScriptCall(this, method);
    }

    /** Begins a call of a method that takes gradients within. The model must have been loaded for it. */
    public RecordedCall recorded(String method) {
        return new RecordedCall(this, method);
    }

    PtSymbolBlock block() {
        return block;
    }

    PtNDManager manager() {
        return manager;
    }

    /** Takes over a value that lives as long as the model. */
    void keep(IValue value) {
        kept.add(value);
    }

    /** Frees the weights. No call may be under way. */
    @Override
    public void close() {
        for (IValue value = kept.poll(); value != null; value = kept.poll()) {
            value.close();
        }
        model.close();
    }

    private static Device device(String name) {
        Matcher cuda = CUDA.matcher(name);
        if (cuda.matches()) {
            return Device.gpu(Integer.parseInt(cuda.group(1)));
        }
        if (!name.equals("cpu")) {
            throw new IllegalArgumentException("A device is cpu or cuda:N, not " + name);
        }

        return Device.cpu();
    }
}
