package dev.ardm.core.network;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sines and cosines of rotary positions (Su et al. 2021, "RoFormer", section 3.2.2): pair i of h turns by {@code place * 10000^(-i / h)}
 * radians. Computed in binary64 by {@link StrictMath} and rounded to binary32, so they are the same on every machine.
 */
public final class Rotation {
    private static final double BASE = 10_000;

    private static final Map<Integer, float[]> TABLES = new ConcurrentHashMap<>();

    private static final float[] EMPTY = {};

    private Rotation() {}

    /**
     * The table of that many pairs, not to be changed: a row for each place, of the cosines of all pairs and then the sines.
     *
     * @param pairs half the width of a head
     * @param places rows that are there at least
     */
    public static float[] table(int pairs, int places) {
        float[] found = TABLES.getOrDefault(pairs, EMPTY);
        if (found.length >= Math.multiplyExact(2 * pairs, places)) {
            return found;
        }
        // Twice as many as before: places are asked for one after the other.
        return TABLES.compute(pairs, (key, old) -> {
            float[] before = old == null ? EMPTY : old;
            return longer(before, pairs, Math.max(places, before.length / pairs));
        });
    }

    private static float[] longer(float[] before, int pairs, int places) {
        int row = 2 * pairs;
        float[] table = Arrays.copyOf(before, row * places);
        for (int i = 0; i < pairs; i++) {
            double frequency = StrictMath.pow(BASE, -(double) i / pairs);
            for (int place = before.length / row; place < places; place++) {
                table[place * row + i] = (float) StrictMath.cos(place * frequency);
                table[place * row + pairs + i] = (float) StrictMath.sin(place * frequency);
            }
        }
        return table;
    }
}
