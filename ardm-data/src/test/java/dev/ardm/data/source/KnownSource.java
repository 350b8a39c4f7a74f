package dev.ardm.data.source;

import dev.ardm.core.RandomStream;
import dev.ardm.core.Space;
import dev.ardm.core.masking.process.ConditionalDistributions;
import dev.ardm.data.ItemSet;
import dev.ardm.data.PackedItemSet;

/**
 * A source of items whose distribution is known exactly, to hold models against. Immutable. As {@link ConditionalDistributions} it is the
 * Bayes-optimal network of its items.
 */
public interface KnownSource extends ConditionalDistributions {
    /** The space of its items. */
    Space space();

    /** Exact entropy of an item, in bits: no model can need fewer on average. */
    double entropyBits();

    /** Draws an item. */
    int[] draw(RandomStream random);

    /**
     * Exact log-probability of an item in bits (base 2): at most 0, negative infinity if it cannot occur. The mean over
     * drawn items is {@code -entropyBits()}.
     *
     * @throws IllegalArgumentException if the item is not of the space
     */
    double logProb(int[] item);

    /**
     * The exact distribution of one variable given the known ones: one row of {@link #conditionals}, at the same cost.
     *
     * @param values an item; its unknown values are not looked at
     * @param known which variables are known
     * @return {@code [category]}, sum 1; certain of the value if the variable is known
     * @throws IllegalArgumentException if arguments do not fit the space or the known values cannot occur together
     */
    default double[] conditional(int[] values, boolean[] known, int position) {
        if (position < 0 || position >= space().dimensions()) {
            throw new IllegalArgumentException("no position " + position + " in items of " + space());
        }
        return conditionals(values, known)[position];
    }

    /**
     * The exact order-agnostic loss curve L_t of Hoogeboom et al. 2022, section 3 (equation 3, in bits and positive): for
     * t = 0 .. D-1 known variables the mean, over all sets of t known ones and all variables not in the set, of the conditional
     * entropy of the variable given the set. No model's curve is below it on average; it never rises (Han 1978), and its sum
     * is {@link #entropyBits()}.
     *
     * @return D values in bits per variable
     * @throws UnsupportedOperationException if no exact way is known at this size; {@link #estimateLossCurve} always works
     */
    double[] lossCurve();

    /**
     * A Monte-Carlo estimate of {@link #lossCurve()}: for each t the mean over independent pairs of an item and a set of t
     * known variables; for each pair the exact conditional entropies of all other variables.
     *
     * @param samples pairs for each t, at least 2
     * @param seed the same estimate for the same seed
     */
    default LossCurveEstimate estimateLossCurve(int samples, long seed) {
        return LossCurveEstimate.of(this, samples, seed);
    }

    /** A set of {@code count} items, item {@code i} drawn from the stream of the seed and {@code i}. */
    default ItemSet items(int count, long seed) {
        PackedItemSet.Builder items = PackedItemSet.builder(space().dimensions());
        for (int i = 0; i < count; i++) {
            items.add(draw(RandomStream.of(seed, RandomStream.Purpose.SYNTHETIC, i)), null);
        }
        return items.build(space());
    }
}
