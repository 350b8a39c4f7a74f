package dev.ardm.core.model;

/**
 * A likelihood with the estimator it comes from.
 *
 * @param estimator name of the estimator, for people
 * @param bitsPerDimension mean over the items
 * @param standardError of the mean over the items
 * @param items number of items
 * @param callsPerItem network calls spent on each item
 */
public record Estimate(String estimator, double bitsPerDimension, double standardError, int items, int callsPerItem) {
    /** From the bits per dimension of each item. */
    static Estimate of(String estimator, double[] each, int callsPerItem) {
        double mean = 0;
        for (double bits : each) {
            mean += bits / each.length;
        }
        double squares = 0;
        for (double bits : each) {
            squares += (bits - mean) * (bits - mean);
        }
        double error = each.length < 2 ? Double.NaN : StrictMath.sqrt(squares / (each.length - 1.0) / each.length);
        return new Estimate(estimator, mean, error, each.length, callsPerItem);
    }
}
