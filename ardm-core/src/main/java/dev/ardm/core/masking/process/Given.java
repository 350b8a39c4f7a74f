package dev.ardm.core.masking.process;

import dev.ardm.core.Space;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The condition of every item, which is never generated: networks are trained, and items coded, conditional on it.
 *
 * @param units indices of units, sorted, without repetitions
 * @param classes number of classes an item may be labelled with, from outside its values; 0 if items have no label. A label
 *     may be missing: networks with classes accept unlabelled items too
 */
public record Given(List<Integer> units, int classes) {
    /** Nothing is given. */
    public static final Given NOTHING = new Given(List.of());

    /** Sorts and checks. */
    public Given {
        units = List.copyOf(new TreeSet<>(units));
        if (!units.isEmpty() && units.get(0) < 0) {
            throw new IllegalArgumentException("no unit " + units.get(0));
        }
        if (classes < 0 || classes > Space.MAX_CATEGORIES) {
            throw new IllegalArgumentException(
                    "the number of classes must be between 0 and " + Space.MAX_CATEGORIES + ", got " + classes);
        }
    }

    /** Units, and no label. */
    public Given(List<Integer> units) {
        this(units, 0);
    }

    /** The same units, and a label of that many classes. */
    public Given withClasses(int count) {
        return new Given(units, count);
    }

    static Given read(JsonNode json) {
        return new Given(
                json.path("given").valueStream().map(v -> v.asInt(-1)).toList(),
                json.path("classes").asInt(json.has("classes") ? -1 : 0));
    }

    /** Writes what there is; nothing if nothing is given. Members stay as they are for ever. */
    public void write(ObjectNode json) {
        if (count() > 0) {
            ArrayNode array = json.putArray("given");
            units.forEach(array::add);
        }
        if (classes > 0) {
            json.put("classes", classes);
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
            throw new IllegalArgumentException("no unit " + units.get(units.size() - 1) + " among " + all);
        }
        if (units.size() >= all) {
            throw new IllegalArgumentException("all " + all + " units are known, so nothing is left to generate");
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
