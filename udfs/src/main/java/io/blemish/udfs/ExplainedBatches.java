package io.blemish.udfs;

import io.blemish.clip.Explanation;
import io.blemish.explain.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.TaskKilledException;
import org.apache.spark.sql.Row;

/**
 * Explains photographs batch by batch: reads and crops them, and asks the model once for all of them. Not thread-safe;
 * one for each task.
 */
final class ExplainedBatches implements BatchIterator.Batches<Row> {
    private static final int WANTED = InspectionSchema.INPUT.length();

    private final CropBatch crops;
    private final Map<String, Integer> indices;
    private final ExplainingModel model;
    private final Explainer.Answer answer;
    private final InspectorMeasures measures;

    ExplainedBatches(
            CropBatch crops,
            Map<String, Integer> indices,
            ExplainingModel model,
            Explainer.Answer answer,
            InspectorMeasures measures) {
        this.crops = crops;
        this.indices = indices;
        this.model = model;
        this.answer = answer;
        this.measures = measures;
    }

    /** The rows of each photograph are made when they are asked for: they may take long. */
    @Override
    public Iterator<Row> next(Iterator<Row> images) throws InterruptedException {
        List<Row> cropped = crops.fill(images);
        return cropped.isEmpty()
                ? cropped.iterator()
                : explained(cropped).stream().flatMap(this::rows).iterator();
    }

    private Stream<Row> rows(Explained photograph) {
        try {
            List<Row> answered = answer.rows(photograph, model);
            measures.add(InspectorMeasures.Count.OK, 1);
            return answered.stream();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TaskKilledException("the explanation was interrupted");
        }
    }

    private List<Explained> explained(List<Row> cropped) throws InterruptedException {
        int[][] wanted = wanted(cropped);
        Explanation explanation = model.explain(crops.pixels(cropped.size()), padded(wanted));
        List<Explained> explained = new ArrayList<>();
        for (int i = 0; i < cropped.size(); i++) {
            Map<Method, float[][]> maps = new EnumMap<>(Method.class);
            for (Map.Entry<Method, float[][][]> method : explanation.maps().entrySet()) {
                maps.put(method.getKey(), Arrays.copyOf(method.getValue()[i], wanted[i].length));
            }
            explained.add(new Explained(
                    InspectionRows.imageId(cropped.get(i)),
                    crops.copy(i),
                    cropped.get(i).getList(WANTED),
                    wanted[i],
                    maps,
                    explanation.attention()[i]));
        }
        return explained;
    }

    private int[][] wanted(List<Row> cropped) {
        int[][] wanted = new int[cropped.size()][];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = cropped.get(i).<String>getList(WANTED).stream()
                    .mapToInt(indices::get)
                    .toArray();
        }
        return wanted;
    }

    /** The model explains equally many descriptions for each picture: shorter rows are filled with the first one. */
    private static int[][] padded(int[][] wanted) {
        int longest = Arrays.stream(wanted).mapToInt(row -> row.length).max().orElseThrow();
        int[][] padded = new int[wanted.length][];
        for (int i = 0; i < padded.length; i++) {
            padded[i] = Arrays.copyOf(wanted[i], longest);
        }
        return padded;
    }
}
