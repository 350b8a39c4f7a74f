package dev.ardm.core.masking;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The logits of the first network call, at which nothing is known: they are the same for all items (of one label), so they are computed once. Those of the
 * group asked for last are kept.
 */
final class FirstCall {
    /** Logits kept at most. */
    private static final int MOST = 1 << 20;

    private final AtomicReference<@Nullable Kept> kept = new AtomicReference<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Kept(int[] group, float[] logits) {}

    /**
     * The logits of a group when nothing is known; not to be changed.
     *
     * @param compute computes them
     */
    float[] logits(int[] group, Supplier<float[]> compute) {
        Kept last = kept.get();
        if (last != null && Arrays.equals(last.group, group)) {
            return last.logits;
        }
        float[] logits = compute.get();
        if (logits.length <= MOST) {
            kept.set(new Kept(group, logits));
        }
        return logits;
    }
}
