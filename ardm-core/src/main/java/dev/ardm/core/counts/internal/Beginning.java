package dev.ardm.core.counts.internal;

import dev.ardm.core.PartialItem;

/** What a model that goes from the first value to the last is given of an item. */
public final class Beginning {
    private Beginning() {}

    /**
     * How many values are known, from the first on.
     *
     * @throws IllegalArgumentException if a later one is known too
     */
    public static int of(PartialItem partial) {
        boolean[] known = partial.known();
        int beginning = 0;
        while (beginning < known.length && known[beginning]) {
            beginning++;
        }
        for (int i = beginning; i < known.length; i++) {
            if (known[i]) {
                throw new IllegalArgumentException(
                        "this model continues a beginning; value " + i + " is known and one before it is not");
            }
        }
        return beginning;
    }
}
