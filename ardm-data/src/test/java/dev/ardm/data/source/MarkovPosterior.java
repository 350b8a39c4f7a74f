package dev.ardm.data.source;

import java.util.Arrays;

/**
 * Distributions of the unknown values of a Markov chain given the known ones, by the forward-backward recursion (Rabiner 1989,
 * section III; here the observations are the known values themselves). The states are the contexts: the last values as one
 * number. Time and memory grow as length x contexts x categories and length x contexts.
 */
final class MarkovPosterior {
    private final double[][] distributions;
    private final int categories;

    /** @param distributions of the next value, {@code [context][category]} */
    MarkovPosterior(double[][] distributions) {
        this.distributions = distributions;
        this.categories = distributions[0].length;
    }

    /** As {@link KnownSource#conditionals}, for checked arguments; the chain starts in context 0. */
    double[][] of(int[] values, boolean[] known) {
        int length = values.length;
        double[][] after = backward(values, known);
        double[][] out = new double[length][];
        double[] now = new double[distributions.length];
        now[0] = 1;
        for (int t = 0; t < length; t++) {
            double[] posterior = new double[categories];
            double[] then = new double[distributions.length];
            for (int context = 0; context < distributions.length; context++) {
                if (now[context] == 0) {
                    continue;
                }
                for (int k = from(values, known, t); k < to(values, known, t); k++) {
                    double p = now[context] * distributions[context][k];
                    int next = next(context, k);
                    then[next] += p;
                    posterior[k] += p * after[t + 1][next];
                }
            }
            Probabilities.normalise(posterior);
            Probabilities.normalise(then);
            out[t] = posterior;
            now = then;
        }
        return out;
    }

    /** Up to a factor for each t, the probability of the known values from t on, given the context there: {@code [t][context]}. */
    private double[][] backward(int[] values, boolean[] known) {
        double[][] after = new double[values.length + 1][distributions.length];
        Arrays.fill(after[values.length], 1);
        for (int t = values.length - 1; t >= 0; t--) {
            for (int context = 0; context < distributions.length; context++) {
                double sum = 0;
                for (int k = from(values, known, t); k < to(values, known, t); k++) {
                    sum += distributions[context][k] * after[t + 1][next(context, k)];
                }
                after[t][context] = sum;
            }
            Probabilities.normalise(after[t]);
        }
        return after;
    }

    private int next(int context, int value) {
        return (int) (((long) context * categories + value) % distributions.length);
    }

    private static int from(int[] values, boolean[] known, int t) {
        return known[t] ? values[t] : 0;
    }

    private int to(int[] values, boolean[] known, int t) {
        return known[t] ? values[t] + 1 : categories;
    }
}
