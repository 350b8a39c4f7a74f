package dev.ardm.coding.format;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.error.NewerVersionException;
import dev.ardm.coding.internal.bytes.ByteCursor;
import dev.ardm.coding.internal.file.PositionalFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The place of a segment's table, which may cover segments before it too. Does not contain its entries.
 *
 * @param begin of the first segment that is covered
 * @param at where the table begins
 * @param end of the footer after it
 * @param items in its frames
 * @param copyAt where the copy of the header is
 * @param copyLength of that copy in bytes; 0 if there is none
 * @param frames number of its entries
 * @param entriesAt where the first of them is
 * @param shortTag the tag of all frames, if the entries are short ones; else null
 */
public record SegmentTable(
        long begin,
        long at,
        long end,
        long items,
        long copyAt,
        int copyLength,
        long frames,
        long entriesAt,
        @Nullable Integer shortTag) {
    /** Sync, length, flags, a number of frames and checksum. */
    public static final int LEAST_BYTES = 18;

    /** The least number of bytes between the frames of two segments: a table, a footer and a continuation header. */
    public static final int LEAST_GAP = LEAST_BYTES + Footer.BYTES + SegmentHeader.CONTINUATION_BYTES;

    public static final int HEADER_FLAG = 1;

    /** The entries are short: they leave out the fields of a head that follow from the others. */
    public static final int SHORT_FLAG = 2;

    /** Gap, type, length and CRC of the payload, length of the fields. */
    private static final int LEAST_SHORT_BYTES = 8;

    private static final byte[] SYNC = {(byte) 0xF7, 'A', 'R', 'T'};
    private static final int WINDOW = 1 << 16;
    private static final int START_BYTES = 32;

    public static byte[] sync() {
        return SYNC.clone();
    }

    public long length() {
        return end - Footer.BYTES - at;
    }

    /** Where the entries end. */
    public long entriesEnd() {
        return end - Footer.BYTES - ArchiveFormat.CHECKSUM_BYTES;
    }

    /** The table whose footer ends at a place, with a pass over all of it, so that damage is called so. */
    public static SegmentTable check(PositionalFile file, long end) throws IOException {
        Footer footer = Footer.read(file, end);
        long at = end - Footer.BYTES - footer.tableLength();
        if (!checksumHolds(file, at, footer.tableLength())) {
            throw new DamagedException(file.name(), -1, at, "table: it does not match its checksum", "");
        }
        return read(file, footer, end);
    }

    /** The same when its checksum was looked at before. */
    public static SegmentTable read(PositionalFile file, Footer footer, long end) throws IOException {
        long at = end - Footer.BYTES - footer.tableLength();
        long to = end - Footer.BYTES - ArchiveFormat.CHECKSUM_BYTES;
        byte[] start = file.read(at, (int) Math.min(START_BYTES, to - at));
        ByteCursor cursor = new ByteCursor(file.name(), "table", at, start, start.length);
        if (!Arrays.equals(cursor.bytes(SYNC.length), SYNC) || cursor.number(8) != footer.tableLength()) {
            throw cursor.damaged("it does not begin as one");
        }
        int flags = (int) cursor.number(1);
        if ((flags & ~(HEADER_FLAG | SHORT_FLAG)) != 0) {
            throw new NewerVersionException(
                    file.name(), "its table has flags 0x" + Integer.toHexString(flags) + " set");
        }
        Integer shortTag = (flags & SHORT_FLAG) == 0 ? null : (int) cursor.number(4);
        int copyLength = 0;
        long copyAt = cursor.position();
        if ((flags & HEADER_FLAG) != 0) {
            copyLength = cursor.varint("length of the copy of the header", SegmentHeader.CONTINUATION_BYTES, (int)
                    Math.min(ArchiveFormat.MAX_HEADER_BYTES, to - at));
            copyAt = cursor.position();
            long behind = copyAt + copyLength;
            if (behind >= to) {
                throw cursor.damaged("the copy of the header is incomplete");
            }
            start = file.read(behind, (int) Math.min(START_BYTES, to - behind));
            cursor = new ByteCursor(file.name(), "table", behind, start, start.length);
        }
        long frames = cursor.varint(
                "number of frames", 0L, (to - at) / (shortTag == null ? FrameHead.LEAST_BYTES : LEAST_SHORT_BYTES));
        return new SegmentTable(
                end - footer.reach(), at, end, footer.items(), copyAt, copyLength, frames, cursor.position(), shortTag);
    }

    /** Whether a part of the file ends with the CRC of the rest of it. */
    public static boolean checksumHolds(PositionalFile file, long at, long length) throws IOException {
        long end = at + length - ArchiveFormat.CHECKSUM_BYTES;
        byte[] stated = file.read(end, ArchiveFormat.CHECKSUM_BYTES);
        return new ByteCursor(file.name(), "checksum", end, stated, stated.length).number(stated.length)
                == checksum(file, at, end);
    }

    /** The CRC of a part of the file that may be larger than memory. */
    public static long checksum(PositionalFile file, long from, long to) throws IOException {
        CRC32C crc = new CRC32C();
        byte[] window = new byte[(int) Math.min(WINDOW, to - from)];
        for (long at = from; at < to; at += window.length) {
            int length = (int) Math.min(window.length, to - at);
            file.read(at, window, length);
            crc.update(window, 0, length);
        }
        return crc.getValue();
    }
}
