package dev.ardm.core.network;

import org.jspecify.annotations.Nullable;

/**
 * The rows whose keys the query of a row sees in attention: those of places, in row-major order, and before them those of copies.
 *
 * @param causal whether it sees its own row and those before it only
 * @param lengths how many rows each item has: the keys of those after them are left out; null if all have all
 * @param copies how many of the first rows of each item are seen by all its rows, even if these are causal; null if none are
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Visibility(boolean causal, int @Nullable [] lengths, int @Nullable [] copies) {
    /** All rows. */
    public static final Visibility ALL = new Visibility(false, null, null);

    /** Its own row and those before it; the others are left out. */
    public static final Visibility CAUSAL = new Visibility(true, null, null);

    /** The same in items of given lengths and copies. Of the rows that an item has, a causal query sees no others anyway. */
    public Visibility within(Rows rows) {
        if (causal) {
            return rows.copies() == null ? this : new Visibility(true, null, rows.copies());
        }
        return rows.lengths() == null ? this : new Visibility(false, rows.lengths(), null);
    }

    /** Whether every query sees all rows. */
    public boolean all() {
        return !causal && lengths == null;
    }

    /** How many rows a query sees, from the first on. */
    public int seen(int item, int row, int rows) {
        if (causal) {
            return Math.max(row + 1, copies == null ? 0 : copies[item]);
        }
        return lengths == null ? rows : lengths[item];
    }
}
