package dev.ardm.data;

import dev.ardm.core.RandomStream;
import dev.ardm.core.Space;

/** A source of items whose law is known exactly, to hold models against. Immutable. */
public interface KnownSource {
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

    /** A set of {@code count} items, item {@code i} drawn from the stream of the seed and {@code i}. */
    default ItemSet items(int count, long seed) {
        PackedItemSet.Builder items = PackedItemSet.builder(space().dimensions());
        for (int i = 0; i < count; i++) {
            items.add(draw(RandomStream.of(seed, RandomStream.Purpose.SYNTHETIC, i)), null);
        }
        return items.build(space());
    }
}
