package dev.ardm.core.masking.plan;

import java.util.Arrays;

/** Isotonic regression by pooling adjacent violators (Ayer et al. 1955, An empirical distribution function). */
final class IsotonicRegression {
    private IsotonicRegression() {}

    /**
     * The non-increasing sequence nearest to the given one in weighted squares, in O(length). It keeps the weighted sum up
     * to rounding; a sequence that does not increase comes back as it is, bit for bit.
     *
     * @param weights positive
     */
    static double[] nonIncreasing(double[] values, double[] weights) {
        if (values.length != weights.length) {
            throw new IllegalArgumentException(values.length + " values with " + weights.length + " weights");
        }
        double[] mean = new double[values.length];
        double[] weight = new double[values.length];
        int[] end = new int[values.length];
        int blocks = 0;
        for (int i = 0; i < values.length; i++) {
            if (!(weights[i] > 0)) {
                throw new IllegalArgumentException("weight " + i + " is " + weights[i]);
            }
            mean[blocks] = values[i];
            weight[blocks] = weights[i];
            end[blocks++] = i + 1;
            while (blocks > 1 && mean[blocks - 2] < mean[blocks - 1]) {
                blocks--;
                double both = weight[blocks - 1] + weight[blocks];
                mean[blocks - 1] = Math.fma(weight[blocks] / both, mean[blocks] - mean[blocks - 1], mean[blocks - 1]);
                weight[blocks - 1] = both;
                end[blocks - 1] = end[blocks];
            }
        }
        double[] out = new double[values.length];
        int from = 0;
        for (int block = 0; block < blocks; block++) {
            Arrays.fill(out, from, end[block], mean[block]);
            from = end[block];
        }
        return out;
    }
}
