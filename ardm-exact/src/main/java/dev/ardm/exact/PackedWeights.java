package dev.ardm.exact;

/**
 * A weight matrix laid out for one implementation of {@link Kernels}. Made by {@link Kernels#pack}, immutable, safe to share between
 * threads, and of no use to another implementation.
 */
public interface PackedWeights {
    /** Number of outputs, the rows of the matrix. */
    int outputs();

    /** Length of the chain after each output, the columns of the matrix. */
    int depth();
}
