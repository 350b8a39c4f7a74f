package dev.ardm.core;

import dev.ardm.coding.format.ItemLabel;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * One unit of data that a model learns and an archive stores: a file, a row, an image, or an array of values.
 *
 * @param name a label, such as the name of the file that it comes from; an empty one counts as none
 * @param modified time of last modification in milliseconds since 1970 (UTC), if known
 * @param shape height, width and number of layers of an image of any size; empty otherwise
 * @param values each in {@code [0, categories)} of the model's space; as many as the space has, or any number for sequences and
 *     images of any size
 * @param side side information: bytes that belong to the item in addition to its values; most often empty
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier, never compared.
public record Item(String name, OptionalLong modified, int[] shape, int[] values, byte[] side) {
    private static final byte[] NOTHING = {};
    private static final int[] NO_SHAPE = {};

    /** Refuses null, before other items wait together with this one to be coded. */
    public Item {
        Objects.requireNonNull(name);
        Objects.requireNonNull(modified);
        Objects.requireNonNull(shape);
        Objects.requireNonNull(values);
        Objects.requireNonNull(side);
    }

    /** An item without a shape of its own or a time. */
    public Item(String name, int[] values, byte[] side) {
        this(name, OptionalLong.empty(), NO_SHAPE, values, side);
    }

    /** Values with a name. */
    public static Item of(int[] values, String name) {
        return new Item(name, values, NOTHING);
    }

    /** Values alone. */
    public static Item of(int[] values) {
        return of(values, "");
    }

    /** Bytes as the values of a sequence, one value each. */
    public static Item ofBytes(byte[] bytes, String name) {
        int[] values = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            values[i] = bytes[i] & 0xFF;
        }
        return of(values, name);
    }

    /**
     * The name and time of the item, as an archive keeps them.
     *
     * @throws IllegalArgumentException if an archive cannot keep its name or time
     */
    public ItemLabel label() {
        return new ItemLabel(name, modified);
    }

    /** This item with another name. */
    public Item named(String other) {
        return new Item(other, modified, shape, values, side);
    }

    /** This item with another label. */
    public Item labelled(ItemLabel label) {
        return new Item(label.name(), label.time(), shape, values, side);
    }

    /** The memory of its arrays, in bytes. */
    public long bytes() {
        return (long) values.length * Integer.BYTES + side.length;
    }

    /** This item in arrays of its own. */
    public Item copy() {
        return new Item(name, modified, shape.clone(), values.clone(), side.clone());
    }
}
