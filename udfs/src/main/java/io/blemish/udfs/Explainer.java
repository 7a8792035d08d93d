package io.blemish.udfs;

import io.blemish.broadcast.Device;
import io.blemish.broadcast.ExecutorModels;
import io.blemish.broadcast.ModelBroadcast;
import io.blemish.broadcast.TaskDevice;
import io.blemish.broadcast.TaskSlots;
import io.blemish.broadcast.TorchThreads;
import io.blemish.clip.ClipVisionEncoder;
import io.blemish.explain.Method;
import io.blemish.knowledge.Description;
import io.blemish.knowledge.KnowledgeBase;
import java.io.Serializable;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Has the model explain descriptions that are named, whatever it thinks of them, and makes rows of what it says: heat
 * maps against the truth ask for the true defects.
 *
 * <p>A photograph that cannot be had any more has no row, and is counted.
 */
public final class Explainer implements MapPartitionsFunction<Row, Row> {
    /** The column that names the descriptions of each image, beside those of {@link InspectionSchema#INPUT}. */
    public static final String WANTED = "wanted";

    private static final long serialVersionUID = 1L;

    private final ModelBroadcast vision;
    private final Broadcast<InspectorSettings> settings;
    private final Broadcast<SerializableConfiguration> hadoop;
    private final InspectorMeasures measures;
    private final Answer answer;

    /** What is made of an explained photograph. */
    interface Answer extends Serializable {
        /** The columns of the rows. */
        StructType schema();

        /** The rows of one photograph. */
        List<Row> rows(Explained photograph, ExplainingModel model) throws InterruptedException;
    }

    private Explainer(
            ModelBroadcast vision,
            Broadcast<InspectorSettings> settings,
            Broadcast<SerializableConfiguration> hadoop,
            InspectorMeasures measures,
            Answer answer) {
        this.vision = vision;
        this.settings = settings;
        this.hadoop = hadoop;
        this.measures = measures;
        this.answer = answer;
    }

    /** What an explainer needs on the executors. */
    public record Means(
            Broadcast<InspectorSettings> settings,
            Broadcast<SerializableConfiguration> hadoop,
            InspectorMeasures measures) {}

    /**
     * The heat maps themselves: rows of {@code image_id, description, method, grid}; those of {@link
     * MapScorer#ATTENTION} have no description.
     */
    public static Explainer grids(ModelBroadcast vision, Means means) {
        return new Explainer(vision, means.settings, means.hadoop, means.measures, new GridRows());
    }

    /**
     * The areas under insertion and deletion curves: rows of {@code image_id, defect, method, insertion, deletion,
     * insertion_cosine, deletion_cosine}.
     */
    public static Explainer curves(ModelBroadcast vision, Means means, CurveSettings curves) {
        return new Explainer(vision, means.settings, means.hadoop, means.measures, new CurveRows(curves));
    }

    /**
     * The rows of the images.
     *
     * @param images rows with the columns of {@link InspectionSchema#INPUT}, and the names that are {@link #WANTED}
     */
    public Dataset<Row> rows(Dataset<Row> images) {
        Column[] columns = new Column[InspectionSchema.INPUT.length() + 1];
        for (int i = 0; i < columns.length - 1; i++) {
            columns[i] = functions.col(InspectionSchema.INPUT.apply(i).name());
        }
        columns[columns.length - 1] = functions.col(WANTED);
        return images.select(columns).mapPartitions(this, Encoders.row(answer.schema()));
    }

    @Override
    public Iterator<Row> call(Iterator<Row> images) {
        if (!images.hasNext()) {
            return Collections.emptyIterator();
        }
        TaskContext task = TaskContext.get();
        InspectorSettings values = settings.value();
        CropBatch crops = new CropBatch(
                PhotographCrops.of(task, values.preparation(), hadoop, new StageClock(measures)),
                values.batchSize(),
                values.preparation().side(),
                measures);
        ExplainedBatches batches = new ExplainedBatches(crops, indices(values), model(values), answer, measures);
        return new BatchIterator<>(images, task, batches);
    }

    private static Map<String, Integer> indices(InspectorSettings values) {
        KnowledgeBase base = KnowledgeBase.parse(values.labelling().knowledgeBase());
        Map<String, Integer> indices = new HashMap<>();
        for (Description description : base.descriptions()) {
            indices.put(description.name(), description.index());
        }
        return indices;
    }

    private ExplainingModel model(InspectorSettings values) {
        TorchThreads.configure(TaskSlots.ofJvm().torchThreads());
        Device device = TaskDevice.of(values.device());
        ClipVisionEncoder encoder = ExecutorModels.model(
                vision,
                device,
                (file, target) -> ClipVisionEncoder.load(file, target.name()),
                measures.counter(InspectorMeasures.Count.LOADS));
        EnumSet<Method> methods = EnumSet.noneOf(Method.class);
        methods.addAll(values.methods());
        return new ExplainingModel(encoder, device, values, methods);
    }
}
