package dev.ardm.coding.format;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.error.NewerVersionException;
import dev.ardm.coding.internal.bytes.ByteCursor;
import dev.ardm.coding.internal.bytes.ByteSink;

/**
 * The fields that the heads of all frames share.
 *
 * @param bytes all of the head
 * @param payloadLength in bytes
 * @param tag the CRC of the header that the frame belongs to
 * @param payloadSum CRC of the payload
 */
@SuppressWarnings("ArrayRecordComponent") // Compared only by their bytes.
public record FrameHead(byte[] bytes, long payloadLength, int type, int tag, int payloadSum) {
    /** Sync and length. */
    public static final int LENGTH_AT = 4;

    /** Sync to CRC of the payload. */
    public static final int FIXED_BYTES = 28;

    public static final int LEAST_BYTES = FIXED_BYTES + ArchiveFormat.CHECKSUM_BYTES;
    public static final int ITEMS = 1;
    public static final int MODEL = 2;
    public static final int RECORDS = 3;

    private static final int FIRST_TO_PASS_OVER = 128;
    private static final byte[] SYNC = {(byte) 0xF7, 'A', 'R', 'F'};

    public static byte[] sync() {
        return SYNC.clone();
    }

    public boolean holdsItems() {
        return type == ITEMS || type == RECORDS;
    }

    public boolean holdsRecords() {
        return type == RECORDS;
    }

    /** The bytes of a head; what the type asks for is put after by the caller, and then the checksum. */
    public static byte[] encode(int type, int tag, long payloadLength, long payloadSum, byte[] rest) {
        return new ByteSink()
                .bytes(SYNC)
                .number(LEAST_BYTES + rest.length, 4)
                .number(payloadLength, 8)
                .number(type, 1)
                .number(0, 3)
                .number(tag, 4)
                .number(payloadSum, 4)
                .bytes(rest)
                .checksum()
                .toByteArray();
    }

    /** The head without what a reader of a table with its tag can put together itself. */
    public byte[] encodeShort() {
        int fields = bytes.length - LEAST_BYTES;
        return new ByteSink()
                .number(type, 1)
                .varint(payloadLength)
                .number(payloadSum, 4)
                .varint(fields)
                .bytes(bytes, FIXED_BYTES, fields)
                .toByteArray();
    }

    /** The length that a head states, from a cursor after its sync. */
    public static int length(ByteCursor cursor) throws DamagedException {
        long length = cursor.number(4);
        if (length < LEAST_BYTES || length > ArchiveFormat.MAX_FRAME_HEAD_BYTES) {
            throw cursor.damaged("head of a frame: a length of " + length + " bytes");
        }
        return (int) length;
    }

    /**
     * Reads a head.
     *
     * @param at where the bytes are in the file
     */
    public static FrameHead parse(String file, long at, byte[] bytes) throws DamagedException, NewerVersionException {
        ByteCursor cursor = new ByteCursor(file, "head of a frame", at, bytes, bytes.length);
        if (bytes.length < LEAST_BYTES || !startsWithSync(bytes) || !SegmentHeader.checksumHolds(bytes)) {
            throw cursor.damaged("it does not match its checksum");
        }
        cursor.skip(SYNC.length);
        if (cursor.number(4) != bytes.length) {
            throw cursor.damaged("its length differs from the one it states");
        }
        long payload = cursor.number(8);
        if (payload < 0) {
            throw cursor.damaged("a payload of more than 2^63 bytes");
        }
        int type = (int) cursor.number(1);
        long reserved = cursor.number(3);
        if (reserved != 0 || type != ITEMS && type != MODEL && type != RECORDS && type < FIRST_TO_PASS_OVER) {
            throw new NewerVersionException(
                    file, "it has a frame of type " + type + (reserved == 0 ? "" : " with reserved bytes set"));
        }
        return new FrameHead(bytes, payload, type, (int) cursor.number(4), (int) cursor.number(4));
    }

    private static boolean startsWithSync(byte[] bytes) {
        for (int k = 0; k < SYNC.length; k++) {
            if (bytes[k] != SYNC[k]) {
                return false;
            }
        }
        return true;
    }
}
