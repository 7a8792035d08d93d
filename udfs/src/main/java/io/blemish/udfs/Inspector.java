package io.blemish.udfs;

import io.blemish.broadcast.Device;
import io.blemish.broadcast.ExecutorModels;
import io.blemish.broadcast.ModelBroadcast;
import io.blemish.broadcast.TaskDevice;
import io.blemish.broadcast.TaskSlots;
import io.blemish.broadcast.TorchThreads;
import io.blemish.clip.ClipVisionEncoder;
import io.blemish.knowledge.KnowledgeBase;
import io.blemish.knowledge.Labeller;
import io.blemish.udfs.InspectorMeasures.Count;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Inspects the images of a partition: photographs in, labels, embeddings and heat maps out, one row each, in order.
 *
 * <p>The task's own thread reads, decodes and crops a batch, takes a permit for the device, runs the model once, and
 * makes the rows. While it waits, the other task slots of the executor decode. An image that cannot be inspected
 * becomes a row with {@code status = failed}; only what no single image is to blame for fails the task. From the third
 * attempt of a task on, images are decoded in a child JVM, since one of them may have killed the executor.
 */
public final class Inspector implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    private final ModelBroadcast vision;
    private final Broadcast<InspectorSettings> settings;
    private final Broadcast<SerializableConfiguration> hadoop;
    private final InspectorMeasures measures;
    private final List<Captioning> captioning;

    /**
     * An inspector with everything that its tasks need.
     *
     * @param vision the vision tower
     * @param captioning how to caption; empty for no captions
     * @param settings how to inspect
     * @param hadoop how to reach images that are kept by reference
     * @param measures what tasks report
     */
    public Inspector(
            ModelBroadcast vision,
            Optional<Captioning> captioning,
            Broadcast<InspectorSettings> settings,
            Broadcast<SerializableConfiguration> hadoop,
            InspectorMeasures measures) {
        this.vision = vision;
        // An Optional cannot be sent to executors.
        this.captioning = captioning.stream().toList();
        this.settings = settings;
        this.hadoop = hadoop;
        this.measures = measures;
    }

    /**
     * The inspections of the images: one pass, nothing computed until the rows are asked for.
     *
     * @param images rows with at least the columns of {@link InspectionSchema#INPUT}
     * @return rows of {@link InspectionSchema#OUTPUT}
     */
    public Dataset<Row> inspections(Dataset<Row> images) {
        Column[] columns = new Column[InspectionSchema.INPUT.length()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = functions.col(InspectionSchema.INPUT.apply(i).name());
        }
        return images.select(columns).mapPartitions(this, Encoders.row(InspectionSchema.OUTPUT));
    }

    @Override
    public Iterator<Row> call(Iterator<Row> images) {
        if (!images.hasNext()) {
            return Collections.emptyIterator();
        }
        TaskContext task = TaskContext.get();
        StageClock clock = new StageClock(measures);
        return new InspectionIterator(images, batches(task, clock), clock, task::isInterrupted);
    }

    private BatchInspector batches(TaskContext task, StageClock clock) {
        InspectorSettings values = settings.value();
        InspectorSettings.Labelling labelling = values.labelling();
        KnowledgeBase base = KnowledgeBase.parse(labelling.knowledgeBase());
        Labeller labeller = new Labeller(base, labelling.logitScale(), labelling.options());
        return new BatchInspector(
                new BatchInspector.Shape(
                        values.batchSize(), values.preparation().side()),
                PhotographCrops.of(task, values.preparation(), hadoop, clock),
                model(values, clock),
                captioning.stream()
                        .map(models -> CaptionModel.of(models, values.device(), clock))
                        .findFirst(),
                new InspectionRows(base, labeller),
                clock);
    }

    private ImageModel model(InspectorSettings values, StageClock clock) {
        TorchThreads.configure(TaskSlots.ofJvm().torchThreads());
        Device device = TaskDevice.of(values.device());
        ClipVisionEncoder encoder = ExecutorModels.model(
                vision,
                device,
                (file, target) -> ClipVisionEncoder.load(file, target.name()),
                measures.counter(Count.LOADS));
        return new VisionModel(encoder, device, values, clock);
    }
}
