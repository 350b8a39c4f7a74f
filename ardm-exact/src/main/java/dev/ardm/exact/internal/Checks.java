package dev.ardm.exact.internal;

/** Argument checks whose messages name the argument. */
public final class Checks {
    private Checks() {}

    public static void range(String name, float[] array, int offset, long length) {
        if (offset < 0 || length < 0 || offset + length > array.length) {
            throw new IndexOutOfBoundsException(
                    name + ": needs " + length + " floats from " + offset + ", the array has " + array.length);
        }
    }

    public static void positive(String name, int value) {
        require(value > 0, name, value, "must be positive");
    }

    public static void notNegative(String name, int value) {
        require(value >= 0, name, value, "must not be negative");
    }

    public static void require(boolean condition, String name, int value, String rule) {
        if (!condition) {
            throw new IllegalArgumentException(name + " = " + value + ": " + rule);
        }
    }

    public static void distinct(float[] input, float[] out) {
        if (input == out && out.length > 0) {
            throw new IllegalArgumentException("out must not be an input array");
        }
    }

    /** A product that must be usable as an array length. */
    public static int size(String name, long product) {
        if (product > Integer.MAX_VALUE - 64) {
            throw new IllegalArgumentException(name + " is too large for one array: " + product + " floats");
        }
        return (int) product;
    }
}
