package dev.ardm.core.counts;

import java.util.Optional;

/**
 * How a model of counts is stored.
 *
 * @param form empty for what makes the model and as many items again smallest, if it is ready at once: a primer of few symbols,
 *     or entries
 * @param bytes the most that the counts take in the file; 0 for as many as pay for themselves
 */
public record CountsOptions(Optional<CountsForm> form, int bytes) {
    /** The fewest bytes that may be asked for. */
    public static final int LEAST_BYTES = 1 << 14;

    /** The best form, of any size. */
    public static final CountsOptions BEST = new CountsOptions(Optional.empty(), 0);

    /** @throws IllegalArgumentException if the bytes are fewer than may be asked for */
    public CountsOptions {
        if (bytes != 0 && bytes < LEAST_BYTES) {
            throw new IllegalArgumentException(
                    bytes + " bytes for a model of counts, which takes at least " + LEAST_BYTES);
        }
    }
}
