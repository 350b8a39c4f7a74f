package dev.ardm.data.source;

import dev.ardm.core.Space;

/** Sources of exactly known entropy. */
public final class Sources {
    private Sources() {}

    /**
     * Independent values, all of one distribution.
     *
     * @param length number of values; the space has the shape {@code [length]} and nominal categories
     * @param probabilities of each category, not negative, with sum 1
     */
    public static KnownSource categorical(int length, double[] probabilities) {
        double[][] rows = new double[length][];
        java.util.Arrays.fill(rows, probabilities);
        return independent(Space.of(new int[] {length}, probabilities.length, Space.Scale.NOMINAL), rows);
    }

    /** Independent values, each of its own distribution: {@code probabilities[position][category]}. */
    public static KnownSource independent(Space space, double[][] probabilities) {
        return new IndependentSource(space, probabilities);
    }

    /**
     * A Markov chain whose next value depends on the last {@code order} values; before the first value stand zeros. The
     * transition distribution is drawn from the seed, and uneven enough that knowing the past helps.
     *
     * @param length number of values; the space has the shape {@code [length]} and nominal categories
     * @param order at least 0, with {@code categories^order <= 65536}
     */
    public static KnownSource markov(int length, int order, int categories, long seed) {
        return new MarkovSource(length, order, categories, seed);
    }

    /**
     * The 4x4 Ising model with free edges: {@code p(x) ~ exp(coupling * sum over neighbours s_i s_j + field * sum s_i)}
     * with {@code s = +-1} for values 1 and 0. The space is a 4x4 image of 2 categories; the entropy is by enumeration of
     * all 65536 states.
     */
    public static KnownSource ising4x4(double coupling, double field) {
        return EnumeratedSource.ising4x4(coupling, field);
    }

    /**
     * A mixture of sources of one space: one of them is chosen, then it draws the item. The entropy is by enumeration.
     *
     * @param weights one for each source, not negative, with sum 1
     * @throws IllegalArgumentException if the spaces differ or have more than 2^20 items
     */
    public static KnownSource mixture(double[] weights, KnownSource... sources) {
        return EnumeratedSource.mixture(weights, sources);
    }
}
