package dev.ardm.core.masking.plan;

import dev.ardm.core.Space;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The order in which the places of an image can be generated when each depends on those before it in raster order, and in a row
 * {@code dy} above on no place {@code slope * dy} or more to its right: place (x, y) at step {@code x + slope * y}, all places of a step
 * together, from the upper row to the lower.
 *
 * @param width places of a row
 * @param slope at least 1
 */
record Wavefront(int width, int slope) {
    /** @param units a space with a position for each place */
    static Wavefront of(Space units, int slope) {
        if (units.rank() != 3 || units.extent(2) != 1) {
            throw new IllegalArgumentException(
                    "wavefronts are for images whose channels become known together, not for " + units);
        }
        return new Wavefront(units.extent(1), slope);
    }

    private int step(int unit) {
        return unit % width + unit / width * slope;
    }

    /** The order of so many units. */
    Order order(int units) {
        return Order.of(IntStream.range(0, units)
                .boxed()
                .sorted(Comparator.comparingInt(this::step))
                .mapToInt(Integer::intValue)
                .toArray());
    }

    /**
     * A call for each step.
     *
     * @param order of all units, those known first
     * @param known number of units that are known, not all
     */
    Schedule schedule(Order order, int known) {
        int[] starts = new int[order.size() - known];
        int calls = 0;
        for (int i = known; i < order.size(); i++) {
            if (i == known || step(order.position(i)) != step(order.position(i - 1))) {
                starts[calls++] = i - known;
            }
        }
        return Schedule.of(Arrays.copyOf(starts, calls), order.size() - known);
    }
}
