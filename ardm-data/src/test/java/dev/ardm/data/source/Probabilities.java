package dev.ardm.data.source;

import dev.ardm.core.RandomStream;
import dev.ardm.core.Space;

/** Arithmetic on finite probability distributions, the same on every machine. */
final class Probabilities {
    private static final double LOG_2 = StrictMath.log(2);

    private Probabilities() {}

    /** A checked copy. */
    static double[] checked(double[] probabilities) {
        double sum = 0;
        for (double p : probabilities) {
            if (!(p >= 0)) {
                throw new IllegalArgumentException("a probability is " + p);
            }
            sum += p;
        }
        if (Math.abs(sum - 1) > 1e-9) {
            throw new IllegalArgumentException("probabilities have the sum " + sum);
        }
        return probabilities.clone();
    }

    static double log2(double x) {
        return StrictMath.log(x) / LOG_2;
    }

    /** In bits. */
    static double entropy(double[] distribution) {
        double bits = 0;
        for (double p : distribution) {
            bits -= p > 0 ? p * log2(p) : 0;
        }
        return bits;
    }

    /**
     * Divides by the sum, in place.
     *
     * @throws IllegalArgumentException if the sum is 0: what was observed cannot occur
     */
    static void normalise(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        if (!(sum > 0)) {
            throw new IllegalArgumentException("the known values cannot occur together");
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
    }

    /** Checks what is known of an item, as {@link KnownSource#conditionals} does. */
    static void checkKnown(Space space, int[] values, boolean[] known) {
        if (values.length != space.dimensions() || known.length != space.dimensions()) {
            throw new IllegalArgumentException("an item of " + space + " has " + space.dimensions() + " values, got "
                    + values.length + " and " + known.length + " flags");
        }
        for (int i = 0; i < values.length; i++) {
            if (known[i] && (values[i] < 0 || values[i] >= space.categories(i))) {
                throw new IllegalArgumentException("known value " + values[i] + " at position " + i + " is outside [0, "
                        + space.categories(i) + ")");
            }
        }
    }

    /** An index with the probability it has in the distribution. */
    static int draw(double[] distribution, RandomStream random) {
        double u = random.nextDouble();
        int last = 0;
        for (int i = 0; i < distribution.length; i++) {
            if (distribution[i] > 0) {
                last = i;
                u -= distribution[i];
                if (u < 0) {
                    return i;
                }
            }
        }
        return last;
    }
}
