package io.blemish.udfs;

import io.blemish.metrics.Curve;
import io.blemish.udfs.Masking.Direction;

/** Scores one photograph along insertion and deletion curves, several pictures a forward. */
final class CurveScores {
    private final Masking masking;
    private final ExplainingModel model;
    private final int batchSize;

    CurveScores(Masking masking, ExplainingModel model, int batchSize) {
        this.masking = masking;
        this.model = model;
        this.batchSize = batchSize;
    }

    /** Areas under the curves of a description's probability among all descriptions, and of its cosine. */
    record Areas(double probability, double cosine) {}

    /**
     * The areas of a description.
     *
     * @param order the cells, the most relevant first
     * @param points how many of them are done at each point
     * @param description its index
     */
    Areas areas(int[] order, int[] points, Direction direction, int description) throws InterruptedException {
        double[] done = new double[points.length];
        double[] probabilities = new double[points.length];
        double[] cosines = new double[points.length];
        for (int from = 0; from < points.length; from += batchSize) {
            int pictures = Math.min(batchSize, points.length - from);
            float[][] similarities = model.similarities(pictures(order, points, from, pictures, direction), pictures);
            for (int i = 0; i < pictures; i++) {
                done[from + i] = (double) points[from + i] / order.length;
                cosines[from + i] = similarities[i][description];
                probabilities[from + i] = probability(similarities[i], description);
            }
        }
        return new Areas(Curve.area(done, probabilities), Curve.area(done, cosines));
    }

    private float[] pictures(int[] order, int[] points, int from, int pictures, Direction direction) {
        float[] batch = new float[pictures * masking.length()];
        for (int i = 0; i < pictures; i++) {
            masking.write(order, points[from + i], direction, batch, i * masking.length());
        }
        return batch;
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
