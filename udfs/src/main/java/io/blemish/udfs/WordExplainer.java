package io.blemish.udfs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Tells what each word of an image's caption rests on: the gradient of the word's log-probability is taken back through language model
 * and mapper to the image's embedding, and from there the tower's relevance is computed as it is for a description
 * ({@link io.blemish.explain.Method#RELEVANCE}). The photographs are opened once; the captions are those that are stored.
 */
public final class WordExplainer implements MapPartitionsFunction<Row, Row> {
    private static final int CAPTION = InspectionSchema.INPUT.length();
    private static final int EMBEDDING = CAPTION + 1;

    /** The columns that are read: those of an image, and those of its inspection. */
    private static final StructType INPUT =
            InspectionSchema.INPUT.add("caption", DataTypes.StringType).add("embedding", InspectionSchema.EMBEDDING);

    /** The columns that are written, as in the table {@code caption_words}. */
    private static final StructType OUTPUT = new StructType()
            .add("image_id", DataTypes.StringType, false)
            .add("word_index", DataTypes.IntegerType, false)
            .add("word", DataTypes.StringType, false)
            .add("logprob", DataTypes.DoubleType, false)
            .add("map_rows", DataTypes.IntegerType, false)
            .add("map_cols", DataTypes.IntegerType, false)
            .add("grid", DataTypes.createArrayType(DataTypes.FloatType), false);

    private static final long serialVersionUID = 1L;

    private final Broadcast<WordSettings> settings;
    private final Broadcast<SerializableConfiguration> hadoop;
    private final InspectorMeasures measures;

    /**
     * An explainer of words.
     *
     * @param hadoop how to reach images that are kept by reference
     * @param measures what tasks report: images whose words are told, and, as failed, those that cannot be had, or decoded, any more
     */
    public WordExplainer(
            Broadcast<WordSettings> settings, Broadcast<SerializableConfiguration> hadoop, InspectorMeasures measures) {
        this.settings = settings;
        this.hadoop = hadoop;
        this.measures = measures;
    }

    /**
     * The words of the images' captions, a row each; nothing is computed until the rows are asked for.
     *
     * @param captioned rows with the columns of {@link InspectionSchema#INPUT}, {@code caption} and {@code embedding}, neither null
     */
    public Dataset<Row> words(Dataset<Row> captioned) {
        Column[] columns = new Column[INPUT.length()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = functions.col(INPUT.apply(i).name());
        }
        return captioned.select(columns).mapPartitions(this, Encoders.row(OUTPUT));
    }

    @Override
    public Iterator<Row> call(Iterator<Row> captioned) {
        if (!captioned.hasNext()) {
            return Collections.emptyIterator();
        }
        TaskContext task = TaskContext.get();
        WordSettings values = settings.value();
        StageClock clock = new StageClock(measures);
        CropBatch crops = new CropBatch(
                PhotographCrops.of(task, values.preparation(), hadoop, clock),
                values.batchSize(),
                values.preparation().side(),
                measures);
        WordModel model = WordModel.of(values, clock);
        return new BatchIterator<>(
                captioned,
                task,
                input -> rows(crops.fill(input), crops, model, clock).iterator());
    }

    private List<Row> rows(List<Row> images, CropBatch crops, WordModel model, StageClock clock)
            throws InterruptedException {
        if (images.isEmpty()) {
            return List.of();
        }
        List<String> captions =
                images.stream().map(image -> image.getString(CAPTION)).toList();
        float[][] embeddings = images.stream()
                .map(image -> FloatColumn.of(image.<Float>getSeq(EMBEDDING)))
                .toArray(float[][]::new);
        List<List<ExplainedWord>> explained = model.explain(captions, embeddings, crops.pixels(images.size()));
        clock.enter(Stage.LABEL);
        List<Row> rows = new ArrayList<>();
        for (int image = 0; image < explained.size(); image++) {
            addRows(InspectionRows.imageId(images.get(image)), explained.get(image), rows);
        }
        measures.add(InspectorMeasures.Count.OK, images.size());
        clock.pause();
        return rows;
    }

    private static void addRows(String imageId, List<ExplainedWord> words, List<Row> rows) {
        for (int index = 0; index < words.size(); index++) {
            ExplainedWord word = words.get(index);
            int side = InspectionRows.side(word.grid());
            rows.add(RowFactory.create(imageId, index, word.word(), word.logProbability(), side, side, word.grid()));
        }
    }
}
