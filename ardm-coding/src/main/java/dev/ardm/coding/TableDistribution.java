package dev.ardm.coding;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A distribution given by integer weights, kept as a table of the first slot of each symbol. The frequencies follow from the
 * weights by integer arithmetic alone, so they are the same on every machine. Immutable.
 */
public final class TableDistribution implements Distribution {
    /** No weight reaches this. */
    public static final long WEIGHT_LIMIT = 1L << 31;

    /** Where each symbol starts; one entry more than there are symbols, the last being 2^precision. */
    private final int[] starts;

    private final int precision;

    private TableDistribution(int[] starts, int precision) {
        this.starts = starts;
        this.precision = precision;
    }

    /**
     * A distribution in proportion to {@code weights[offset .. offset+n)}, all symbols feasible.
     *
     * @see #fromWeights(long[], int, int, boolean[], int)
     */
    public static TableDistribution fromWeights(long[] weights, int offset, int n, int precision) {
        checkShape(weights.length, offset, n, precision);
        return build(weights, offset, n, null, n, precision);
    }

    /**
     * A distribution in proportion to {@code weights[offset .. offset+n)}.
     *
     * <p>With m feasible symbols whose weights sum to s, symbol k gets {@code 1 + floor(w_k * (2^precision - m) / s)}; what
     * is left over of 2<sup>precision</sup> goes to the first feasible symbol of largest weight. If all weights of
     * feasible symbols are zero, each counts as one.
     *
     * @param weights non-negative integers below 2<sup>31</sup>
     * @param feasible for each of the n symbols (from index 0) whether it may occur; the others get frequency 0, whatever
     *     their weight
     * @param precision in bits, 1 to {@link #MAX_PRECISION}
     * @throws IllegalArgumentException if a weight is out of range, no symbol is feasible, or more than
     *     2<sup>precision</sup> are
     */
    public static TableDistribution fromWeights(long[] weights, int offset, int n, boolean[] feasible, int precision) {
        checkShape(weights.length, offset, n, precision);
        if (feasible.length != n) {
            throw new IllegalArgumentException("feasibility of " + feasible.length + " symbols for " + n + " symbols");
        }
        int count = 0;
        for (boolean f : feasible) {
            count += f ? 1 : 0;
        }
        return build(weights, offset, n, feasible, count, precision);
    }

    /**
     * The distribution of n equally likely symbols: {@code floor(2^precision / n)} each, what is left over to symbol 0.
     *
     * @throws IllegalArgumentException unless 1 &lt;= n &lt;= 2<sup>precision</sup>
     */
    public static TableDistribution uniform(int n, int precision) {
        checkShape(n, 0, n, precision);
        checkCount(n, precision);
        int share = (1 << precision) / n;
        int left = (1 << precision) - share * n;
        int[] starts = new int[n + 1];
        for (int k = 1; k <= n; k++) {
            starts[k] = left + share * k;
        }
        return new TableDistribution(starts, precision);
    }

    private static TableDistribution build(
            long[] weights, int offset, int n, boolean @Nullable [] feasible, int count, int precision) {
        checkCount(count, precision);
        long sum = 0;
        long largest = -1;
        int first = -1;
        for (int k = 0; k < n; k++) {
            long w = weights[offset + k];
            if (w < 0 || w >= WEIGHT_LIMIT) {
                throw new IllegalArgumentException("weight " + w + " of symbol " + k + " is outside [0, 2^31)");
            }
            if (feasible == null || feasible[k]) {
                sum += w;
                if (w > largest) {
                    largest = w;
                    first = k;
                }
            }
        }
        long spread = (1L << precision) - count;
        int[] starts = new int[n + 1];
        int used = 0;
        double share = (double) spread / sum;
        for (int k = 0; k < n; k++) {
            int frequency = 0;
            if (feasible == null || feasible[k]) {
                long w = weights[offset + k];
                frequency = 1 + (int) (sum == 0 ? spread / count : quotient(w, spread, sum, share));
            }
            used += frequency;
            starts[k + 1] = used;
        }
        int left = (1 << precision) - used;
        for (int k = first + 1; k <= n; k++) {
            starts[k] += left;
        }
        return new TableDistribution(starts, precision);
    }

    /**
     * {@code floor(weight * spread / sum)}, without the division of integers that takes most of the time of a decoder: the approximation is
     * off by one at most, because the quotient is at most 2^30, and the exact remainder tells.
     */
    private static long quotient(long weight, long spread, long sum, double share) {
        long approximate = (long) (weight * share);
        long remainder = weight * spread - approximate * sum;
        return approximate + (remainder >> 63) + ((sum - 1 - remainder) >>> 63);
    }

    private static void checkShape(int length, int offset, int n, int precision) {
        if (precision < 1 || precision > MAX_PRECISION) {
            throw new IllegalArgumentException("precision " + precision + " is outside [1, " + MAX_PRECISION + "]");
        }
        if (n < 1 || offset < 0 || offset > length - n) {
            throw new IllegalArgumentException(n + " symbols at offset " + offset + " of " + length + " weights");
        }
    }

    private static void checkCount(int count, int precision) {
        if (count < 1 || count > 1 << precision) {
            throw new IllegalArgumentException(count + " feasible symbols at a precision of " + precision + " bits");
        }
    }

    @Override
    public int symbols() {
        return starts.length - 1;
    }

    @Override
    public int precision() {
        return precision;
    }

    @Override
    public int start(int symbol) {
        return starts[checked(symbol)];
    }

    @Override
    public int frequency(int symbol) {
        return starts[checked(symbol) + 1] - starts[symbol];
    }

    @Override
    public int symbolAt(int slot) {
        if (slot < 0 || slot >= 1 << precision) {
            throw new IllegalArgumentException("slot " + slot + " is outside [0, 2^" + precision + ")");
        }
        // The last symbol that starts at or before the slot; an infeasible one never is the last.
        int low = 0;
        int high = symbols();
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (starts[middle] <= slot) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int checked(int symbol) {
        if (symbol < 0 || symbol >= symbols()) {
            throw new IllegalArgumentException("symbol " + symbol + " is outside [0, " + symbols() + ")");
        }
        return symbol;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TableDistribution that
                && that.precision == precision
                && Arrays.equals(that.starts, starts);
    }

    @Override
    public int hashCode() {
        return 31 * precision + Arrays.hashCode(starts);
    }

    @Override
    public String toString() {
        return "Distribution of " + symbols() + " symbols at " + precision + " bits";
    }
}
