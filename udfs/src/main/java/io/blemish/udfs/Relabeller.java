package io.blemish.udfs;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Labels images anew from their stored embeddings, a batch at a time: similarities by one matrix product, everything else as an inspection
 * makes it. What could not be inspected stays failed; captions stay, or are written anew from the embedding. No photograph is opened, so
 * there are no heat maps; the embedding stays where it is, in the row that it comes from.
 *
 * <p>It works on Spark's own rows: to make objects of the hundreds of numbers of an embedding would cost more than all that is done with
 * them.
 */
public final class Relabeller implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
    /** Enough that the descriptions are read from the cache, few enough that the sums stay in it. */
    static final int BATCH = 64;

    private static final long serialVersionUID = 1L;

    private final Broadcast<InspectorSettings> settings;
    private final List<Captioning> captioning;
    private final InspectorMeasures measures;

    /**
     * A relabeller with everything that its tasks need.
     *
     * @param settings how images are labelled, and where a captioner computes
     * @param captioning how to caption anew; empty to keep the captions
     * @param measures what tasks report
     */
    public Relabeller(
            Broadcast<InspectorSettings> settings, Optional<Captioning> captioning, InspectorMeasures measures) {
        this.settings = settings;
        // An Optional cannot be sent to executors.
        this.captioning = captioning.stream().toList();
        this.measures = measures;
    }

    /**
     * The inspections anew: one pass, nothing computed until the rows are asked for.
     *
     * @param stored inspections, with at least the columns of {@link InspectionSchema#STORED}
     * @return rows of {@link InspectionSchema#OUTPUT}
     */
    public Dataset<Row> inspections(Dataset<Row> stored) {
        Column[] columns = new Column[InspectionSchema.STORED.length()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = functions.col(InspectionSchema.STORED.apply(i).name());
        }
        org.apache.spark.sql.classic.Dataset<Row> read =
                (org.apache.spark.sql.classic.Dataset<Row>) stored.select(columns);
        RDD<InternalRow> labelled =
                read.queryExecution().toRdd().toJavaRDD().mapPartitions(this).rdd();
        return ((SparkSession) stored.sparkSession()).internalCreateDataFrame(labelled, InspectionSchema.OUTPUT, false);
    }

    @Override
    public Iterator<InternalRow> call(Iterator<InternalRow> stored) {
        StageClock clock = new StageClock(measures);
        InspectorSettings values = settings.value();
        Optional<CaptionModel> captions = captioning.stream()
                .map(models -> CaptionModel.of(models, values.device(), clock))
                .findFirst();
        RelabelledRows rows = new RelabelledRows(new EmbeddingLabeller(values.labelling()), captions, clock);
        int images = Math.max(BATCH, captions.map(CaptionModel::imagesAtOnce).orElse(BATCH));
        return new BatchIterator<>(stored, TaskContext.get(), input -> {
            clock.enter(Stage.READ);
            List<InternalRow> batch = batch(input, images);
            Iterator<InternalRow> made = rows.of(batch).iterator();
            clock.pause();
            return made;
        });
    }

    /** Spark reads every row into the same memory. */
    private static List<InternalRow> batch(Iterator<InternalRow> input, int images) {
        List<InternalRow> batch = new ArrayList<>(images);
        while (batch.size() < images && input.hasNext()) {
            batch.add(input.next().copy());
        }
        return batch;
    }
}
