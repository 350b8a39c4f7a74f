package dev.ardm.exact;

import org.jspecify.annotations.Nullable;

/**
 * Which keys the queries of {@link Kernels#attention} see: the first that many of them. The others are left out, which is not the same as a weight
 * of 0: they cannot change so much as the sign of a zero.
 *
 * @param counts query i sees the first {@code counts[offset + i]} keys, at least 1; null if every query sees all
 * @param offset where the counts begin
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record VisibleKeys(int @Nullable [] counts, int offset) {
    /** Every query sees every key. */
    public static final VisibleKeys ALL = new VisibleKeys(null, 0);

    /** Query i sees the first {@code counts[offset + i]} keys. */
    public static VisibleKeys first(int[] counts, int offset) {
        return new VisibleKeys(counts, offset);
    }

    /** The same for queries of which the first is number {@code query} here. */
    public VisibleKeys from(int query) {
        return counts == null ? this : new VisibleKeys(counts, offset + query);
    }

    /** How many keys a query sees. */
    public int of(int query, int tokens) {
        return counts == null ? tokens : counts[offset + query];
    }

    /** The fewest that one of the queries {@code first} to {@code end} sees. */
    public int fewest(int first, int end, int tokens) {
        int fewest = tokens;
        for (int query = first; query < end; query++) {
            fewest = Math.min(fewest, of(query, tokens));
        }
        return fewest;
    }

    /** The most that one of them sees. */
    public int most(int first, int end, int tokens) {
        int most = 0;
        for (int query = first; query < end; query++) {
            most = Math.max(most, of(query, tokens));
        }
        return most;
    }

    /**
     * Checks the counts.
     *
     * @throws IllegalArgumentException if a query sees none or more than there are
     * @throws IndexOutOfBoundsException if there are fewer counts than queries
     */
    public void check(int queries, int tokens) {
        if (counts == null) {
            return;
        }
        if (offset < 0 || offset + (long) queries > counts.length) {
            throw new IndexOutOfBoundsException("counts of visible keys: needs " + queries + " from " + offset
                    + ", the array has " + counts.length);
        }
        for (int query = 0; query < queries; query++) {
            int count = counts[offset + query];
            if (count < 1 || count > tokens) {
                throw new IllegalArgumentException(
                        "query " + query + " sees " + count + " keys, not 1 to " + tokens + " of them");
            }
        }
    }
}
