package dev.ardm.core.masking.output;

/**
 * Arithmetic with one number for each component of a mixture, so that a mixture is defined once ({@link DiscretizedLogistics}) and
 * computed in binary32 for integer distributions, in binary64 for reports and in tensors with gradients for training.
 *
 * @param <T> numbers of all components, or of all components of each unit of a batch
 */
public interface ComponentMath<T> {
    /** A network's outputs for all components, from an index on. */
    T outputs(int first);

    /** {@code factor x}. */
    T times(T x, float factor);

    /** {@code sum + x y}. */
    T plusProduct(T sum, T x, T y);

    /** x kept within two numbers. */
    T clamp(T x, float least, float largest);

    /** e to the x. */
    T exp(T x);

    /**
     * The operations of a log-likelihood on parameters.
     *
     * @param <T> as above; a number that is the same for all components may have one entry
     */
    interface WithLogarithms<T> extends ComponentMath<T> {
        /** The distance of a channel's value, scaled to [-1, 1], from the components' means. */
        T deviation(int channel, T means);

        /** {@code x + y}. */
        T add(T x, T y);

        /** {@code x - y}. */
        T subtract(T x, T y);

        /** {@code x y}. */
        T multiply(T x, T y);

        /** {@code -x}. */
        T negate(T x);

        /** Logarithm of the softmax over the components. */
        T logSoftmax(T x);

        /** Logarithm of the sum over the components of e to the x. */
        T logSumExp(T x);

        /** {@code ln(1 / (1 + exp(-x)))}. */
        T logSigmoid(T x);

        /** {@code ln(1 - exp(-x))}, for x above 0. */
        T logOneMinusExp(T x);

        /**
         * The interval in which the value of a channel is known to be.
         *
         * @param stages counted from the one that is predicted: 0 before it, 1 after it
         */
        Interval<T> interval(int channel, int stages);
    }

    /** An interval of values on the scale from -1 to 1; at the ends of the scale it is open. */
    interface Interval<T> {
        /** The boundary below. */
        T low();

        /** The boundary above. */
        T high();

        /** The distance of the two. */
        T width();

        /** x; 0 where the interval begins with the least value of all. */
        T zeroIfLeast(T x);

        /** x; 0 where the interval ends with the largest value of all. */
        T zeroIfLargest(T x);
    }
}
