package io.blemish.lm;

import static org.assertj.core.api.Assertions.assertThat;

import io.blemish.checkpoint.Precision;
import java.util.Arrays;
import java.util.List;

/** Compares a checkpoint with what PyTorch gives for it, in float32. */
final class LmAssertions {
    private static final double LOGITS = 1e-4;

    private LmAssertions() {}

    static void assertParity(LmGolden golden) {
        float[][][] prefix = golden.cube("prefix");
        long[][] ids = golden.ids("input_ids");
        int tokens = golden.ids("greedy")[0].length;
        try (CausalLm lm = golden.lm(Precision.FP32)) {
            assertThat(relativeError(lm.logits(new float[ids.length][0][], ids), golden.cube("logits")))
                    .isLessThan(LOGITS);
            assertThat(relativeError(lm.logits(prefix, ids), golden.cube("prefix_logits")))
                    .isLessThan(LOGITS);
            Decoding whole = Decoding.beamSearch().withTokens(tokens, tokens);
            assertTokens(lm.decode(prefix, whole.withBeams(1)), golden.ids("greedy"));
            assertTokens(lm.decode(prefix, whole), golden.ids("beam5"));
        }
    }

    private static void assertTokens(List<List<Continuation>> ours, long[][] theirs) {
        assertThat(ours).hasSameSizeAs(theirs);
        for (int row = 0; row < theirs.length; row++) {
            assertThat(ours.get(row).get(0).longs()).as("row " + row).isEqualTo(theirs[row]);
        }
    }

    /** |ours − theirs| / |theirs| over all values. */
    static double relativeError(float[][][] ours, float[][][] theirs) {
        assertThat(ours).hasDimensions(theirs.length, theirs[0].length);
        double difference = 0;
        double length = 0;
        for (int i = 0; i < theirs.length; i++) {
            for (int j = 0; j < theirs[i].length; j++) {
                assertThat(ours[i][j]).hasSameSizeAs(theirs[i][j]);
                for (int k = 0; k < theirs[i][j].length; k++) {
                    difference += Math.pow((double) ours[i][j][k] - theirs[i][j][k], 2);
                    length += Math.pow(theirs[i][j][k], 2);
                }
            }
        }
        return Math.sqrt(difference / length);
    }

    /** The log-probability of a text behind a prefix, from the logits of all its tokens at once. */
    static double logProbability(CausalLm lm, float[][] prefix, long[] ids) {
        float[][] logits = lm.logits(new float[][][] {prefix}, new long[][] {ids})[0];
        double sum = 0;
        for (int i = 0; i < ids.length; i++) {
            sum += logSoftmax(logits[prefix.length - 1 + i], ids[i]);
        }
        return sum;
    }

    static double logSoftmax(float[] logits, long id) {
        double highest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            highest = Math.max(highest, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - highest);
        }
        return logits[(int) id] - highest - Math.log(sum);
    }

    /** A text and the token that ends it, if there was room for it. */
    static long[] whole(Continuation text, CausalLm lm, int most) {
        long[] own = text.longs();
        if (own.length == most) {
            return own;
        }
        long[] whole = Arrays.copyOf(own, own.length + 1);
        whole[own.length] = lm.end();
        return whole;
    }
}
