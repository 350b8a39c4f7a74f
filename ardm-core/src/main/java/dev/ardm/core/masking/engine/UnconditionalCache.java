package dev.ardm.core.masking.engine;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The network's outputs when nothing of an item is known: they are the same for all items of one label, so they are computed once.
 * Keeps those of the units that were asked for last. Safe for use by several threads.
 */
public final class UnconditionalCache {
    /** Outputs kept at most. */
    private static final int MOST = 1 << 20;

    private final AtomicReference<@Nullable Kept> kept = new AtomicReference<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Kept(int[] units, float[] outputs) {}

    /**
     * The outputs for units when nothing is known; not to be changed.
     *
     * @param compute computes them
     */
    public float[] outputs(int[] units, Supplier<float[]> compute) {
        Kept last = kept.get();
        if (last != null && Arrays.equals(last.units, units)) {
            return last.outputs;
        }
        float[] outputs = compute.get();
        if (outputs.length <= MOST) {
            kept.set(new Kept(units, outputs));
        }
        return outputs;
    }
}
