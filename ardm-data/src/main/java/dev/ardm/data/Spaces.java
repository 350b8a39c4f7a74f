package dev.ardm.data;

import dev.ardm.core.Space;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Rules about spaces that several readers share. */
public final class Spaces {
    private Spaces() {}

    /**
     * The number of categories of data whose format does not state it: {@code max + 1}, at least 2, when the largest
     * value is below 32; otherwise {@code max + 1} rounded up to a power of two.
     */
    public static int categoriesFor(int max) {
        if (max < 32) {
            return Math.max(2, max + 1);
        }
        return Integer.highestOneBit(max) << 1;
    }

    /**
     * The space of items of a shape without its leading item axis: images for {@code [h,w]} and {@code [h,w,c]}, sequences
     * of labels without order for {@code [d]}, because neighbouring values need not be alike.
     */
    public static Space ofItemShape(int[] shape, int categories) {
        return switch (shape.length) {
            case 1 -> Space.of(shape, categories, Space.Scale.NOMINAL);
            case 2 -> Space.image(shape[0], shape[1], 1, categories);
            case 3 -> Space.image(shape[0], shape[1], shape[2], categories);
            default -> throw new IllegalArgumentException("no space for items of " + shape.length + " axes");
        };
    }

    /** {@code 28x28x1}. */
    public static String shapeText(int[] shape) {
        return Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining("x"));
    }

    /** Refuses a shape that is not the wanted space's. A sequence is as good as an image of one row and one channel. */
    public static void requireShape(String what, int[] shape, Space wanted) throws DataException {
        boolean row = shape.length == 1 && Arrays.equals(new int[] {1, shape[0], 1}, wanted.shape());
        if (!row && !Arrays.equals(shape, wanted.shape())) {
            throw DataException.in(
                    what, "items of " + shapeText(shape) + " do not fit a space of " + shapeText(wanted.shape()));
        }
    }

    /**
     * Refuses an item with a value that is not in the range of the wanted space.
     *
     * @param what the item, for the message
     */
    public static void requireValues(Supplier<String> what, int[] item, Space wanted) throws DataException {
        for (int p = 0; p < item.length; p++) {
            if (item[p] >= wanted.categories(p)) {
                throw new DataException(what.get() + ": value " + item[p] + " at position " + p + " is outside [0, "
                        + wanted.categories(p) + "), the range of the space " + wanted);
            }
        }
    }

    /** Refuses spaces that are not images of 1 to 4 channels with one number of categories. */
    public static void requireImage(Space space) {
        if (space.rank() != 3 || space.extent(2) > 4) {
            throw new IllegalArgumentException("an image has height, width and 1 to 4 channels, not " + space);
        }
        if (space.categories().length != 1) {
            throw new IllegalArgumentException("an image has one number of categories for all channels, not " + space);
        }
    }
}
