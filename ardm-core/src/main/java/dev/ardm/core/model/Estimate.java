package dev.ardm.core.model;

import java.util.List;

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
    /**
     * The estimate over the items of several groups together, each measured by itself by the same estimator: mean and standard
     * error are those of all items, exactly.
     *
     * @throws IllegalArgumentException if there is no group, or their estimators or numbers of calls differ
     */
    public static Estimate pooled(List<Estimate> groups) {
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("there are no estimates to pool");
        }
        Estimate first = groups.get(0);
        int items = 0;
        double sum = 0;
        for (Estimate group : groups) {
            if (!group.estimator.equals(first.estimator) || group.callsPerItem != first.callsPerItem) {
                throw new IllegalArgumentException(
                        "estimates of different kinds cannot be pooled: " + first + " and " + group);
            }
            items = Math.addExact(items, group.items);
            sum = Math.fma(group.items, group.bitsPerDimension, sum);
        }
        double mean = sum / items;
        double squares = 0;
        for (Estimate group : groups) {
            double apart = group.bitsPerDimension - mean;
            squares = Math.fma(group.items * apart, apart, squares);
            if (group.items > 1) {
                double variance = group.standardError * group.standardError * group.items;
                squares = Math.fma(variance, group.items - 1.0, squares);
            }
        }
        double error = items < 2 ? Double.NaN : StrictMath.sqrt(squares / (items - 1.0) / items);
        return new Estimate(first.estimator, mean, error, items, first.callsPerItem);
    }

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
