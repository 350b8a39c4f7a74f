package dev.ardm.data.format.table;

import org.jspecify.annotations.Nullable;

/**
 * A number in a field, spelled in the one way that its value, its number of fraction digits and the mark before them (a point or
 * a comma) allow: no leading zeros, no
 * plus, no minus zero, at most {@value #MAX_DIGITS} digits.
 *
 * @param unscaled the digits without the point
 * @param fraction number of digits after the point
 * @param start where the number begins in the field
 * @param end where it ends
 */
record DecimalText(long unscaled, int fraction, int start, int end) {
    /** More digits are not counted as a number, so that all arithmetic stays far inside of 64 bits. */
    static final int MAX_DIGITS = 18;

    /** The first number in a field; null if there is none that is spelled like that. @param mark before the fraction */
    static @Nullable DecimalText find(String field, char mark) {
        int start = 0;
        while (start < field.length()
                && !digit(field, start)
                && !(field.charAt(start) == '-' && digit(field, start + 1))) {
            start++;
        }
        return start == field.length() ? null : parse(field, start, mark);
    }

    /** The number that begins at a place of a field; null if there is none. */
    static @Nullable DecimalText parse(String field, int start, char mark) {
        int at = start;
        boolean negative = at < field.length() && field.charAt(at) == '-';
        if (negative) {
            at++;
        }
        if (!digit(field, at)) {
            return null;
        }
        int digits = 0;
        long value = 0;
        boolean zero = field.charAt(at) == '0';
        do {
            value = 10 * value + (field.charAt(at++) - '0');
            digits++;
        } while (!zero && digits <= MAX_DIGITS && digit(field, at));
        int fraction = 0;
        if (at < field.length() && field.charAt(at) == mark && digit(field, at + 1)) {
            at++;
            while (digits <= MAX_DIGITS && digit(field, at)) {
                value = 10 * value + (field.charAt(at++) - '0');
                digits++;
                fraction++;
            }
        }
        if (digits > MAX_DIGITS || digit(field, at) || (negative && value == 0)) {
            return null;
        }
        return new DecimalText(negative ? -value : value, fraction, start, at);
    }

    private static boolean digit(String field, int at) {
        return at < field.length() && field.charAt(at) >= '0' && field.charAt(at) <= '9';
    }

    /** Whether there are fraction digits and the last one is 0. */
    boolean endsInZero() {
        return fraction > 0 && unscaled % 10 == 0;
    }
}
