package dev.ardm.core.archive;

/**
 * An item that an archive shall keep.
 *
 * @param name a label, of the item or of the file it comes from; an empty one counts as none
 * @param values of the model's space; of a document that is a sequence any number of them
 * @param extra bytes that belong to it beside its values; empty unless it is a document
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, not compared
public record ArchiveItem(String name, int[] values, byte[] extra) {
    private static final byte[] NOTHING = new byte[0];

    /** An item that is nothing but its values. */
    public static ArchiveItem of(int[] values, String name) {
        return new ArchiveItem(name, values, NOTHING);
    }
}
