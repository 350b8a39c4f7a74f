package dev.ardm.core.engine;

import dev.ardm.core.network.CausalKernel;

/**
 * The input of a causal layer at the places of an item, with zeros around, so that the taps of any place can be copied side by side
 * without looking where the image ends. For one thread, but for copying taps.
 */
final class CausalGrid {
    private final int channels;
    private final int columns;
    private final int line;
    private final int origin;
    private final float[] values;
    /** Runs of consecutive floats, in the order of the taps: where each begins, seen from a place, and how long it is. */
    private final int[] run;

    private final int[] length;

    /** Floats of the grid of an item of so many rows and columns. */
    static int size(CausalKernel kernel, int channels, int rows, int columns) {
        int line = columns + (kernel.reach() + kernel.right()) * kernel.dilation();
        return Math.multiplyExact(Math.multiplyExact(rows + kernel.rows() * kernel.dilation(), line), channels);
    }

    /** @param values of {@link #size}, all 0 */
    CausalGrid(CausalKernel kernel, int channels, int columns, float[] values) {
        this.channels = channels;
        this.columns = columns;
        this.values = values;
        int step = kernel.dilation();
        line = (columns + (kernel.reach() + kernel.right()) * step) * channels;
        origin = kernel.rows() * step * line + kernel.reach() * step * channels;
        int perRun = step == 1 ? Integer.MAX_VALUE : 1;
        int count = 0;
        int[] runs = new int[kernel.taps()];
        int[] lengths = new int[kernel.taps()];
        for (int above = kernel.rows(); above >= 0; above--) {
            int taps = kernel.tapsInRow(above);
            for (int tap = 0; tap < taps; tap += Math.min(perRun, taps)) {
                runs[count] = -above * step * line + (tap - kernel.reach()) * step * channels;
                lengths[count++] = Math.min(perRun, taps) * channels;
            }
        }
        run = java.util.Arrays.copyOf(runs, count);
        length = java.util.Arrays.copyOf(lengths, count);
    }

    private int at(int place) {
        return origin + place / columns * line + place % columns * channels;
    }

    /** Stores the input at a place. */
    void put(int place, float[] x, int from) {
        System.arraycopy(x, from, values, at(place), channels);
    }

    /** Stores the input of so many places from the first on. */
    void putFirst(int places, float[] x, int from) {
        for (int place = 0; place < places; place += columns) {
            int count = Math.min(columns, places - place) * channels;
            System.arraycopy(x, from + place * channels, values, at(place), count);
        }
    }

    /** Copies the taps of a place side by side. */
    void gather(int place, float[] out, int to) {
        int at = at(place);
        int next = to;
        for (int i = 0; i < run.length; i++) {
            System.arraycopy(values, at + run[i], out, next, length[i]);
            next += length[i];
        }
    }
}
