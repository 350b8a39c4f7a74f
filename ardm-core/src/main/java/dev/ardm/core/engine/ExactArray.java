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

    int last() {
        return shape[shape.length - 1];
    }
}
