package io.blemish.udfs;

import io.blemish.broadcast.DeviceChoice;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Captions inspections that are there already, from their embeddings: no photograph is opened. Rows keep everything but what is written
 * about the image; rows without an embedding, those of images that could not be inspected, keep that too.
 */
public final class CaptionRows implements MapPartitionsFunction<Row, Row> {
    private static final List<String> WRITTEN = List.of("caption", "caption_logprob", "clip_score", "captions");
    private static final long serialVersionUID = 1L;

    private final Captioning captioning;
    private final DeviceChoice device;
    private final int batchSize;
    private final StructType schema;
    private final InspectorMeasures measures;

    /**
     * A captioner of rows.
     *
     * @param batchSize images that are captioned at once, at least
     * @param schema of the rows: {@code image_id}, {@code embedding} and the columns of captions, whatever else
     * @param measures what tasks report
     */
    public CaptionRows(
            Captioning captioning, DeviceChoice device, int batchSize, StructType schema, InspectorMeasures measures) {
        this.captioning = captioning;
        this.device = device;
        this.batchSize = batchSize;
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
        CaptionModel model = CaptionModel.of(captioning, device, clock);
        return new BatchIterator(
                rows,
                TaskContext.get(),
                input -> captioned(batch(input, Math.max(batchSize, model.imagesAtOnce())), model, clock)
                        .iterator());
    }

    private static List<Row> batch(Iterator<Row> rows, int images) {
        List<Row> batch = new ArrayList<>(images);
        while (rows.hasNext() && batch.size() < images) {
            batch.add(rows.next());
        }
        return batch;
    }

    private List<Row> captioned(List<Row> batch, CaptionModel model, StageClock clock) throws InterruptedException {
        int embedding = schema.fieldIndex("embedding");
        List<Row> seen = batch.stream().filter(row -> !row.isNullAt(embedding)).toList();
        List<String> ids =
                seen.stream().map(row -> row.<String>getAs("image_id")).toList();
        float[][] embeddings = seen.stream()
                .map(row -> FloatColumn.of(row.<Float>getSeq(embedding)))
                .toArray(float[][]::new);
        Iterator<Captioned> captioned = model.caption(ids, embeddings).iterator();
        clock.enter(Stage.LABEL);
        List<Row> rows = new ArrayList<>(batch.size());
        for (Row row : batch) {
            rows.add(row.isNullAt(embedding) ? row : with(row, captioned.next()));
        }
        clock.measures().add(InspectorMeasures.Count.CAPTIONED, batch.size());
        clock.pause();
        return rows;
    }

    private Row with(Row row, Captioned captioned) {
        Object[] values = new Object[schema.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.get(i);
        }
        List<Object> written = List.of(
                captioned.best().text(), captioned.best().logProbability(), captioned.clipScore(), captioned.rows());
        for (int i = 0; i < WRITTEN.size(); i++) {
            values[schema.fieldIndex(WRITTEN.get(i))] = written.get(i);
        }
        return RowFactory.create(values);
    }
}
