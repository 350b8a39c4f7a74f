package dev.ardm.core.network;

import dev.ardm.core.Space;
import java.util.Arrays;

/**
 * A batch of partly known items, as a network sees it. What is unknown is erased here, so that a network cannot depend
 * on it; a separate absorbing id marks it, which no data value can be confused with.
 */
public final class NetworkInput {
    private final Space space;
    private final int batch;
    private final int[] values;
    private final boolean[] known;

    /**
     * @param values {@code batch x D} values; those not known are ignored
     * @param known {@code batch x D}, true = known
     */
    public NetworkInput(Space space, int batch, int[] values, boolean[] known) {
        int size = Math.multiplyExact(batch, space.dimensions());
        if (values.length != size || known.length != size) {
            throw new IllegalArgumentException(
                    "expected " + size + " values and flags, got " + values.length + " and " + known.length);
        }
        this.space = space;
        this.batch = batch;
        this.known = known.clone();
        this.values = new int[size];
        for (int i = 0; i < size; i++) {
            if (known[i]) {
                int k = space.categories(i % space.dimensions());
                if (values[i] < 0 || values[i] >= k) {
                    throw new IllegalArgumentException(
                            "value " + values[i] + " at " + i + " is outside [0, " + k + ")");
                }
                this.values[i] = values[i];
            }
        }
    }

    /** One item of the batch. */
    public NetworkInput item(int index) {
        int from = index * space.dimensions();
        int to = from + space.dimensions();
        return new NetworkInput(space, 1, Arrays.copyOfRange(values, from, to), Arrays.copyOfRange(known, from, to));
    }

    /** Number of items. */
    public int batch() {
        return batch;
    }

    /** The space of the items. */
    public Space space() {
        return space;
    }

    /** Ids {@code [batch, D]} for an embedding with one row more than categories: the last row is the absorbing state. */
    public int[] absorbedIds() {
        int absorbing = space.maxCategories();
        int[] ids = new int[values.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = known[i] ? values[i] : absorbing;
        }
        return ids;
    }

    /**
     * Interleaves, for every place of {@code channels} variables, the values scaled to [-1, 1] (0 where unknown) and then
     * the flags (1 = known): {@code [batch, D / channels, 2 * channels]}.
     */
    public float[] valuesAndMask(int channels) {
        int dimensions = space.dimensions();
        float[] out = new float[2 * values.length];
        for (int i = 0; i < values.length; i++) {
            int place = i / channels;
            int channel = i % channels;
            if (known[i]) {
                int k = space.categories(i % dimensions);
                out[place * 2 * channels + channel] = (2 * values[i] - (k - 1)) / (float) (k - 1);
                out[place * 2 * channels + channels + channel] = 1;
            }
        }
        return out;
    }

    /** Fraction of the variables of each item that are known, in [0, 1]. */
    public float[] fractionKnown() {
        int dimensions = space.dimensions();
        float[] fraction = new float[batch];
        for (int n = 0; n < batch; n++) {
            int count = 0;
            for (int i = 0; i < dimensions; i++) {
                count += known[n * dimensions + i] ? 1 : 0;
            }
            fraction[n] = count / (float) dimensions;
        }
        return fraction;
    }
}
