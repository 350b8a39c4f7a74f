package dev.ardm.core.masking.plan;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * An order of generation: the positions of an item in the order in which they become known. The inverse, the step at
 * which each position becomes known, is its rank array.
 */
public final class Order {
    private final int[] positions;

    private Order(int[] positions) {
        this.positions = positions;
    }

    /**
     * The order that visits the given positions one after another.
     *
     * @throws IllegalArgumentException if they are not a permutation
     */
    public static Order of(int[] positions) {
        boolean[] seen = new boolean[positions.length];
        for (int p : positions) {
            if (p < 0 || p >= positions.length || seen[p]) {
                throw new IllegalArgumentException("not a permutation: position " + p);
            }
            seen[p] = true;
        }
        return new Order(positions.clone());
    }

    /** From the first position to the last. */
    public static Order natural(int dimensions) {
        int[] positions = new int[dimensions];
        for (int i = 0; i < dimensions; i++) {
            positions[i] = i;
        }
        return new Order(positions);
    }

    /** A uniformly random order. */
    public static Order random(int dimensions, RandomStream random) {
        return new Order(random.permutation(dimensions));
    }

    /** The uniformly random order that belongs to a seed; part of the archive format. */
    public static Order random(int dimensions, long seed) {
        return random(dimensions, RandomStream.of(seed, Purpose.ORDER, 0));
    }

    /**
     * An order that keeps what is generated together far apart, so that generating it in parallel costs little: the
     * ordered-dither order of Bayer 1973 (a coarse lattice first, then finer ones; the last half is every second square of
     * a chessboard). Images only; each further channel follows a shifted lattice. Integers only; part of the archive
     * format. For other spaces, the bit-reversal order of the positions.
     */
    public static Order spread(Space space) {
        int dimensions = space.dimensions();
        long[] keys = new long[dimensions];
        if (space.rank() == 3) {
            int width = space.extent(1);
            int channels = space.extent(2);
            for (int i = 0; i < dimensions; i++) {
                int channel = i % channels;
                int x = i / channels % width + (channel & 1);
                int y = i / channels / width + (channel >> 1);
                keys[i] = Long.reverse(interleave(x ^ y, y)) >>> 1;
            }
        } else {
            for (int i = 0; i < dimensions; i++) {
                keys[i] = Long.reverse(i) >>> 1;
            }
        }
        List<Integer> positions = new ArrayList<>(dimensions);
        for (int i = 0; i < dimensions; i++) {
            positions.add(i);
        }
        positions.sort(Comparator.<Integer>comparingLong(i -> keys[i]).thenComparing(Comparator.naturalOrder()));
        return new Order(positions.stream().mapToInt(Integer::intValue).toArray());
    }

    /** The bits of a at even places, those of b at odd ones. */
    private static long interleave(int a, int b) {
        long out = 0;
        for (int bit = 0; bit < 31; bit++) {
            out |= (long) (a >>> bit & 1) << 2 * bit | (long) (b >>> bit & 1) << (2 * bit + 1);
        }
        return out;
    }

    /** Number of positions. */
    public int size() {
        return positions.length;
    }

    /** The position that becomes known at a step. */
    public int position(int step) {
        return positions[step];
    }

    /** The positions in the order in which they become known. */
    public int[] positions() {
        return positions.clone();
    }

    /** For each position the step at which it becomes known. */
    public int[] ranks() {
        int[] ranks = new int[positions.length];
        for (int step = 0; step < positions.length; step++) {
            ranks[positions[step]] = step;
        }
        return ranks;
    }

    /** The first positions of an item, at least one, in this order. */
    public Order ofFirst(int count) {
        return count == positions.length
                ? this
                : new Order(Arrays.stream(positions).filter(p -> p < count).toArray());
    }

    /** This order with all positions that are known already first, both parts in this order. */
    public Order knownFirst(boolean[] known) {
        int[] out = new int[positions.length];
        int next = 0;
        for (boolean wanted : new boolean[] {true, false}) {
            for (int p : positions) {
                if (known[p] == wanted) {
                    out[next++] = p;
                }
            }
        }
        return new Order(out);
    }
}
