package io.blemish.trends;

import java.util.stream.IntStream;

/** Tests in numbers: which of many p-values are small for more than chance. */
public final class FalseDiscovery {
    private FalseDiscovery() {}

    /**
     * The p-values adjusted as Benjamini and Hochberg do: q of the k-th smallest of m is the smallest p · m / rank of it and
     * of all larger ones. Taking those with q ≤ α keeps the expected share of false ones at α.
     *
     * @param pValues in [0, 1]
     * @return in the order of the p-values
     */
    public static double[] adjusted(double[] pValues) {
        int m = pValues.length;
        int[] descending = IntStream.range(0, m)
                .boxed()
                .sorted((a, b) -> Double.compare(pValues[b], pValues[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[m];
        double smallest = 1;
        for (int i = 0; i < m; i++) {
            int rank = m - i;
            smallest = Math.min(smallest, pValues[descending[i]] * m / rank);
            adjusted[descending[i]] = smallest;
        }
        return adjusted;
    }
}
