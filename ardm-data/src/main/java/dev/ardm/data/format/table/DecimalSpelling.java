package dev.ardm.data.format.table;

import java.util.OptionalLong;

/**
 * The one way in which a column spells its numbers: that many fraction digits at least and at most, zeros at the end only up to
 * the least number, and the same text before and after every number (a quote, a currency).
 *
 * @param mark before the fraction: a point or a comma
 * @param least number of fraction digits that are always there
 * @param most number of fraction digits of the finest number; values are whole multiples of 10 to the power of minus this
 */
record DecimalSpelling(String prefix, String suffix, char mark, int least, int most) {
    /** Scaled values stay below this. */
    static final long LIMIT = 1_000_000_000_000_000_000L;

    DecimalSpelling {
        if (least < 0 || least > most || most > DecimalText.MAX_DIGITS || (mark != '.' && mark != ',')) {
            throw new IllegalArgumentException(
                    "from " + least + " to " + most + " fraction digits after '" + mark + "'");
        }
    }

    /** The value of a field times 10 to the power of {@link #most}; empty if it is not spelled like that. */
    OptionalLong value(String field) {
        if (!field.startsWith(prefix)) {
            return OptionalLong.empty();
        }
        DecimalText number = DecimalText.parse(field, prefix.length(), mark);
        if (number == null || !field.substring(number.end()).equals(suffix) || !spells(number)) {
            return OptionalLong.empty();
        }
        return scaled(number.unscaled(), number.fraction());
    }

    /** Whether a number has as many fraction digits as it should. */
    private boolean spells(DecimalText number) {
        return number.fraction() == least
                || (number.fraction() > least && number.fraction() <= most && !number.endsInZero());
    }

    /** A number of that many fraction digits with {@link #most} of them; empty if that is too large. */
    OptionalLong scaled(long unscaled, int fraction) {
        long value = unscaled;
        for (int i = fraction; i < most; i++) {
            if (Math.abs(value) >= LIMIT / 10) {
                return OptionalLong.empty();
            }
            value *= 10;
        }
        return OptionalLong.of(value);
    }

    /** The field of a value: {@link #value} of it is the value again. */
    String text(long value) {
        int fraction = most;
        long rest = value;
        while (fraction > least && rest % 10 == 0) {
            rest /= 10;
            fraction--;
        }
        String digits = Long.toString(Math.abs(rest));
        if (digits.length() <= fraction) {
            digits = "0".repeat(fraction + 1 - digits.length()) + digits;
        }
        int point = digits.length() - fraction;
        return prefix
                + (rest < 0 ? "-" : "")
                + digits.substring(0, point)
                + (fraction == 0 ? "" : mark + digits.substring(point))
                + suffix;
    }
}
