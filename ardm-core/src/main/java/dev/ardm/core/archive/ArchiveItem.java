package dev.ardm.core.archive;

import dev.ardm.coding.ItemLabel;
import dev.ardm.core.model.LayeredImage;
import java.util.Objects;

/**
 * An item that an archive shall keep.
 *
 * @param label its name, and when it was modified last, if that is known
 * @param shape of an image of any size its height, width and number of layers; else empty
 * @param values of the model's space; of a document that is a sequence or an image any number of them
 * @param extra bytes that belong to it beside its values; empty unless it is a document
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, not compared
public record ArchiveItem(ItemLabel label, int[] shape, int[] values, byte[] extra) {
    /** Refuses what is null, before others wait with it to be coded. */
    public ArchiveItem {
        Objects.requireNonNull(label);
        Objects.requireNonNull(shape);
        Objects.requireNonNull(values);
        Objects.requireNonNull(extra);
    }

    private static final byte[] NOTHING = new byte[0];
    private static final int[] NO_SHAPE = {};

    /** An item that is no image of any size. */
    public ArchiveItem(ItemLabel label, int[] values, byte[] extra) {
        this(label, NO_SHAPE, values, extra);
    }

    /** An image of any size. */
    public static ArchiveItem ofImage(ItemLabel label, LayeredImage image, byte[] extra) {
        return new ArchiveItem(label, image.shape(), image.values(), extra);
    }

    /**
     * An item that is nothing but its values.
     *
     * @param name of the item or of the file it comes from; an empty one counts as none
     */
    public static ArchiveItem of(int[] values, String name) {
        return new ArchiveItem(ItemLabel.named(name), values, NOTHING);
    }

    /** Bytes as the values of a sequence, a value each. */
    static ArchiveItem ofBytes(byte[] bytes, String name) {
        int[] values = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            values[i] = bytes[i] & 0xFF;
        }
        return of(values, name);
    }

    /** Its name, or an empty string. */
    public String name() {
        return label.name();
    }

    /** The image that it is: of an item with a shape. */
    LayeredImage image() {
        return new LayeredImage(shape[0], shape[1], shape[2], values);
    }

    /** The memory that it takes, in bytes, but for what every object does. */
    long bytes() {
        return (long) values.length * Integer.BYTES + extra.length;
    }

    /** This item in arrays of its own. */
    ArchiveItem copy() {
        return new ArchiveItem(label, shape.clone(), values.clone(), extra.clone());
    }
}
