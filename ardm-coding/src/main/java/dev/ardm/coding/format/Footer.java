package dev.ardm.coding.format;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.internal.bytes.ByteCursor;
import dev.ardm.coding.internal.bytes.ByteSink;
import dev.ardm.coding.internal.file.PositionalFile;
import java.io.IOException;
import java.util.Arrays;

/**
 * The end of a segment.
 *
 * @param tableLength in bytes
 * @param reach bytes from the beginning of the first segment that the table covers to the end of the footer
 * @param items in the frames of the table
 */
public record Footer(long tableLength, long reach, long items) {
    public static final int BYTES = 40;

    private static final int MAGIC_AT = 28;

    public byte[] encode() {
        return new ByteSink()
                .number(tableLength, 8)
                .number(reach, 8)
                .number(items, 8)
                .number(ArchiveFormat.VERSION, 2)
                .number(0, 2)
                .bytes(ArchiveFormat.magic())
                .checksum()
                .toByteArray();
    }

    /** Reads the footer that ends at a place of a file. */
    public static Footer read(PositionalFile file, long end) throws IOException {
        long at = end - BYTES;
        if (at < 0) {
            throw truncated(file, end);
        }
        return parse(file, at, file.read(at, BYTES));
    }

    private static Footer parse(PositionalFile file, long at, byte[] bytes) throws DamagedException {
        if (!isOne(bytes)) {
            throw truncated(file, at + BYTES);
        }
        ByteCursor cursor = new ByteCursor(file.name(), "footer", at, bytes, bytes.length);
        if (!SegmentHeader.checksumHolds(bytes)) {
            throw cursor.damaged("it does not match its checksum");
        }
        Footer footer = new Footer(cursor.number(8), cursor.number(8), cursor.number(8));
        if (cursor.number(2) != ArchiveFormat.VERSION || cursor.number(2) != 0) {
            throw cursor.damaged("its format version or flags differ from the header's");
        }
        if (footer.tableLength < SegmentTable.LEAST_BYTES
                || footer.reach < 0
                || footer.reach > at + BYTES
                || footer.reach - SegmentHeader.CONTINUATION_BYTES - BYTES < footer.tableLength
                || footer.items < 0) {
            throw cursor.damaged("a table of " + footer.tableLength + " bytes and a reach of " + footer.reach + " at "
                    + at + " (was something cut out or put in?)");
        }
        return footer;
    }

    /** Whether bytes have the magic where a footer has it. */
    public static boolean isOne(byte[] bytes) {
        return Arrays.equals(bytes, MAGIC_AT, MAGIC_AT + 8, ArchiveFormat.magic(), 0, 8);
    }

    private static DamagedException truncated(PositionalFile file, long end) {
        return new DamagedException(file.name(), -1, end, "truncated or overwritten: no footer", "");
    }
}
