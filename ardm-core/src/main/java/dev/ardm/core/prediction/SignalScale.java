package dev.ardm.core.prediction;

/**
 * Values as samples: the middle value is zero, and the low bits that no value of an item uses are left out, as in FLAC (RFC 9639, section
 * 9.2.2, "wasted bits"). Recordings of 8 bits stored in 16 have them.
 *
 * @param categories number of values
 * @param unused low bits left out
 */
record SignalScale(int categories, int unused) {
    private static final int LEFT = 8;

    /** Checks the range. */
    SignalScale {
        if (unused < 0 || unused >= sizes(categories)) {
            throw new IllegalArgumentException(unused + " unused bits of " + categories + " values");
        }
    }

    /** How many numbers of unused bits there are: at the most, 8 bits are left. */
    static int sizes(int categories) {
        return Math.max(1, 32 - Integer.numberOfLeadingZeros(categories - 1) - LEFT + 1);
    }

    /** Of the first values of an item. */
    static SignalScale of(int categories, int[] values, int count) {
        int middle = categories / 2;
        int used = 1 << sizes(categories) - 1;
        for (int k = 0; k < count; k++) {
            used |= values[k] - middle;
        }
        return new SignalScale(categories, Integer.numberOfTrailingZeros(used));
    }

    int sample(int value) {
        return value - categories / 2 >> unused;
    }

    int value(int sample) {
        return (sample << unused) + categories / 2;
    }

    int smallest() {
        return -(categories / 2 >> unused);
    }

    int largest() {
        return categories - 1 - categories / 2 >> unused;
    }

    /** Largest absolute value of a sample. */
    double most() {
        return -smallest();
    }
}
