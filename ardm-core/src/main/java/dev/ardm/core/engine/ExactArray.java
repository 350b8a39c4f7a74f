package dev.ardm.core.engine;

import java.util.Arrays;

/** An array of the exact engine: values in row-major order and extents. The values live until the next evaluation. */
record ExactArray(float[] values, int[] shape) {
    int size() {
        int product = 1;
        for (int extent : shape) {
            product *= extent;
        }
        return product;
    }

    /** Places of an item: the product of all extents but the first and the last. */
    int places() {
        int product = 1;
        for (int i = 1; i + 1 < shape.length; i++) {
            product *= shape[i];
        }
        return product;
    }

    int last() {
        return shape[shape.length - 1];
    }

    /** Copies the first places of each item to another array, whose other places become 0. */
    void copyFirst(int[] lengths, ExactArray out) {
        int size = places() * last();
        for (int n = 0; n < lengths.length; n++) {
            int kept = Math.min(lengths[n], places()) * last();
            System.arraycopy(values, n * size, out.values, n * size, kept);
            Arrays.fill(out.values, n * size + kept, (n + 1) * size, 0);
        }
    }

    /** Copies rows {@code sites[first]} to {@code sites[end - 1]} to rows {@code first} to {@code end - 1} of another array. */
    void gather(int[] sites, int first, int end, ExactArray out) {
        int channels = last();
        for (int i = first; i < end; i++) {
            System.arraycopy(values, sites[i] * channels, out.values, i * channels, channels);
        }
    }

    /** Copies columns of rows {@code first} to {@code end - 1} to columns of the same rows of another array. */
    void copyColumns(int first, int end, int from, int count, ExactArray out, int to) {
        for (int row = first; row < end; row++) {
            System.arraycopy(values, row * last() + from, out.values, row * out.last() + to, count);
        }
    }
}
