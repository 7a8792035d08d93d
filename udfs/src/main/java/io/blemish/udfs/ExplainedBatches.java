package io.blemish.udfs;

import io.blemish.clip.Explanation;
import io.blemish.clip.PixelBatch;
import io.blemish.explain.Method;
import io.blemish.image.ImageRejectedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * Explains photographs batch by batch: reads and crops them, and asks the model once for all of them. Not thread-safe;
 * one for each task.
 */
final class ExplainedBatches {
    private static final int WANTED = InspectionSchema.INPUT.length();

    private final CropSource crops;
    private final Map<String, Integer> indices;
    private final ExplainingModel model;
    private final InspectorMeasures measures;
    private final int side;
    private final byte[] pixels;

    ExplainedBatches(
            InspectorSettings settings,
            CropSource crops,
            Map<String, Integer> indices,
            ExplainingModel model,
            InspectorMeasures measures) {
        this.crops = crops;
        this.indices = indices;
        this.model = model;
        this.measures = measures;
        this.side = settings.preparation().side();
        this.pixels = new byte[settings.batchSize() * cropBytes()];
    }

    /** The model that explains. */
    ExplainingModel model() {
        return model;
    }

    /** Counts a photograph whose rows are made. */
    void count() {
        measures.add(InspectorMeasures.Count.OK, 1);
    }

    /** The next photographs, explained; none when no photograph is left. */
    List<Explained> next(Iterator<Row> images) throws InterruptedException {
        List<Row> pending = new ArrayList<>();
        while (images.hasNext() && (pending.size() + 1) * cropBytes() <= pixels.length) {
            Row image = images.next();
            try {
                crops.crop(image, pixels, pending.size() * cropBytes());
                pending.add(image);
            } catch (ImageRejectedException e) {
                measures.add(InspectorMeasures.Count.FAILED, 1);
            }
        }
        return pending.isEmpty() ? List.of() : explained(pending);
    }

    private List<Explained> explained(List<Row> pending) throws InterruptedException {
        int[][] wanted = wanted(pending);
        Explanation explanation = model.explain(new PixelBatch(pixels, pending.size(), side), padded(wanted));
        List<Explained> explained = new ArrayList<>();
        for (int i = 0; i < pending.size(); i++) {
            Map<Method, float[][]> maps = new EnumMap<>(Method.class);
            for (Map.Entry<Method, float[][][]> method : explanation.maps().entrySet()) {
                maps.put(method.getKey(), Arrays.copyOf(method.getValue()[i], wanted[i].length));
            }
            explained.add(new Explained(
                    InspectionRows.imageId(pending.get(i)),
                    Arrays.copyOfRange(pixels, i * cropBytes(), (i + 1) * cropBytes()),
                    pending.get(i).getList(WANTED),
                    wanted[i],
                    maps,
                    explanation.attention()[i]));
        }
        return explained;
    }

    private int[][] wanted(List<Row> pending) {
        int[][] wanted = new int[pending.size()][];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = pending.get(i).<String>getList(WANTED).stream()
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

    private int cropBytes() {
        return 3 * side * side;
    }
}
