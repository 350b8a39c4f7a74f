package dev.ardm.data;

import dev.ardm.core.RandomStream;

/** Arithmetic on finite probability laws, the same on every machine. */
final class Law {
    private static final double LOG_2 = StrictMath.log(2);

    private Law() {}

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
    static double entropy(double[] law) {
        double bits = 0;
        for (double p : law) {
            bits -= p > 0 ? p * log2(p) : 0;
        }
        return bits;
    }

    /** An index with the probability it has in the law. */
    static int draw(double[] law, RandomStream random) {
        double u = random.nextDouble();
        int last = 0;
        for (int i = 0; i < law.length; i++) {
            if (law[i] > 0) {
                last = i;
                u -= law[i];
                if (u < 0) {
                    return i;
                }
            }
        }
        return last;
    }
}
