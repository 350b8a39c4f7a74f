package dev.ardm.core.conformance;

/**
 * How much is done with a model.
 *
 * @param inputs partly known items whose logits are compared
 * @param threads numbers of threads tried
 * @param batches batch sizes tried, none larger than {@code inputs}
 * @param rotations how often a batch is evaluated on each number of threads, its items at other places each time
 * @param alone positions of an input whose logits are asked for alone
 * @param encoded items encoded
 * @param archived items of the golden archive decoded; all if there are fewer
 * @param again how many of those are decoded once more, alone and in another order
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Sizes(int inputs, int[] threads, int[] batches, int rotations, int alone, int encoded, int archived, int again) {
    private static final int[] ALL_THREADS = {1, 2, 3, 4, 16};

    /** Those of a model. */
    static Sizes of(boolean large, Extent extent) {
        return switch (extent) {
            case KERNELS -> throw new IllegalArgumentException("no model is involved");
            case QUICK -> new Sizes(7, ALL_THREADS, new int[] {1, 7}, 1, 2, 1, 2, 1);
            case STANDARD ->
                large
                        ? new Sizes(7, ALL_THREADS, new int[] {1, 7}, 1, 4, 1, 2, 1)
                        : new Sizes(64, ALL_THREADS, new int[] {1, 7, 64}, 4, 10, 6, 100, 100);
            case FULL ->
                large
                        ? new Sizes(64, ALL_THREADS, new int[] {1, 7, 64}, 2, 50, 4, 100, 20)
                        : new Sizes(64, ALL_THREADS, new int[] {1, 7, 64}, 64, 200, 6, 100, 100);
        };
    }

    /** For a large model of whose golden archive a few items are decoded, and nothing else. */
    static Sizes archiveOnly(int items) {
        return new Sizes(0, ALL_THREADS, new int[0], 0, 0, 0, items, 0);
    }

    /** The same with no fewer items of the golden archive. */
    Sizes archivedAtLeast(int items) {
        return new Sizes(inputs, threads, batches, rotations, alone, encoded, Math.max(items, archived), again);
    }
}
