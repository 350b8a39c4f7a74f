package dev.ardm.exact;

import java.util.Arrays;

/**
 * Scratch memory for {@link Kernels}: buffers that only grow, so that repeated calls allocate nothing. One per thread; not safe for use by two
 * threads at once. What is left in it never influences a result.
 */
public final class Workspace {
    private static final float[] NO_FLOATS = {};
    private static final double[] NO_DOUBLES = {};

    private final float[][] floats = new float[Slot.values().length][];
    private final float[][][] rows = new float[RowSlot.values().length][0][];
    private double[] doubles = NO_DOUBLES;

    /** An empty workspace. */
    public Workspace() {
        Arrays.fill(floats, NO_FLOATS);
    }

    /** The uses a buffer is put to; one call never uses a slot for two things at once. */
    enum Slot {
        PADDED_IMAGE,
        PATCH,
        BIAS,
        TILE,
        MEAN,
        SCALE,
        STRIPES,
        QUERIES,
        KEYS,
        VALUES,
        SCORES,
    }

    /** As {@link Slot}, for matrices kept as separate rows. */
    enum RowSlot {
        KEYS,
        VALUES,
        CHAINS,
    }

    /** A buffer of at least {@code size} floats with unspecified content. */
    float[] floats(Slot slot, int size) {
        float[] buffer = floats[slot.ordinal()];
        if (buffer.length < size) {
            buffer = new float[size];
            floats[slot.ordinal()] = buffer;
        }
        return buffer;
    }

    /** At least {@code count} separate arrays of at least {@code width} floats each, with unspecified content. */
    float[][] rows(RowSlot slot, int count, int width) {
        float[][] buffer = rows[slot.ordinal()];
        if (buffer.length < count || buffer[0].length < width) {
            int newCount = Math.max(count, buffer.length);
            int newWidth = Math.max(width, buffer.length == 0 ? 0 : buffer[0].length);
            buffer = new float[newCount][newWidth];
            rows[slot.ordinal()] = buffer;
        }
        return buffer;
    }

    /** A buffer of at least {@code size} doubles with unspecified content. */
    double[] doubles(int size) {
        if (doubles.length < size) {
            doubles = new double[size];
        }
        return doubles;
    }
}
