package dev.ardm.core.decision;

import dev.ardm.coding.error.DamagedException;
import java.util.Arrays;

/** Codes decisions by how often they went either way before, for each of several classes of decisions. */
public final class AdaptiveBits {
    private static final int BITS = 22; // Of probabilities.
    private static final int MOST_SEEN = 250;
    private static final int LENGTHS = 32;

    /** Number of classes that a kind of numbers takes. */
    public static final int NUMBER = 2 * LENGTHS;

    private final int[] probabilities;
    private final short[] seen;

    /** @param classes number of classes */
    public AdaptiveBits(int classes) {
        probabilities = new int[classes];
        seen = new short[classes];
        Arrays.fill(probabilities, 1 << BITS - 1);
    }

    /**
     * Codes whether something happens.
     *
     * @param happens ignored when reading
     */
    public boolean decide(SymbolCoder coder, int of, boolean happens) {
        return decide(coder, of, 1, happens);
    }

    /**
     * Codes whether something happens.
     *
     * @param least probability that either case is given, in 1/65,536
     * @param happens ignored when reading
     */
    public boolean decide(SymbolCoder coder, int of, int least, boolean happens) {
        int probability = probabilities[of];
        int slots = Math.max(least, Math.min(Logistic.ONE - least, probability >>> BITS - Logistic.BITS));
        boolean decided = coder.decide(slots, happens);
        int count = seen[of];
        // The first half counts as much as half an observation.
        probabilities[of] = probability + 2 * ((decided ? (1 << BITS) - 1 : 0) - probability) / (2 * count + 3);
        if (count < MOST_SEEN) {
            seen[of] = (short) (count + 1);
        }
        return decided;
    }

    /**
     * Codes a number: how many bits it has one by one, then these bits.
     *
     * @param classes the first of its {@link #NUMBER} classes
     * @param number at least 0; ignored when reading
     * @throws DamagedException if it has more than 31 bits
     */
    public int number(SymbolCoder coder, int classes, int number) throws DamagedException {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(number);
        int length = 0;
        while (decide(coder, classes + length, length < bits)) {
            if (++length == LENGTHS) {
                throw DamagedException.inStream(0, "a number of the model is too large");
            }
        }
        int read = length == 0 ? 0 : 1;
        for (int k = length - 2; k >= 0; k--) {
            boolean one = (number >>> k & 1) == 1;
            // The first bit after the leading one has a class; the others are even.
            one = k == length - 2
                    ? decide(coder, classes + LENGTHS + length, one)
                    : coder.decide(Logistic.ONE / 2, one);
            read = read << 1 | (one ? 1 : 0);
        }
        return read;
    }
}
