package dev.ardm.core.engine;

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

    /** Copies rows {@code sites[first]} to {@code sites[end - 1]} to rows {@code first} to {@code end - 1} of another array. */
    void gather(int[] sites, int first, int end, ExactArray out) {
        int channels = last();
        for (int i = first; i < end; i++) {
            System.arraycopy(values, sites[i] * channels, out.values, i * channels, channels);
        }
    }
}
