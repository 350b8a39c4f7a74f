package dev.ardm.core.process;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Units of every item that are given and never generated: a network is trained, and an item coded, conditionally on them.
 * Sorted, without repetitions.
 *
 * @param units indices of units
 */
public record Given(List<Integer> units) {
    /** Nothing is given. */
    public static final Given NOTHING = new Given(List.of());

    /** Sorts and checks. */
    public Given {
        units = List.copyOf(new TreeSet<>(units));
        if (!units.isEmpty() && units.get(0) < 0) {
            throw new IllegalArgumentException("there is no unit " + units.get(0));
        }
    }

    /** The first units. */
    public static Given prefix(int count) {
        return new Given(java.util.stream.IntStream.range(0, count).boxed().toList());
    }

    /** Number of given units. */
    public int count() {
        return units.size();
    }

    /**
     * Checks them against the number of units.
     *
     * @throws IllegalArgumentException if one does not exist, or all are given
     */
    void check(int all) {
        if (!units.isEmpty() && units.get(units.size() - 1) >= all) {
            throw new IllegalArgumentException("there is no unit " + units.get(units.size() - 1) + " among " + all);
        }
        if (units.size() >= all) {
            throw new IllegalArgumentException("all " + all + " units are given, nothing is left to generate");
        }
    }

    /** Flags of all units, true = given. */
    public boolean[] flags(int all) {
        boolean[] flags = new boolean[all];
        units.forEach(unit -> flags[unit] = true);
        return flags;
    }

    /** The units that are not given, in increasing order. */
    int[] others(int all) {
        boolean[] flags = flags(all);
        int[] others = new int[all - units.size()];
        int next = 0;
        for (int unit = 0; unit < all; unit++) {
            if (!flags[unit]) {
                others[next++] = unit;
            }
        }
        return Arrays.copyOf(others, next);
    }
}
