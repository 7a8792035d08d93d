package io.blemish.udfs;

import io.blemish.metrics.Curve;
import io.blemish.metrics.Grid;
import io.blemish.udfs.Masking.Direction;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Scores one photograph along insertion and deletion curves, several pictures a forward. Every curve of the photograph
 * shares its ends: they are looked at once.
 */
final class CurveScores {
    private final Masking masking;
    private final ExplainingModel model;
    private final CurveSettings settings;
    private final float[] whole;
    private final Map<Direction, float[]> bare = new EnumMap<>(Direction.class);

    /** Looks at the ends of the curves. */
    CurveScores(Masking masking, ExplainingModel model, CurveSettings settings, int cells) throws InterruptedException {
        this.masking = masking;
        this.model = model;
        this.settings = settings;
        int[] any = new int[cells];
        Arrays.setAll(any, cell -> cell);
        this.whole = similarities(any, new int[] {0}, 0, 1, Direction.DELETION)[0];
        bare.put(Direction.INSERTION, similarities(any, new int[] {0}, 0, 1, Direction.INSERTION)[0]);
        bare.put(Direction.DELETION, similarities(any, new int[] {cells}, 0, 1, Direction.DELETION)[0]);
    }

    /** Areas under the curves of a description's probability among all descriptions, and of its cosine. */
    record Areas(double probability, double cosine) {}

    /**
     * A curve: how much of the photograph is done at each point, and the cosines with all descriptions there.
     *
     * @param done shares of the patches, from 0 to 1
     * @param similarities points × descriptions
     */
    record Points(double[] done, float[][] similarities) {}

    /** The curve of a heat map, from the cell that it calls most relevant to the least. */
    Points along(Grid map, Direction direction) throws InterruptedException {
        int[] order = map.descending();
        int[] points = Curve.points(order.length, settings.steps());
        int last = points.length - 1;
        float[][] similarities = new float[points.length][];
        similarities[0] = direction == Direction.DELETION ? whole : bare.get(direction);
        similarities[last] = direction == Direction.DELETION ? bare.get(direction) : whole;
        for (int from = 1; from < last; from += settings.batchSize()) {
            int pictures = Math.min(settings.batchSize(), last - from);
            float[][] batch = similarities(order, points, from, pictures, direction);
            System.arraycopy(batch, 0, similarities, from, pictures);
        }
        return new Points(
                Arrays.stream(points)
                        .mapToDouble(point -> (double) point / order.length)
                        .toArray(),
                similarities);
    }

    /** The areas of a description, given its index. */
    Areas areas(Points curve, int description) {
        double[] probabilities = new double[curve.done.length];
        double[] cosines = new double[curve.done.length];
        for (int i = 0; i < curve.done.length; i++) {
            cosines[i] = curve.similarities[i][description];
            probabilities[i] = probability(curve.similarities[i], description);
        }
        return new Areas(Curve.area(curve.done, probabilities), Curve.area(curve.done, cosines));
    }

    private float[][] similarities(int[] order, int[] points, int from, int pictures, Direction direction)
            throws InterruptedException {
        float[] batch = new float[pictures * masking.length()];
        for (int i = 0; i < pictures; i++) {
            masking.write(order, points[from + i], direction, batch, i * masking.length());
        }
        return model.similarities(batch, pictures);
    }

    /** The description's share of the softmax over all descriptions. */
    private double probability(float[] similarities, int description) {
        double own = (double) model.logitScale() * similarities[description];
        double sum = 0;
        for (float similarity : similarities) {
            sum += Math.exp((double) model.logitScale() * similarity - own);
        }
        return 1 / sum;
    }
}
