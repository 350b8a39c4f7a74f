package dev.ardm.core.masking.network;

import dev.ardm.exact.ScalarMath;

/**
 * The prediction of each value of a sequence by its neighbours: the line between the nearest known values before and after it (at the ends
 * the nearest one), and how near these are. The same numbers are also enlarged, because values of a quiet signal are a hundredth of the
 * range, and a network would only see the mask of 1 next to them. In binary32, as specified in {@code docs/arithmetic.md}.
 */
final class LineInterpolation {
    /** Numbers for each variable. */
    static final int WIDTH = 7;

    private static final float[] ENLARGEMENTS = {8, 64};

    private LineInterpolation() {}

    /** Keeps a number within what is known of a value. */
    @FunctionalInterface
    interface Holder {
        float held(float number, int value);
    }

    /**
     * Interpolates one item.
     *
     * @param numbers {@code places x variables} values scaled to [-1, 1], 0 where nothing is known of them
     * @param known as many flags
     * @param from the item's first value in both
     * @param holder limits a number to the known interval of a value
     * @param out {@code places x 7 variables}: at each place, for each variable next to each other, the line m (its own number if none is known);
     *     the inverse distances to the known value before and after (1 at a known value itself, 0 if none is known); then the
     *     number and m times 8, and both times 64, held within [-1, 1]
     */
    static void apply(
            float[] numbers,
            boolean[] known,
            int from,
            int places,
            int variables,
            Holder holder,
            float[] out,
            int outFrom) {
        int[] before = new int[places];
        for (int variable = 0; variable < variables; variable++) {
            int last = -1;
            for (int place = 0; place < places; place++) {
                last = known[from + place * variables + variable] ? place : last;
                before[place] = last;
            }
            int next = -1;
            for (int place = places - 1; place >= 0; place--) {
                next = known[from + place * variables + variable] ? place : next;
                int at = outFrom + place * WIDTH * variables + variable;
                int value = from + place * variables + variable;
                float number = numbers[value];
                float m = holder.held(line(numbers, from + variable, variables, before[place], next, place), value);
                out[at] = m;
                out[at + variables] = before[place] < 0 ? 0 : 1f / Math.max(1, place - before[place]);
                out[at + 2 * variables] = next < 0 ? 0 : 1f / Math.max(1, next - place);
                for (int i = 0; i < ENLARGEMENTS.length; i++) {
                    out[at + (3 + 2 * i) * variables] = limited(number * ENLARGEMENTS[i]);
                    out[at + (4 + 2 * i) * variables] = limited(m * ENLARGEMENTS[i]);
                }
            }
        }
    }

    private static float line(float[] numbers, int first, int step, int before, int next, int place) {
        if (before < 0 && next < 0) {
            return numbers[first + place * step];
        }
        if (before < 0 || next < 0 || before == next) {
            return numbers[first + Math.max(before, next) * step];
        }
        float a = numbers[first + before * step];
        float b = numbers[first + next * step];
        return ScalarMath.fma(b - a, (place - before) / (float) (next - before), a);
    }

    private static float limited(float number) {
        return Math.max(-1, Math.min(1, number));
    }
}
