package dev.ardm.core.masking.output;

/**
 * Distributions given by logits. The distribution of the next digit of a variable is the softmax over the logits of the values it can
 * still have, summed for each digit.
 */
public sealed interface LogitOutput extends OutputDistribution permits Categorical, Digits {
    /**
     * Index of the first logit that speaks of the values a variable can still have.
     *
     * @param position the variable
     * @param least the least leaf of the values it can have
     */
    int first(int position, int stage, int least);

    /**
     * Number of neighbouring logits that make up one digit.
     *
     * @param digitWidth number of values with the same digit
     */
    int perDigit(int digitWidth);

    /** The logits of the digits of a variable. */
    default Range logits(int position, int stage, DigitInterval interval) {
        int perDigit = perDigit(interval.width());
        int count = perDigit == 1 ? interval.digits() : interval.end() - interval.least();
        return new Range(first(position, stage, interval.least()), count, perDigit);
    }

    /**
     * Neighbouring logits, cut into digits.
     *
     * @param first index of the first
     * @param count of all digits together
     * @param perDigit how many a digit has; the last may have fewer
     */
    record Range(int first, int count, int perDigit) {
        /** Index after the last. */
        public int end() {
            return first + count;
        }

        /** Index of the first logit of a digit. */
        public int from(int digit) {
            return first + digit * perDigit;
        }

        /** Index after the last logit of a digit. */
        public int to(int digit) {
            return Math.min(from(digit) + perDigit, end());
        }
    }
}
