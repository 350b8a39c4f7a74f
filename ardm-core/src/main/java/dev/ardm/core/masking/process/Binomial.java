package dev.ardm.core.masking.process;

import java.util.Arrays;

/** Binomial distributions, the same bits on every machine. */
final class Binomial {
    private Binomial() {}

    /**
     * Probabilities of 0 .. n successes in n trials.
     *
     * @param p probability of a success, in [0, 1]
     */
    static double[] distribution(int n, double p) {
        double[] distribution = new double[n + 1];
        if (p <= 0 || p >= 1) {
            distribution[p <= 0 ? 0 : n] = 1;
            return distribution;
        }
        // From the likeliest number outwards by ratios: underflow is negligible for any n.
        int mode = (int) Math.min(n, Math.floor((n + 1.0) * p));
        double odds = p / (1 - p);
        distribution[mode] = 1;
        for (int k = mode; k < n; k++) {
            distribution[k + 1] = distribution[k] * (n - k) / (k + 1) * odds;
        }
        for (int k = mode; k > 0; k--) {
            distribution[k - 1] = distribution[k] * k / (n - k + 1) / odds;
        }
        double sum = 0;
        for (double weight : distribution) {
            sum += weight;
        }
        double total = sum;
        Arrays.setAll(distribution, k -> distribution[k] / total);
        return distribution;
    }
}
