package dev.ardm.core.prediction;

import dev.ardm.core.decision.Logistic;
import dev.ardm.core.decision.SymbolCoder;

/**
 * A mixture of logistic distributions of a sample, coded by decisions: on which side of its mean the sample is, within how many times the
 * scale, doubled as long as it is not, and then half by half. Binary64, in one written order, with {@link StrictMath}.
 */
final class SampleDistribution {
    private static final int M = PredictionNetwork.COMPONENTS;

    /** Largest absolute value of the logarithm of a component's scale in units of the sample's. */
    private static final float MOST_LOG = 6;

    /** Furthest that a component's mean is from the centre, in units of the sample's scale. */
    private static final float MOST_MEAN = 64;

    /** What each value has of probability besides the mixture, in all. */
    private static final double REST = 1e-7;

    private final double[] weights = new double[M];
    private final double[] means = new double[M];
    private final double[] inverse = new double[M];
    private double mean;
    private double scale;
    private int least;
    private double rest;

    /** The distribution of the next sample from a network's outputs, and where these begin and what they are measured in. */
    void set(float[] outputs, double centre, double unit) {
        double top = outputs[0];
        for (int k = 1; k < M; k++) {
            top = Math.max(top, outputs[k]);
        }
        double sum = 0;
        for (int k = 0; k < M; k++) {
            weights[k] = StrictMath.exp(outputs[k] - top);
            sum += weights[k];
        }
        mean = 0;
        for (int k = 0; k < M; k++) {
            weights[k] /= sum;
            means[k] = centre + unit * bounded(outputs[M + k], MOST_MEAN);
            inverse[k] = 1 / (unit * StrictMath.exp(bounded(outputs[2 * M + k], MOST_LOG)));
            mean += weights[k] * means[k];
        }
        scale = unit;
    }

    private static float bounded(float x, float most) {
        return Math.max(-most, Math.min(most, x));
    }

    /** The probability of values from this one on, if above, and of those below it otherwise. */
    private double tail(int value, boolean above) {
        double boundary = value - 0.5;
        double sum = 0;
        for (int k = 0; k < M; k++) {
            double z = (boundary - means[k]) * inverse[k];
            sum += weights[k] / (1 + StrictMath.exp(above ? z : -z));
        }
        return sum + rest * (above ? -(double) value : (double) value - least);
    }

    /**
     * Codes a sample.
     *
     * @param smallest that it may be
     * @param largest that it may be, at least the smallest
     * @param sample ignored when reading
     */
    int code(SymbolCoder coder, int smallest, int largest, int sample) {
        if (smallest == largest) {
            return smallest;
        }
        least = smallest;
        rest = REST / (1.0 + largest - smallest);
        int low = smallest;
        int high = largest;
        int middle = Math.max(low + 1, Math.min(high, (int) (StrictMath.floor(mean) + 1)));
        boolean above = coder.decide(probability(tail(middle, true) + rest * (1.0 + high)), sample >= middle);
        int width = (int) Math.max(1, Math.min(high - (double) low, scale));
        // The tails at the ends of what is left: beyond them there is nothing on this side.
        double near = tail(middle, above);
        double far;
        if (above) {
            low = middle;
            far = tail(high + 1, true);
            while (high - low >= width) {
                double there = tail(low + width, true);
                if (!coder.decide(probability((there - far) / (near - far)), sample >= low + width)) {
                    high = low + width - 1;
                    far = there;
                    break;
                }
                low += width;
                near = there;
                width = doubled(width);
            }
        } else {
            high = middle - 1;
            far = tail(low, false);
            while (high - low >= width) {
                double there = tail(high - width + 1, false);
                if (!coder.decide(probability((there - far) / (near - far)), sample <= high - width)) {
                    low = high - width + 1;
                    far = there;
                    break;
                }
                high -= width;
                near = there;
                width = doubled(width);
            }
        }
        double atLow = above ? near : far;
        double atHigh = above ? far : near;
        while (low < high) {
            int half = low + (high - low + 1) / 2;
            double there = tail(half, above);
            // Both differences change their signs with the side.
            if (coder.decide(probability((there - atHigh) / (atLow - atHigh)), sample >= half)) {
                low = half;
                atLow = there;
            } else {
                high = half - 1;
                atHigh = there;
            }
        }
        return low;
    }

    private static int doubled(int width) {
        return Math.min(1 << 20, 2 * width);
    }

    private static int probability(double exact) {
        return (int) Math.max(1, Math.min(Logistic.ONE - 1, exact * Logistic.ONE));
    }
}
