package io.blemish.udfs;

import io.blemish.broadcast.Device;
import io.blemish.broadcast.DevicePermits;
import io.blemish.broadcast.OutOfMemoryHalving;
import io.blemish.clip.ClipVisionEncoder;
import io.blemish.clip.DescriptionMatrix;
import io.blemish.clip.PixelBatch;
import io.blemish.clip.VisionOutput;
import io.blemish.explain.Method;
import io.blemish.udfs.InspectorMeasures.Count;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The shared vision tower of a device, as one task uses it: under a permit, and in smaller parts where memory is short.
 */
final class VisionModel implements ImageModel {
    private static final Map<Device, OutOfMemoryHalving> HALVING = new ConcurrentHashMap<>();

    private final ClipVisionEncoder encoder;
    private final Device device;
    private final DescriptionMatrix descriptions;
    private final float logitScale;
    private final int topK;
    private final int side;
    private final Set<Method> methods;
    private final StageClock clock;

    VisionModel(ClipVisionEncoder encoder, Device device, InspectorSettings settings, StageClock clock) {
        InspectorSettings.Labelling labelling = settings.labelling();
        this.encoder = encoder;
        this.device = device;
        this.descriptions = new DescriptionMatrix(labelling.embeddings());
        this.logitScale = labelling.logitScale();
        this.topK = Math.min(labelling.topK(), labelling.embeddings().length);
        this.side = settings.preparation().side();
        this.methods = EnumSet.noneOf(Method.class);
        this.methods.addAll(settings.methods());
        this.clock = clock;
    }

    @Override
    public List<Findings> inspect(byte[] pixels, int images) throws Exception {
        clock.enter(Stage.WAIT);
        try (DevicePermits.Permit permit = DevicePermits.ofJvm().acquire(device)) {
            clock.enter(Stage.FORWARD);
            List<Findings> findings = new ArrayList<>(images);
            for (VisionOutput part : device.isCuda() ? halved(pixels, images) : List.of(forward(pixels, 0, images))) {
                addFindings(part, findings);
            }
            clock.measures().add(Count.BATCHES, 1);
            return findings;
        }
    }

    private List<VisionOutput> halved(byte[] pixels, int images) throws Exception {
        OutOfMemoryHalving halving = HALVING.computeIfAbsent(device, first -> OutOfMemoryHalving.onCuda());
        int before = halving.halvings();
        List<VisionOutput> parts = halving.run(images, (from, to) -> forward(pixels, from, to));
        clock.measures().add(Count.HALVINGS, halving.halvings() - before);
        return parts;
    }

    private VisionOutput forward(byte[] pixels, int from, int to) {
        int bytes = 3 * side * side;
        byte[] part = from == 0 ? pixels : Arrays.copyOfRange(pixels, from * bytes, to * bytes);
        return encoder.inspect(new PixelBatch(part, to - from, side), descriptions, logitScale, topK, methods);
    }

    private static void addFindings(VisionOutput output, List<Findings> findings) {
        for (int image = 0; image < output.embeddings().length; image++) {
            Map<Method, float[][]> maps = new EnumMap<>(Method.class);
            for (Map.Entry<Method, float[][][]> method : output.maps().entrySet()) {
                maps.put(method.getKey(), method.getValue()[image]);
            }
            findings.add(
                    new Findings(output.embeddings()[image], output.similarities()[image], output.top()[image], maps));
        }
    }
}
