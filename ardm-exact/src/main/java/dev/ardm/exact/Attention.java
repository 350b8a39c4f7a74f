package dev.ardm.exact;

import dev.ardm.exact.internal.Checks;

/** The arguments of {@link Kernels#attention}. */
public final class Attention {
    private Attention() {}

    /**
     * Queries of one item.
     *
     * @param values {@code [count][heads][headWidth]} from {@code offset}
     * @param visible which tokens each query sees
     */
    public record Queries(float[] values, int offset, int count, VisibleKeys visible) {}

    /**
     * The keys and values of all tokens of an item.
     *
     * @param k {@code [tokens][heads][headWidth]} from {@code offset}
     * @param v as {@code k}
     */
    public record Keys(float[] k, float[] v, int offset, int tokens, int heads, int headWidth) {
        /** Floats of a token. */
        public int row() {
            return Checks.size("row", (long) heads * headWidth);
        }
    }

    /**
     * Where results go, and for which heads.
     *
     * @param values one row for each query, {@code [count][heads][headWidth]} from {@code offset}
     * @param firstHead first of the heads that are computed
     * @param endHead one past the last
     */
    public record Output(float[] values, int offset, int firstHead, int endHead) {}
}
