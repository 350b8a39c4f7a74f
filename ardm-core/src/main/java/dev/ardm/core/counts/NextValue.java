package dev.ardm.core.counts;

/**
 * How likely each value is to be the next one of an item, by a model of counts, given those before it. The same bits on every machine. For one
 * thread.
 */
public interface NextValue {
    /** Logarithms below this are raised to it: that of less than a slot of a distribution, so that hundreds of them cost nothing. */
    double LEAST = -18;

    /** The logarithm of a probability, at least {@link #LEAST}. */
    static float log(double probability) {
        return (float) Math.max(LEAST, StrictMath.log(Math.max(Double.MIN_NORMAL, probability)));
    }

    /** Number of values that can be next, the end among them if the model is asked for ends. */
    int outcomes();

    /** Begins an item. */
    void begin();

    /**
     * The natural logarithm of the probability of each outcome, at least {@link #LEAST}. Asked once for each value.
     *
     * @param out where they go, {@link #outcomes} of them
     * @param at the first place
     */
    void logs(float[] out, int at);

    /**
     * Goes on after a value, once it was asked what is likely.
     *
     * @param value a category, or their number for the end
     */
    void append(int value);
}
