package dev.ardm.exact;

import java.util.EnumMap;
import java.util.Map;

/**
 * Scratch memory for {@link Kernels}: buffers that only grow, so that repeated calls allocate nothing. One per thread; not safe for use by two
 * threads at once. What is left in it never influences a result.
 */
public final class Workspace {
    private final Map<Slot, float[]> floats = new EnumMap<>(Slot.class);
    private final Map<RowSlot, float[][]> rows = new EnumMap<>(RowSlot.class);
    private double[] doubles = {};

    /** An empty workspace. */
    public Workspace() {}

    /** The uses a buffer is put to; one call never uses a slot for two things at once. */
    public enum Slot {
        /** Input with zeros around it. */
        PADDED_IMAGE,
        /** The taps of some outputs. */
        PATCH,
        /** The bias, or zeros. */
        BIAS,
        /** Chains on their way. */
        TILE,
        /** A mean for each channel. */
        MEAN,
        /** A factor for each channel. */
        SCALE,
        /** Partial sums. */
        STRIPES,
        /** Scaled queries. */
        QUERIES,
        /** Packed keys. */
        KEYS,
        /** Packed values. */
        VALUES,
        /** Scores of some queries. */
        SCORES,
    }

    /** As {@link Slot}, for matrices kept as separate rows. */
    public enum RowSlot {
        /** Keys, a row for each place in the head. */
        KEYS,
        /** Values, a row for each token. */
        VALUES,
        /** Chains, a row for each of two rows of results. */
        CHAINS,
    }

    /** A buffer of at least {@code size} floats with unspecified content. */
    public float[] floats(Slot slot, int size) {
        float[] buffer = floats.get(slot);
        if (buffer == null || buffer.length < size) {
            buffer = new float[size];
            floats.put(slot, buffer);
        }
        return buffer;
    }

    /** At least {@code count} separate arrays of at least {@code width} floats each, with unspecified content. */
    public float[][] rows(RowSlot slot, int count, int width) {
        float[][] buffer = rows.get(slot);
        if (buffer == null) {
            buffer = new float[count][width];
            rows.put(slot, buffer);
        } else if (buffer.length < count || buffer[0].length < width) {
            buffer = new float[Math.max(count, buffer.length)][Math.max(width, buffer[0].length)];
            rows.put(slot, buffer);
        }
        return buffer;
    }

    /** A buffer of at least {@code size} doubles with unspecified content. */
    public double[] doubles(int size) {
        if (doubles.length < size) {
            doubles = new double[size];
        }
        return doubles;
    }
}
