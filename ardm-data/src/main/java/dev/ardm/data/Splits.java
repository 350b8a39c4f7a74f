package dev.ardm.data;

import dev.ardm.core.RandomStream;
import java.util.Arrays;

/** Divides sets. */
public final class Splits {
    private Splits() {}

    /** A set in two disjoint parts. */
    public record Split(ItemSet training, ItemSet validation) {}

    /**
     * Holds out a random part for validation. Which items it is depends on the seed and the size of the set only; both
     * parts keep the order of the set.
     *
     * @param validationSize in {@code [0, set.size())}
     * @throws IllegalArgumentException if nothing would be left for training
     */
    public static Split holdOut(ItemSet set, int validationSize, long seed) {
        int n = set.size();
        if (validationSize < 0 || validationSize >= n) {
            throw new IllegalArgumentException("cannot hold out " + validationSize + " of " + n + " items");
        }
        int[] order = RandomStream.of(seed, RandomStream.Purpose.SPLIT, 0).permutation(n);
        int[] validation = Arrays.copyOf(order, validationSize);
        int[] training = Arrays.copyOfRange(order, validationSize, n);
        Arrays.sort(validation);
        Arrays.sort(training);
        return new Split(set.subset(training), set.subset(validation));
    }
}
