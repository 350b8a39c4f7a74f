package dev.ardm.core.network;

import java.util.List;

/**
 * A layer with parameters: a name, unique in its network, and the shapes of its parameters. An engine keeps the values
 * under {@code name + ".weight"} and {@code name + ".bias"}.
 */
public sealed interface Layer permits Layer.Affine, Layer.GroupNorm, Layer.LayerNorm, Layer.Embedding {
    /** Name, unique in its network, of dot-separated parts. */
    String name();

    /** The parameters, weight first. */
    List<Parameter> parameters();

    /** A layer that is an affine map of an array. */
    sealed interface Affine extends Layer permits Conv1d, Conv2d, CausalConv2d, Linear {
        /** The result on an array. */
        <T> T apply(Ops<T> ops, T x);
    }

    /** How a parameter starts. */
    enum Init {
        /** Normal with variance 1 / fan-in. */
        FAN_IN,
        /** Normal with 0.3 times the standard deviation of {@link #FAN_IN}. */
        RESIDUAL,
        /** Normal with standard deviation 0.02. */
        SMALL,
        /** All zeros. */
        ZERO,
        /** All ones. */
        ONE
    }

    /**
     * A parameter: full name, extents (outputs first), initial values and the fan-in they are scaled by.
     *
     * @param decays whether weight decay applies
     */
    record Parameter(String name, int[] shape, Init init, int fanIn, boolean decays) {
        /** Number of values. */
        public int size() {
            int product = 1;
            for (int extent : shape) {
                product *= extent;
            }
            return product;
        }
    }

    private static Parameter weight(String name, Init init, int fanIn, int... shape) {
        return new Parameter(name + ".weight", shape, init, fanIn, true);
    }

    private static Parameter bias(String name, int width) {
        return new Parameter(name + ".bias", new int[] {width}, Init.ZERO, width, false);
    }

    /** Convolution with odd square kernel, zero padding of kernel / 2; weight {@code [out, kernel, kernel, in]}. */
    record Conv2d(String name, int in, int out, int kernel, int stride, Init init) implements Affine {
        @Override
        public <T> T apply(Ops<T> ops, T x) {
            return ops.conv2d(x, this);
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(weight(name, init, kernel * kernel * in, out, kernel, kernel, in), bias(name, out));
        }
    }

    /**
     * Dilated convolution of a sequence, of the same length (van den Oord et al. 2016, section 2.1); weight {@code [out, kernel, in]}. Zeros
     * pad both sides, or, if it is causal, the left one only, so that the output at a place sees no later input.
     *
     * @param kernel number of taps; odd, unless the convolution is causal
     * @param dilation places from one tap to the next, at least 1
     */
    record Conv1d(String name, int in, int out, int kernel, int dilation, boolean causal, Init init) implements Affine {
        /**
         * @throws IllegalArgumentException if the kernel is even and the convolution not causal, or the dilation is not positive
         */
        public Conv1d {
            if (kernel < 1 || dilation < 1 || !causal && kernel % 2 == 0) {
                throw new IllegalArgumentException("convolution " + name + ": kernel " + kernel + " with dilation "
                        + dilation + (causal ? "" : " must be odd,") + " and both at least 1");
            }
        }

        @Override
        public <T> T apply(Ops<T> ops, T x) {
            return ops.conv1d(x, this);
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(weight(name, init, kernel * in, out, kernel, in), bias(name, out));
        }
    }

    /**
     * Convolution of an image, of the same size, that sees the places before an output's own only, and zeros outside the image; weight
     * {@code [out, taps, in]}, taps in raster order.
     *
     * @param contrast whether only differences between taps count: from the weights of each output and input channel their mean over the
     *     taps is subtracted before they are used
     */
    record CausalConv2d(String name, int in, int out, CausalKernel kernel, boolean contrast, Init init)
            implements Affine {
        /** A convolution whose weights are used as they are. */
        public CausalConv2d(String name, int in, int out, CausalKernel kernel, Init init) {
            this(name, in, out, kernel, false, init);
        }

        @Override
        public <T> T apply(Ops<T> ops, T x) {
            return ops.causalConv2d(x, this);
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(weight(name, init, kernel.taps() * in, out, kernel.taps(), in), bias(name, out));
        }
    }

    /** Affine map of the last axis; weight {@code [out, in]}. */
    record Linear(String name, int in, int out, Init init) implements Affine {
        @Override
        public <T> T apply(Ops<T> ops, T x) {
            return ops.linear(x, this);
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(weight(name, init, in, out, in), bias(name, out));
        }
    }

    /** Group normalisation (Wu and He 2018) with a scale and a shift per channel; epsilon 1e-5. */
    record GroupNorm(String name, int channels, int groups) implements Layer {
        /** Added to the variance. */
        public static final float EPSILON = 1e-5f;

        @Override
        public List<Parameter> parameters() {
            return List.of(
                    new Parameter(name + ".weight", new int[] {channels}, Init.ONE, channels, false),
                    bias(name, channels));
        }
    }

    /** Layer normalisation (Ba et al. 2016) with a scale and a shift per channel; epsilon 1e-5. */
    record LayerNorm(String name, int channels) implements Layer {
        /** Added to the variance. */
        public static final float EPSILON = 1e-5f;

        @Override
        public List<Parameter> parameters() {
            return List.of(
                    new Parameter(name + ".weight", new int[] {channels}, Init.ONE, channels, false),
                    bias(name, channels));
        }
    }

    /** A table of vectors; weight {@code [rows, width]}. */
    record Embedding(String name, int rows, int width) implements Layer {
        @Override
        public List<Parameter> parameters() {
            return List.of(new Parameter(name + ".weight", new int[] {rows, width}, Init.SMALL, width, false));
        }
    }
}
