package dev.ardm.data.source;

import dev.ardm.core.Space;
import java.util.Arrays;

/**
 * The entropies H(S) of all subsets S of the variables of an enumerated distribution, as means over the subsets of each size.
 *
 * <p>Each subset's table of probabilities comes from that of a set with one variable more, by summing the variable out; every
 * subset is visited once, so that the work is the product over the variables of (categories + 1), times about two: about a
 * second for 16 binary variables, minutes for 20.
 */
final class SubsetEntropies {
    private static final long MAX_WORK = 1L << 32;

    private final double[] sums;
    private final long[] counts;

    private SubsetEntropies(int dimensions) {
        this.sums = new double[dimensions + 1];
        this.counts = new long[dimensions + 1];
    }

    /** Whether the work is bearable. */
    static boolean feasible(Space space) {
        long work = 1;
        for (int p = 0; p < space.dimensions() && work <= MAX_WORK; p++) {
            work *= space.categories(p) + 1;
        }
        return work <= MAX_WORK;
    }

    /**
     * The exact loss curve: drawing a set of t and one more variable is drawing a set of t + 1, so that L_t is the mean
     * entropy of t + 1 variables less that of t.
     *
     * @param distribution probability of each item, the last position changing fastest
     * @return L_t in bits per variable, t = 0 .. D-1
     */
    static double[] lossCurve(Space space, double[] distribution) {
        if (!feasible(space)) {
            throw new UnsupportedOperationException(
                    "the subsets of the variables of " + space + " are too many to enumerate; estimate the curve");
        }
        int[] categories = new int[space.dimensions()];
        Arrays.setAll(categories, space::categories);
        SubsetEntropies entropies = new SubsetEntropies(categories.length);
        entropies.visit(distribution, categories, 0);
        double[] curve = new double[categories.length];
        for (int t = 0; t < curve.length; t++) {
            curve[t] = entropies.mean(t + 1) - entropies.mean(t);
        }
        return curve;
    }

    private double mean(int size) {
        return sums[size] / counts[size];
    }

    /**
     * @param table probabilities of the values of the variables that are left
     * @param categories of these variables
     * @param first index of the first variable that may still be summed out: those before it stay, so that no subset is met
     *     twice
     */
    private void visit(double[] table, int[] categories, int first) {
        int size = categories.length;
        sums[size] += Probabilities.entropy(table);
        counts[size]++;
        int outer = 1;
        for (int i = 0; i < size; i++) {
            if (i >= first) {
                int[] rest = new int[size - 1];
                System.arraycopy(categories, 0, rest, 0, i);
                System.arraycopy(categories, i + 1, rest, i, size - 1 - i);
                visit(summedOut(table, outer, categories[i]), rest, i);
            }
            outer *= categories[i];
        }
    }

    /** A table {@code [outer][middle][inner]} without its middle axis. */
    private static double[] summedOut(double[] table, int outer, int middle) {
        int inner = table.length / outer / middle;
        double[] out = new double[outer * inner];
        for (int o = 0; o < outer; o++) {
            for (int m = 0; m < middle; m++) {
                int from = (o * middle + m) * inner;
                for (int i = 0; i < inner; i++) {
                    out[o * inner + i] += table[from + i];
                }
            }
        }
        return out;
    }
}
