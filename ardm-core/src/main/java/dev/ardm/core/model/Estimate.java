package dev.ardm.core.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A likelihood with the estimator it comes from.
 *
 * @param estimator name of the estimator, for people
 * @param bitsPerDimension mean over the items
 * @param standardError of the mean over the items
 * @param items number of items
 * @param callsPerItem network calls spent on each item
 * @param terms the terms that add up to it, if it was measured term by term
 */
public record Estimate(
        String estimator,
        double bitsPerDimension,
        double standardError,
        int items,
        int callsPerItem,
        List<Term> terms) {
    /**
     * A part of an estimate.
     *
     * @param name for people
     * @param bitsPerDimension mean over the items
     * @param standardError of the mean over the items
     */
    public record Term(String name, double bitsPerDimension, double standardError) {}

    /** Copies the list. */
    public Estimate {
        terms = List.copyOf(terms);
    }

    /** An estimate that was not measured term by term. */
    public Estimate(String estimator, double bitsPerDimension, double standardError, int items, int callsPerItem) {
        this(estimator, bitsPerDimension, standardError, items, callsPerItem, List.of());
    }

    /** This estimate with the terms that add up to it. */
    public Estimate withTerms(List<Term> of) {
        return new Estimate(estimator, bitsPerDimension, standardError, items, callsPerItem, of);
    }

    /**
     * The estimate over all items of several groups, each measured separately by the same estimator. Mean and standard
     * error are exactly those of all items. So are those of its terms, which must be the same in all groups.
     *
     * @throws IllegalArgumentException if the list is empty, or groups differ in estimator or number of calls
     */
    public static Estimate pooled(List<Estimate> groups) {
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("no estimates to pool");
        }
        Estimate first = groups.get(0);
        for (Estimate group : groups) {
            if (!group.estimator.equals(first.estimator)
                    || group.callsPerItem != first.callsPerItem
                    || group.terms.size() != first.terms.size()) {
                throw new IllegalArgumentException(
                        "estimates of different kinds cannot be pooled: " + first + " and " + group);
            }
        }
        List<Term> terms = new ArrayList<>();
        for (int t = 0; t < first.terms.size(); t++) {
            int term = t;
            terms.add(pooled(first.terms.get(t).name, groups, group -> group.terms.get(term)));
        }
        Term whole =
                pooled(first.estimator, groups, group -> new Term("", group.bitsPerDimension, group.standardError));
        int items = groups.stream().mapToInt(Estimate::items).reduce(0, Math::addExact);
        return new Estimate(
                first.estimator, whole.bitsPerDimension, whole.standardError, items, first.callsPerItem, terms);
    }

    private static Term pooled(String name, List<Estimate> groups, Function<Estimate, Term> of) {
        int items = 0;
        double sum = 0;
        for (Estimate group : groups) {
            items = Math.addExact(items, group.items);
            sum = Math.fma(group.items, of.apply(group).bitsPerDimension, sum);
        }
        double mean = sum / items;
        double squares = 0;
        for (Estimate group : groups) {
            Term own = of.apply(group);
            double apart = own.bitsPerDimension - mean;
            squares = Math.fma(group.items * apart, apart, squares);
            if (group.items > 1) {
                double variance = own.standardError * own.standardError * group.items;
                squares = Math.fma(variance, group.items - 1.0, squares);
            }
        }
        double error = items < 2 ? Double.NaN : StrictMath.sqrt(squares / (items - 1.0) / items);
        return new Term(name, mean, error);
    }

    /**
     * The estimate for items of different sizes: all bits divided by all dimensions, with the standard error of that ratio.
     *
     * @param bits of each item
     * @param dimensions of each item
     */
    public static Estimate ofSizes(String estimator, double[] bits, int[] dimensions, int callsPerItem) {
        long all = Arrays.stream(dimensions).asLongStream().sum();
        double ratio = total(bits) / all;
        double squares = 0;
        for (int n = 0; n < bits.length; n++) {
            double residual = bits[n] - ratio * dimensions[n];
            squares = Math.fma(residual, residual, squares);
        }
        double error =
                bits.length < 2 ? Double.NaN : StrictMath.sqrt(squares / (bits.length - 1.0) * bits.length) / all;
        return new Estimate(estimator, ratio, error, bits.length, callsPerItem);
    }

    /** A sum in the order of the array, so that it is the same everywhere. */
    public static double total(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    /** From the bits per dimension of each item. */
    public static Estimate of(String estimator, double[] each, int callsPerItem) {
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
