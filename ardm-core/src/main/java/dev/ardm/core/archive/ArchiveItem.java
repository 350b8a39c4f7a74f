package dev.ardm.core.archive;

import dev.ardm.coding.ItemLabel;

/**
 * An item that an archive shall keep.
 *
 * @param label its name, and when it was modified last, if that is known
 * @param values of the model's space; of a document that is a sequence any number of them
 * @param extra bytes that belong to it beside its values; empty unless it is a document
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, not compared
public record ArchiveItem(ItemLabel label, int[] values, byte[] extra) {
    private static final byte[] NOTHING = new byte[0];

    /**
     * An item that is nothing but its values.
     *
     * @param name of the item or of the file it comes from; an empty one counts as none
     */
    public static ArchiveItem of(int[] values, String name) {
        return new ArchiveItem(ItemLabel.named(name), values, NOTHING);
    }

    /** Its name, or an empty string. */
    public String name() {
        return label.name();
    }

    /** This item in arrays of its own. */
    ArchiveItem copy() {
        return new ArchiveItem(label, values.clone(), extra.clone());
    }
}
