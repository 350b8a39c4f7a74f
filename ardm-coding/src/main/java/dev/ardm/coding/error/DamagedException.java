package dev.ardm.coding.error;

/** The file is an archive, but truncated or corrupt. */
public final class DamagedException extends ArchiveException {
    private static final long serialVersionUID = 1L;

    /** Replaces the file name when the bytes come from no file, or from a file that is not known yet. */
    public static final String STREAM = "stream";

    private final int item;
    private final long offset;
    private final String reason;
    private final String readable;

    /**
     * Describes damage.
     *
     * @param file the file, or {@link #STREAM}
     * @param item the item from 0, or -1 if the damage is not in one
     * @param offset the byte offset in the file (in the stream if there is no file), or -1 if it is unknown
     * @param reason what is wrong
     * @param readable what can still be read; empty if unknown
     */
    public DamagedException(String file, int item, long offset, String reason, String readable) {
        super(file, message(item, offset, reason, readable));
        this.item = item;
        this.offset = offset;
        this.reason = reason;
        this.readable = readable;
    }

    /** Damage at a known place in bytes from an unknown file; see {@link #in}. */
    public static DamagedException inStream(long offset, String reason) {
        return new DamagedException(STREAM, -1, offset, reason, "");
    }

    /** The same damage with its place in a file: this offset counts from {@code base} there. */
    public DamagedException in(String newFile, int newItem, long base, String newReadable) {
        DamagedException placed =
                new DamagedException(newFile, newItem, base + Math.max(0, offset), reason, newReadable);
        placed.initCause(this);
        return placed;
    }

    /** The same damage with what can be read all the same. */
    public DamagedException withReadable(String newReadable) {
        DamagedException known = new DamagedException(file(), item, offset, reason, newReadable);
        known.initCause(this);
        return known;
    }

    private static String message(int item, long offset, String reason, String readable) {
        return "damaged"
                + (item >= 0 ? ", item " + item : "")
                + (offset >= 0 ? ", byte " + offset : "")
                + ": "
                + reason
                + (readable.isEmpty() ? "" : "; " + readable);
    }

    /** The item from 0, or -1 if the damage is not in one. */
    public int item() {
        return item;
    }

    /** The byte offset in the file (in the stream if there is no file), or -1 if it is not known. */
    public long offset() {
        return offset;
    }

    /** What is wrong, without the place. */
    public String reason() {
        return reason;
    }

    /** A description of what can still be read; empty if unknown. */
    public String readable() {
        return readable;
    }
}
