package io.blemish.udfs;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Captions inspections that are there already, from their embeddings: no photograph is opened. Rows keep everything but what is written
 * about the image, and the verdict, which is what the label says of itself again: rules may read captions, and are asked afterwards, by
 * {@link VerdictRules}. Rows without an embedding, those of images that could not be inspected, keep all.
 */
public final class CaptionRows implements MapPartitionsFunction<Row, Row> {
    private static final List<String> WRITTEN =
            List.of("caption", "caption_logprob", "clip_score", "captions", "verdict");
    private static final long serialVersionUID = 1L;

    private final Captioning captioning;
    private final Broadcast<InspectorSettings> settings;
    private final StructType schema;
    private final InspectorMeasures measures;

    /**
     * A captioner of rows.
     *
     * @param settings how the rows were labelled, and where models compute
     * @param schema of the rows: {@code image_id}, {@code embedding}, {@code verdict} and the columns of captions, whatever else
     * @param measures what tasks report
     */
    public CaptionRows(
            Captioning captioning,
            Broadcast<InspectorSettings> settings,
            StructType schema,
            InspectorMeasures measures) {
        this.captioning = captioning;
        this.settings = settings;
        this.schema = schema;
        this.measures = measures;
    }

    /** The rows with captions: one pass, nothing computed until they are asked for. */
    public Dataset<Row> of(Dataset<Row> inspections) {
        return inspections.mapPartitions(this, Encoders.row(schema));
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        StageClock clock = new StageClock(measures);
        InspectorSettings values = settings.value();
        CaptionModel model = CaptionModel.of(captioning, values.device(), clock);
        EmbeddingLabeller labeller = new EmbeddingLabeller(values.labelling());
        int images = Math.max(values.batchSize(), model.imagesAtOnce());
        return new BatchIterator<>(
                rows,
                TaskContext.get(),
                input -> captioned(batch(input, images), model, labeller, clock).iterator());
    }

    private static List<Row> batch(Iterator<Row> rows, int images) {
        List<Row> batch = new ArrayList<>(images);
        while (rows.hasNext() && batch.size() < images) {
            batch.add(rows.next());
        }
        return batch;
    }

    private List<Row> captioned(List<Row> batch, CaptionModel model, EmbeddingLabeller labeller, StageClock clock)
            throws InterruptedException {
        int embedding = schema.fieldIndex("embedding");
        List<Row> seen = batch.stream().filter(row -> !row.isNullAt(embedding)).toList();
        List<String> ids =
                seen.stream().map(row -> row.<String>getAs("image_id")).toList();
        float[][] embeddings = seen.stream()
                .map(row -> FloatColumn.of(row.<Float>getSeq(embedding)))
                .toArray(float[][]::new);
        List<Captioned> captioned = model.caption(ids, embeddings);
        clock.enter(Stage.LABEL);
        List<Row> rows = new ArrayList<>(batch.size());
        int next = 0;
        for (Row row : batch) {
            if (row.isNullAt(embedding)) {
                rows.add(row);
                continue;
            }
            String verdict = labeller.label(embeddings[next]).verdict();
            rows.add(with(row, captioned.get(next), verdict));
            next++;
        }
        clock.measures().add(InspectorMeasures.Count.CAPTIONED, batch.size());
        clock.pause();
        return rows;
    }

    private Row with(Row row, Captioned captioned, String verdict) {
        Object[] values = new Object[schema.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.get(i);
        }
        Object[] written = {
            captioned.best().text(), captioned.best().logProbability(), captioned.clipScore(), captioned.rows(), verdict
        };
        for (int i = 0; i < written.length; i++) {
            values[schema.fieldIndex(WRITTEN.get(i))] = written[i];
        }
        return RowFactory.create(values);
    }
}
