package io.blemish.udfs;

import io.blemish.broadcast.Device;
import io.blemish.broadcast.DevicePermits;
import io.blemish.clip.ClipVisionEncoder;
import io.blemish.clip.DescriptionMatrix;
import io.blemish.clip.Explanation;
import io.blemish.clip.PixelBatch;
import io.blemish.explain.Method;
import java.util.Set;

/** The shared vision tower of a device, as a task uses it to explain descriptions of its own choice. */
final class ExplainingModel {
    private final ClipVisionEncoder encoder;
    private final Device device;
    private final DescriptionMatrix descriptions;
    private final float logitScale;
    private final Set<Method> methods;

    ExplainingModel(ClipVisionEncoder encoder, Device device, InspectorSettings settings, Set<Method> methods) {
        this.encoder = encoder;
        this.device = device;
        this.descriptions = new DescriptionMatrix(settings.labelling().embeddings());
        this.logitScale = settings.labelling().logitScale();
        this.methods = methods;
    }

    /** By what cosines are multiplied before the softmax. */
    float logitScale() {
        return logitScale;
    }

    /** Explains the chosen descriptions, equally many for each picture. */
    Explanation explain(PixelBatch pictures, int[][] chosen) throws InterruptedException {
        try (DevicePermits.Permit permit = DevicePermits.ofJvm().acquire(device)) {
            return encoder.explain(pictures, descriptions, logitScale, chosen, methods);
        }
    }

    /** Cosines of normalised pictures with all descriptions. */
    float[][] similarities(float[] normalised, int pictures) throws InterruptedException {
        try (DevicePermits.Permit permit = DevicePermits.ofJvm().acquire(device)) {
            return encoder.similarities(normalised, pictures, descriptions);
        }
    }
}
