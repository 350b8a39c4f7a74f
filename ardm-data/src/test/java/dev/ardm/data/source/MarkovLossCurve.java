package dev.ardm.data.source;

/**
 * The exact loss curve of a Markov chain of order 1 of any length, in closed form.
 *
 * <p>Given its predecessor in a set of known positions, a value does not depend on those before it, so that H(S) is a sum over
 * neighbours a &lt; b in S of H(x_b | x_a), the start being a known neighbour of the first. The mean over all sets of t
 * positions therefore needs only, for each gap g = b - a, the probability that two positions so far apart are neighbours in
 * a random set, and the sum of H(x_{a+g} | x_a) over a.
 */
final class MarkovLossCurve {
    private MarkovLossCurve() {}

    /**
     * The curve of a chain.
     *
     * @param distribution transition probabilities {@code [value before][value]}; the value before the first is 0
     * @return L_t in bits per variable, t = 0 .. length-1
     */
    static double[] order1(double[][] distribution, int length) {
        int categories = distribution.length;
        double[][] visits = visits(distribution, length);
        double[] fromStart = new double[length + 1];
        double[] between = new double[length + 1];
        double[][] power = distribution;
        for (int gap = 1; gap <= length; gap++) {
            if (gap > 1) {
                power = product(power, distribution);
            }
            for (int k = 0; k < categories; k++) {
                double entropy = Probabilities.entropy(power[k]);
                fromStart[gap] += k == 0 ? entropy : 0;
                between[gap] += visits[length - gap][k] * entropy;
            }
        }
        double[] means = new double[length + 1];
        for (int t = 1; t <= length; t++) {
            means[t] = meanEntropy(t, length, fromStart, between);
        }
        double[] curve = new double[length];
        for (int t = 0; t < length; t++) {
            curve[t] = means[t + 1] - means[t];
        }
        return curve;
    }

    /** Mean of H(S) over the sets S of t positions. */
    private static double meanEntropy(int t, int length, double[] fromStart, double[] between) {
        double first = (double) t / length;
        double neighbours = length < 2 ? 0 : (double) t * (t - 1) / ((double) length * (length - 1));
        double bits = 0;
        for (int gap = 1; gap <= length; gap++) {
            bits += first * fromStart[gap] + neighbours * between[gap];
            // One more position has to be outside the set.
            int outside = length - t - (gap - 1);
            first *= outside > 0 ? (double) outside / (length - gap) : 0;
            neighbours *= outside > 0 && gap < length - 1 ? (double) outside / (length - 1 - gap) : 0;
        }
        return bits;
    }

    /** For n = 0 .. length-1 the expected number of the first n positions that have each value: {@code [n][value]}. */
    private static double[][] visits(double[][] distribution, int length) {
        double[][] visits = new double[length][distribution.length];
        double[] now = distribution[0];
        for (int n = 1; n < length; n++) {
            for (int k = 0; k < distribution.length; k++) {
                visits[n][k] = visits[n - 1][k] + now[k];
            }
            now = product(new double[][] {now}, distribution)[0];
        }
        return visits;
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] out = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < b.length; k++) {
                for (int j = 0; j < out[i].length; j++) {
                    out[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return out;
    }
}
