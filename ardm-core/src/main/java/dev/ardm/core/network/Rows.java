package dev.ardm.core.network;

import org.jspecify.annotations.Nullable;

/**
 * Where the rows of a batch of sequences stand in their items.
 *
 * @param lengths how many rows each item has: the others are absent, and change nothing; null if all have all
 * @param places for each row of the batch its place in its item; null if the rows of each item are its places from the first on
 * @param copies how many rows of each item are copies of values that are known, before the rows of its places: all rows see them; null if
 *     none are
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Rows(int @Nullable [] lengths, int @Nullable [] places, int @Nullable [] copies) {
    /** All rows of all items are their places from the first on. */
    public static final Rows ALL = new Rows(null, null, null);

    /** The same in items of given lengths. */
    public Rows within(int @Nullable [] itemLengths) {
        return new Rows(itemLengths, places, copies);
    }
}
