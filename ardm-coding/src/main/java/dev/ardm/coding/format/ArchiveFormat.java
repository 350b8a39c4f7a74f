package dev.ardm.coding.format;

import dev.ardm.coding.CheckedStream;

/** The numbers that define an archive, and its limits. Nothing is allocated for a file that is beyond them. */
public final class ArchiveFormat {
    /** The version of the byte layout that is written, and the newest one that is read. */
    public static final int VERSION = 1;

    /** The length of a model id, in bytes. */
    public static final int MODEL_ID_BYTES = 32;

    /** The longest header, in bytes. */
    public static final int MAX_HEADER_BYTES = 2 << 20;

    /** The longest plan, in bytes. */
    public static final int MAX_PLAN_BYTES = 1 << 20;

    /** The largest number of axes of an item. */
    public static final int MAX_AXES = 16;

    /** The largest number of values in an item. */
    public static final int MAX_VALUES = 1 << 24;

    /** The largest number of categories of a value. */
    public static final int MAX_CATEGORIES = 1 << 24;

    /** The longest stream of an item, in bytes. */
    public static final int MAX_STREAM_BYTES = CheckedStream.MAX_LENGTH;

    /** The largest number of values in an item of any size. */
    public static final int MAX_ITEM_VALUES = 1 << 30;

    /** The longest head of a frame, in bytes. */
    public static final int MAX_FRAME_HEAD_BYTES = 1 << 24;

    /** The largest number of items in a frame. */
    public static final int MAX_FRAME_ITEMS = 1 << 16;

    /** The writer ends a frame whose payload has that many bytes. */
    public static final int FRAME_BYTES = 1 << 16;

    /** The writer ends a frame that has that many items. */
    public static final int FRAME_ITEMS = 1024;

    /** Times of items are from minus that many milliseconds since 1970 to that many. */
    public static final long MAX_TIME = 1L << 53;

    /** Permissions of items are from 0 to this: nine bits. */
    public static final int MAX_MODE = 0777;

    /** The longest name of an item, in bytes of UTF-8. */
    public static final int MAX_NAME_BYTES = 4096;

    /** Magic, format version, arithmetic version, flags and header length: the same in every format version. */
    static final int FIXED_HEADER_BYTES = 20;

    public static final int CHECKSUM_BYTES = 4;

    /** In the header: items may have side information. */
    static final int SIDE_FLAG = 1;

    /** In the header, with {@link #SIDE_FLAG}: the items are sequences of any length. */
    static final int SEQUENCES_FLAG = 2;

    /** In the header, with {@link #SIDE_FLAG}: the items are images of any size. */
    static final int IMAGES_FLAG = 4;

    /** In the header: the items are records, with {@link #SIDE_FLAG} such whose end the model tells, else the values of the space. */
    static final int RECORDS_FLAG = 8;

    /** In the header, alone: it is that of a continuation. */
    static final int CONTINUATION_FLAG = 16;

    /** A table has a copy of the header if the payloads of its segment have that many bytes. */
    public static final long HEADER_COPY_BYTES = 1 << 14;

    /** How many tables a reader reads that are not covered by others. */
    public static final int MAX_TABLES = 1 << 17;

    private static final byte[] MAGIC = {(byte) 0x8F, 'A', 'R', 'D', 'M', '\r', '\n', 0x1A};

    private ArchiveFormat() {}

    /**
     * The first 8 bytes of every segment, and the last but 4. No text starts with the first byte, and a transfer that treats the
     * file as text changes the line end.
     */
    public static byte[] magic() {
        return MAGIC.clone();
    }
}
