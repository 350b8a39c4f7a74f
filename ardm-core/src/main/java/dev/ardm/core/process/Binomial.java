package dev.ardm.core.process;

import java.util.Arrays;

/** Binomial laws, the same bits on every machine. */
final class Binomial {
    private Binomial() {}

    /**
     * Probabilities of 0 .. n successes in n trials.
     *
     * @param p probability of a success, in [0, 1]
     */
    static double[] law(int n, double p) {
        double[] law = new double[n + 1];
        if (p <= 0 || p >= 1) {
            law[p <= 0 ? 0 : n] = 1;
            return law;
        }
        // From the likeliest number outwards by ratios: what underflows is negligible, whatever n is.
        int mode = (int) Math.min(n, Math.floor((n + 1.0) * p));
        double odds = p / (1 - p);
        law[mode] = 1;
        for (int k = mode; k < n; k++) {
            law[k + 1] = law[k] * (n - k) / (k + 1) * odds;
        }
        for (int k = mode; k > 0; k--) {
            law[k - 1] = law[k] * k / (n - k + 1) / odds;
        }
        double sum = 0;
        for (double weight : law) {
            sum += weight;
        }
        double total = sum;
        Arrays.setAll(law, k -> law[k] / total);
        return law;
    }
}
