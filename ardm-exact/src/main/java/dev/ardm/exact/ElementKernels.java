package dev.ardm.exact;

/** The operations of {@link Kernels} on single elements. All of them work in place, except {@link #gatedTanh}. */
public interface ElementKernels {
    /** {@link ScalarMath#silu} of each element. Works in place. */
    void silu(float[] x, int xOffset, int length, float[] out, int outOffset);

    /** {@link ScalarMath#gelu} of each element. Works in place. */
    void gelu(float[] x, int xOffset, int length, float[] out, int outOffset);

    /** {@link ScalarMath#exp} of each element. Works in place. */
    void exp(float[] x, int xOffset, int length, float[] out, int outOffset);

    /** {@link ScalarMath#log} of each element. Works in place. */
    void log(float[] x, int xOffset, int length, float[] out, int outOffset);

    /** {@link ScalarMath#sigmoid} of each element. Works in place. */
    void sigmoid(float[] x, int xOffset, int length, float[] out, int outOffset);

    /** {@link ScalarMath#relu} of each element. Works in place. */
    void relu(float[] x, int xOffset, int length, float[] out, int outOffset);

    /** {@code x * factor} of each element. Works in place. */
    void scale(float[] x, int xOffset, int length, float factor, float[] out, int outOffset);

    /** {@code a + b} elementwise. Works in place on either. */
    void add(float[] a, int aOffset, float[] b, int bOffset, int length, float[] out, int outOffset);

    /** {@code a * b} elementwise. Works in place on either. */
    void multiply(float[] a, int aOffset, float[] b, int bOffset, int length, float[] out, int outOffset);

    /**
     * The gated activation of WaveNet (van den Oord et al. 2016, equation 2) of each row: {@link ScalarMath#gatedTanh} of its first and its
     * second half.
     *
     * @param x {@code [rows][2 * channels]}
     * @param out {@code [rows][channels]}, another array
     */
    void gatedTanh(float[] x, int xOffset, int rows, int channels, float[] out, int outOffset);
}
