package dev.ardm.data.source;

import dev.ardm.core.RandomStream;
import dev.ardm.core.masking.process.OrderAgnostic;

/**
 * A loss curve with its uncertainty; the errors of different t are independent.
 *
 * @param bits estimated L_t in bits per variable for t = 0 .. D-1 known variables
 * @param standardErrors of each of them
 * @param samples pairs of an item and a set after each of them
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record LossCurveEstimate(double[] bits, double[] standardErrors, int samples) {
    static LossCurveEstimate of(KnownSource source, int samples, long seed) {
        if (samples < 2) {
            throw new IllegalArgumentException("a standard error needs at least 2 samples, got " + samples);
        }
        int dimensions = source.space().dimensions();
        double[] means = new double[dimensions];
        double[] errors = new double[dimensions];
        for (int t = 0; t < dimensions; t++) {
            // Welford's updates: without them the variance of nearly equal values is lost to rounding.
            double mean = 0;
            double squares = 0;
            for (int s = 0; s < samples; s++) {
                RandomStream random = RandomStream.of(seed, RandomStream.Purpose.EVALUATION, (long) t * samples + s);
                double entropy = maskedEntropy(source, t, random);
                double difference = entropy - mean;
                mean += difference / (s + 1);
                squares += difference * (entropy - mean);
            }
            means[t] = mean;
            errors[t] = Math.sqrt(squares / (samples - 1.0) / samples);
        }
        return new LossCurveEstimate(means, errors, samples);
    }

    /** Mean conditional entropy in bits of the other variables, given a random set of t of a random item. */
    private static double maskedEntropy(KnownSource source, int t, RandomStream random) {
        int[] item = source.draw(random);
        boolean[] known = new OrderAgnostic(source.space())
                .corrupt((t + 0.5) / item.length, random)
                .known();
        double[][] distributions = source.conditionals(item, known);
        double bits = 0;
        for (int i = 0; i < item.length; i++) {
            bits += known[i] ? 0 : Probabilities.entropy(distributions[i]);
        }
        return bits / (item.length - t);
    }

    /** Sum of the curve: an estimate of the entropy of an item in bits. */
    public double total() {
        double sum = 0;
        for (double value : bits) {
            sum += value;
        }
        return sum;
    }

    /** Standard error of {@link #total()} in bits. */
    public double totalStandardError() {
        double squares = 0;
        for (double error : standardErrors) {
            squares += error * error;
        }
        return Math.sqrt(squares);
    }
}
