package dev.ardm.core;

import java.util.OptionalLong;

/**
 * An item of which some values are known.
 *
 * @param item its values; those at unknown positions are ignored
 * @param known one flag per value, true = known
 * @param open whether it may end earlier, where a model ends it; one that ends none gives it all its values
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier, never compared.
public record PartialItem(Item item, boolean[] known, boolean open) {
    /** Checks the number of flags. */
    public PartialItem {
        if (known.length != item.values().length) {
            throw new IllegalArgumentException(item.values().length + " values with " + known.length + " flags");
        }
    }

    /** An item that has all its values. */
    public PartialItem(Item item, boolean[] known) {
        this(item, known, false);
    }

    /** An item of that many values, none of which is known. */
    public static PartialItem unknown(int values) {
        return new PartialItem(Item.of(new int[values]), new boolean[values]);
    }

    /**
     * An image of any size with no known values.
     *
     * @param shape height, width and number of layers
     * @param channels number of values of a pixel in a layer
     */
    public static PartialItem unknownImage(int[] shape, int channels) {
        int values = Math.multiplyExact(Math.multiplyExact(shape[0], shape[1]), Math.multiplyExact(shape[2], channels));
        return new PartialItem(
                new Item("", OptionalLong.empty(), shape.clone(), new int[values], new byte[0]), new boolean[values]);
    }
}
