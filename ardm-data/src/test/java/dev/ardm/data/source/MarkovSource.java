package dev.ardm.data.source;

import dev.ardm.core.RandomStream;
import dev.ardm.core.Space;
import java.util.Arrays;

/** A Markov chain of any order that starts from zeros. */
final class MarkovSource implements KnownSource {
    private static final int MAX_CONTEXTS = 1 << 16;

    private final Space space;
    private final double[][] distributions;
    private final double entropy;

    MarkovSource(int length, int order, int categories, long seed) {
        this.space = Space.of(new int[] {length}, categories, Space.Scale.NOMINAL);
        long contexts = 1;
        for (int i = 0; i < order && contexts <= MAX_CONTEXTS; i++) {
            contexts *= categories;
        }
        if (order < 0 || contexts > MAX_CONTEXTS || contexts * categories > 1 << 24) {
            throw new IllegalArgumentException(
                    "order " + order + " with " + categories + " categories is not in [0, 65536] contexts");
        }
        this.distributions = new double[(int) contexts][];
        for (int context = 0; context < distributions.length; context++) {
            distributions[context] =
                    distribution(categories, RandomStream.of(seed, RandomStream.Purpose.SYNTHETIC, context));
        }
        this.entropy = exactEntropy(length);
    }

    /** Squares of exponential variates, normalised: a few categories get most of the probability. */
    private static double[] distribution(int categories, RandomStream random) {
        double[] distribution = new double[categories];
        double sum = 0;
        for (int k = 0; k < categories; k++) {
            double e = -StrictMath.log(1 - random.nextDouble());
            distribution[k] = e * e + 1e-3;
            sum += distribution[k];
        }
        for (int k = 0; k < categories; k++) {
            distribution[k] /= sum;
        }
        return distribution;
    }

    private int next(int context, int value) {
        return (int) (((long) context * space.categories(0) + value) % distributions.length);
    }

    /** Chain rule: the sum over time of the mean entropy of the next value under the distribution of the context. */
    private double exactEntropy(int length) {
        double[] rowEntropy = new double[distributions.length];
        for (int context = 0; context < distributions.length; context++) {
            rowEntropy[context] = Probabilities.entropy(distributions[context]);
        }
        double[] now = new double[distributions.length];
        now[0] = 1;
        double bits = 0;
        for (int t = 0; t < length; t++) {
            double[] then = new double[distributions.length];
            for (int context = 0; context < distributions.length; context++) {
                if (now[context] > 0) {
                    bits += now[context] * rowEntropy[context];
                    for (int k = 0; k < distributions[context].length; k++) {
                        then[next(context, k)] += now[context] * distributions[context][k];
                    }
                }
            }
            now = then;
        }
        return bits;
    }

    @Override
    public Space space() {
        return space;
    }

    @Override
    public double entropyBits() {
        return entropy;
    }

    @Override
    public int[] draw(RandomStream random) {
        int[] item = new int[space.dimensions()];
        int context = 0;
        for (int t = 0; t < item.length; t++) {
            item[t] = Probabilities.draw(distributions[context], random);
            context = next(context, item[t]);
        }
        return item;
    }

    @Override
    public double logProb(int[] item) {
        space.check(item);
        double bits = 0;
        int context = 0;
        for (int value : item) {
            bits += Probabilities.log2(distributions[context][value]);
            context = next(context, value);
        }
        return bits;
    }

    @Override
    public double[][] conditionals(int[] values, boolean[] known) {
        Probabilities.checkKnown(space, values, known);
        return new MarkovPosterior(distributions).of(values, known);
    }

    /** Of order 0 and 1 in closed form for any length; of a higher order by enumeration, where that is possible. */
    @Override
    public double[] lossCurve() {
        int length = space.dimensions();
        if (distributions.length == 1) {
            double[] curve = new double[length];
            Arrays.fill(curve, entropy / length);
            return curve;
        }
        if (distributions.length == space.categories(0)) {
            return MarkovLossCurve.order1(distributions, length);
        }
        if (!EnumeratedSource.feasible(space) || !SubsetEntropies.feasible(space)) {
            throw new UnsupportedOperationException("no exact loss curve is known for a Markov chain of " + space
                    + " with " + distributions.length + " contexts: it is too long to enumerate; estimate the curve");
        }
        return EnumeratedSource.mixture(new double[] {1}, new KnownSource[] {this})
                .lossCurve();
    }
}
