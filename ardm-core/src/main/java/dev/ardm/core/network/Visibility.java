package dev.ardm.core.network;

import org.jspecify.annotations.Nullable;

/**
 * The places whose keys the query of a place sees in attention.
 *
 * @param causal whether it sees its own place and those before it only, in row-major order
 * @param lengths how many places each item has: the keys of those after them are left out; null if all have all
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Visibility(boolean causal, int @Nullable [] lengths) {
    /** All places. */
    public static final Visibility ALL = new Visibility(false, null);

    /** Its own place and those before it, in row-major order; the others are left out. */
    public static final Visibility CAUSAL = new Visibility(true, null);

    /** The same in items of given lengths. Of the places that an item has, a causal query sees no others anyway. */
    public Visibility within(int @Nullable [] itemLengths) {
        return causal || itemLengths == null ? this : new Visibility(false, itemLengths);
    }

    /** Whether every query sees all places. */
    public boolean all() {
        return !causal && lengths == null;
    }

    /** How many places a query sees, from the first on. */
    public int seen(int item, int place, int places) {
        if (causal) {
            return place + 1;
        }
        return lengths == null ? places : lengths[item];
    }
}
