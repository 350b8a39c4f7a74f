package dev.ardm.coding;

/**
 * Slots in bit-reversed order, in which every interval of slots is spread evenly over the places.
 *
 * <p>Place y holds the slot whose bits are those of y reversed. Counted in the order of places, the slots of an interval then
 * come up in near proportion to its length from the first few places on, while in plain order they come all at once.
 */
final class SpreadSlots {
    private SpreadSlots() {}

    /** The slot at a place. */
    static int slotAt(int place, int precision) {
        return precision == 0 ? 0 : Integer.reverse(place) >>> (Integer.SIZE - precision);
    }

    /** The place of the interval's slot number {@code rank}, counted from 0 in the order of places. */
    static int place(int start, int frequency, int precision, long rank) {
        long end = (long) start + frequency;
        long rest = rank;
        int place = 0;
        int low = 0; // The low bits of the slot, which the high bits of the place have settled.
        for (int k = precision - 1; k >= 0; k--) {
            int settled = precision - k;
            long before = countBelow(end, low, settled) - countBelow(start, low, settled);
            if (rest >= before) {
                rest -= before;
                place |= 1 << k;
                low |= 1 << settled - 1;
            }
        }
        return place;
    }

    /** How many of the interval's slots are at places before the given one. */
    static int rank(int start, int frequency, int precision, int place) {
        long end = (long) start + frequency;
        long rank = 0;
        int low = 0;
        for (int k = precision - 1; k >= 0; k--) {
            if ((place >>> k & 1) != 0) {
                int settled = precision - k;
                rank += countBelow(end, low, settled) - countBelow(start, low, settled);
                low |= 1 << settled - 1;
            }
        }
        return (int) rank;
    }

    /** How many slots below a bound have the given low bits. */
    private static long countBelow(long bound, int low, int settled) {
        return bound - low + (1L << settled) - 1 >> settled;
    }
}
