package dev.ardm.core;

import java.util.Arrays;
import java.util.Objects;

/**
 * The set of items a model is defined on: a shape, the number of categories of each variable, and what the categories
 * mean. Everything else (number of dimensions, bits of a raw item, network inputs) is derived from it.
 *
 * <p>An item is an {@code int[]} of {@link #dimensions()} values in row-major order of the shape (images: height,
 * width, channel), each in {@code [0, categories(position))}.
 */
public final class Space {
    /** The meaning of a variable's categories for a network. */
    public enum Scale {
        /** Neighbouring values are alike (pixels, samples): networks also see the value as a number. */
        ORDERED,
        /** Values are labels without order (letters). */
        NOMINAL
    }

    /** The most dimensions of a space, so that a hostile file cannot demand too much memory. */
    public static final int MAX_DIMENSIONS = 1 << 24;

    /** Largest number of categories of one variable (16 bits). */
    public static final int MAX_CATEGORIES = 1 << 16;

    private final int[] shape;
    private final int[] categories;
    private final Scale scale;
    private final int dimensions;
    private final int maxCategories;

    private Space(int[] shape, int[] categories, Scale scale) {
        this.shape = shape.clone();
        this.categories = categories.clone();
        this.scale = Objects.requireNonNull(scale);
        if (shape.length == 0) {
            throw new IllegalArgumentException("a space needs at least one axis");
        }
        long product = 1;
        for (int extent : shape) {
            if (extent < 1) {
                throw new IllegalArgumentException("every axis must be at least 1 long: " + Arrays.toString(shape));
            }
            product = Math.multiplyExact(product, extent);
            if (product > MAX_DIMENSIONS) {
                throw new IllegalArgumentException(
                        "more than " + MAX_DIMENSIONS + " dimensions: " + Arrays.toString(shape));
            }
        }
        this.dimensions = (int) product;
        if (categories.length != 1 && categories.length != shape[shape.length - 1]) {
            throw new IllegalArgumentException(
                    "categories must be one number or one per column of the last axis, got " + categories.length);
        }
        this.maxCategories = Arrays.stream(categories).max().orElse(0);
        for (int k : categories) {
            if (k < 2 || k > MAX_CATEGORIES) {
                throw new IllegalArgumentException("categories must be in [2, " + MAX_CATEGORIES + "], got " + k);
            }
        }
    }

    /** Images of {@code height x width x channels}, every value in {@code [0, categories)}. */
    public static Space image(int height, int width, int channels, int categories) {
        return new Space(new int[] {height, width, channels}, new int[] {categories}, Scale.ORDERED);
    }

    /** Any shape with one number of categories for all variables. */
    public static Space of(int[] shape, int categories, Scale scale) {
        return new Space(shape, new int[] {categories}, scale);
    }

    /** Any shape with a number of categories for each column of the last axis. */
    public static Space of(int[] shape, int[] categories, Scale scale) {
        return new Space(shape, categories, scale);
    }

    /** The extents of the axes. */
    public int[] shape() {
        return shape.clone();
    }

    /** Extent of one axis. */
    public int extent(int axis) {
        return shape[axis];
    }

    /** Number of axes. */
    public int rank() {
        return shape.length;
    }

    /** Number of variables of an item (D of the paper). */
    public int dimensions() {
        return dimensions;
    }

    /** Number of categories of the variable at a position (K of the paper). */
    public int categories(int position) {
        return categories.length == 1 ? categories[0] : categories[position % categories.length];
    }

    /** The categories as given: one number for all variables, or one per column of the last axis. */
    public int[] categories() {
        return categories.clone();
    }

    /** The largest number of categories of any variable. */
    public int maxCategories() {
        return maxCategories;
    }

    /** The meaning of the categories. */
    public Scale scale() {
        return scale;
    }

    /**
     * Checks an item.
     *
     * @throws IllegalArgumentException naming the first position that is out of range, or the wrong length
     */
    public void check(int[] item) {
        if (item.length != dimensions) {
            throw new IllegalArgumentException(
                    "an item of " + this + " has " + dimensions + " values, got " + item.length);
        }
        for (int i = 0; i < item.length; i++) {
            if (item[i] < 0 || item[i] >= categories(i)) {
                throw new IllegalArgumentException(
                        "value " + item[i] + " at position " + i + " is outside [0, " + categories(i) + ")");
            }
        }
    }

    /**
     * Checks any number of values of a sequence or image. For spaces with one number of categories.
     *
     * @throws IllegalArgumentException naming the first position that is out of range
     */
    public void checkValues(int[] values) {
        int most = maxCategories();
        for (int i = 0; i < values.length; i++) {
            if (values[i] < 0 || values[i] >= most) {
                throw new IllegalArgumentException(
                        "value " + values[i] + " at position " + i + " is outside [0, " + most + ")");
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Space that
                && Arrays.equals(shape, that.shape)
                && Arrays.equals(categories, that.categories)
                && scale == that.scale;
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(shape), Arrays.hashCode(categories), scale);
    }

    /** For people: {@code 28x28x1 of 256}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int extent : shape) {
            text.append(text.length() == 0 ? "" : "x").append(extent);
        }
        text.append(" of ");
        text.append(categories.length == 1 ? Integer.toString(categories[0]) : Arrays.toString(categories));
        return text.toString();
    }
}
