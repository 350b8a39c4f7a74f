package dev.ardm.coding;

import org.jspecify.annotations.Nullable;

/**
 * A distribution given by its cumulative function, which is searched instead of tabulated: for Gaussians and other distributions
 * on fine grids. It holds no table, and each symbol takes {@code ceil(log2 n)} evaluations of the function to code or to decode.
 *
 * <p>The distribution is <em>leaky</em>: of the 2<sup>precision</sup> slots each of the n symbols has one for certain, and the others
 * are shared out by the cumulative function, so symbol k starts at {@code k + floor(cdf(k) (2^precision - n))}. So a grid costs at
 * most {@code log2(1 / (1 - n / 2^precision))} bits a symbol more than its probabilities; 2<sup>24</sup> bins at 30 bits of precision
 * cost 0.023 bits.
 *
 * <p>Where a symbol starts is found by bisection from {@code [0, n]}, and each start is kept at least as far from the two ends of its
 * interval as there are symbols between. For a monotone function that changes nothing. A function that is not monotone, because it
 * was rounded or is wrong, still gives a distribution that decodes what it encoded, though perhaps not the intended one. Immutable
 * and safe for several threads if the function is.
 *
 * <p>The pattern is the leaky quantizer of R. Bamler, "Understanding entropy coding with asymmetric numeral systems (ANS): a
 * statistician's perspective", arXiv 2201.01741 (2022), and its library constriction.
 */
public final class CdfDistribution implements Distribution {
    /** What {@link Cumulative#below} returns for a probability of 1. */
    public static final long ONE = 1L << 32;

    /** A cumulative distribution function over symbols. It must give the same integers on every machine. */
    @FunctionalInterface
    public interface Cumulative {
        /**
         * The probability of all symbols below one, in units of 1 / {@link #ONE}; values outside [0, ONE] count as the nearer end.
         *
         * @param symbol in [1, n - 1]
         */
        long below(int symbol);
    }

    private final int symbols;
    private final int precision;
    private final Cumulative cdf;

    /** Found last: coding asks for start and frequency of the same symbol. */
    private @Nullable Interval last;

    /** The slots of a symbol. */
    private record Interval(int symbol, int start, int end) {}

    /**
     * A distribution over n symbols.
     *
     * @param symbols n, in [1, 2<sup>precision</sup>]
     * @param precision in bits, 1 to {@link Distribution#MAX_PRECISION}; a few more than n needs
     * @throws IllegalArgumentException if the symbols are more than there are slots, or the precision is out of range
     */
    public CdfDistribution(int symbols, int precision, Cumulative cdf) {
        if (precision < 1 || precision > MAX_PRECISION) {
            throw new IllegalArgumentException("precision " + precision + " is outside [1, " + MAX_PRECISION + "]");
        }
        if (symbols < 1 || symbols > 1 << precision) {
            throw new IllegalArgumentException(
                    "a grid of " + symbols + " symbols does not fit a precision of " + precision
                            + " bits; at " + MAX_PRECISION + " bits, the most that can be coded, it may have up to 2^"
                            + MAX_PRECISION);
        }
        this.symbols = symbols;
        this.precision = precision;
        this.cdf = cdf;
    }

    @Override
    public int symbols() {
        return symbols;
    }

    @Override
    public int precision() {
        return precision;
    }

    @Override
    public int start(int symbol) {
        return of(symbol).start;
    }

    @Override
    public int frequency(int symbol) {
        Interval interval = of(symbol);
        return interval.end - interval.start;
    }

    private Interval of(int symbol) {
        if (symbol < 0 || symbol >= symbols) {
            throw new IllegalArgumentException("symbol " + symbol + " is outside [0, " + symbols + ")");
        }
        Interval interval = last;
        return interval != null && interval.symbol == symbol ? interval : search(symbol, -1);
    }

    @Override
    public int symbolAt(int slot) {
        if (slot < 0 || slot >= 1 << precision) {
            throw new IllegalArgumentException("slot " + slot + " is outside [0, 2^" + precision + ")");
        }
        return search(-1, slot).symbol;
    }

    /** Bisects to a symbol, or to the one that owns a slot; the other argument is -1. */
    private Interval search(int symbol, int slot) {
        int low = 0;
        int high = symbols;
        int start = 0;
        int end = 1 << precision;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            int boundary = Math.max(start + (middle - low), Math.min(end - (high - middle), ideal(middle)));
            if (symbol >= middle || slot >= boundary) {
                low = middle;
                start = boundary;
            } else {
                high = middle;
                end = boundary;
            }
        }
        Interval found = new Interval(low, start, end);
        last = found;
        return found;
    }

    /** Where a symbol starts if the function is monotone. */
    private int ideal(int symbol) {
        long share = Math.max(0, Math.min(ONE, cdf.below(symbol)));
        return symbol + (int) (share * ((1L << precision) - symbols) >>> 32);
    }
}
