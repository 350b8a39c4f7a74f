package dev.ardm.exact;

/** The arguments of normalisations in {@link Kernels}. */
public final class Norm {
    private Norm() {}

    /**
     * Rows of numbers.
     *
     * @param values {@code [count][width]} from {@code offset}
     */
    public record Rows(float[] values, int offset, int count, int width) {}

    /**
     * Groups of the channels of an image.
     *
     * @param count a divisor of the number of channels
     * @param first first of the groups that are computed
     * @param end one past the last
     */
    public record Groups(int count, int first, int end) {}

    /**
     * Images that are normalised in groups.
     *
     * @param values {@code [n][spatial][channels]} from {@code offset}
     * @param groups a divisor of {@code channels}
     */
    public record Images(float[] values, int offset, int n, int spatial, int channels, int groups) {}

    /**
     * What follows a normalisation.
     *
     * @param gamma a factor for each channel
     * @param beta an addend for each channel
     * @param eps added to the variance
     */
    public record Scaling(float[] gamma, float[] beta, float eps) {}

    /**
     * What group normalisation does to each channel: {@code (x - mean) * scale}.
     *
     * @param mean at least as long as there are channels, as is {@code scale}
     */
    public record Statistics(float[] mean, float[] scale) {}
}
