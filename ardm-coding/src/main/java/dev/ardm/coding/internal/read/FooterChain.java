package dev.ardm.coding.internal.read;

import dev.ardm.coding.error.ArchiveException;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchiveFormat;
import dev.ardm.coding.format.Footer;
import dev.ardm.coding.format.FrameHead;
import dev.ardm.coding.format.SegmentHeader;
import dev.ardm.coding.format.SegmentTable;
import dev.ardm.coding.internal.bytes.ByteCursor;
import dev.ardm.coding.internal.file.PositionalFile;
import java.io.IOException;
import java.util.Arrays;

/** The footers of a file: each contains the end of the one before it. */
public final class FooterChain {
    private static final int WINDOW = 1 << 16;
    /** From the magic in a footer to its end. */
    private static final int MAGIC_TO_END = 12;

    /** Header, head of a frame, an item, table and footer: nothing shorter can have been committed. */
    private static final int LEAST_SEGMENT =
            SegmentHeader.CONTINUATION_BYTES + FrameHead.LEAST_BYTES + 1 + SegmentTable.LEAST_BYTES + Footer.BYTES;

    private FooterChain() {}

    /**
     * Where the footers end that lead from a place to the beginning of the file, the first of the file first.
     *
     * @throws DamagedException if one of them is not there
     */
    public static long[] ends(PositionalFile file, long end) throws IOException {
        long[] ends = new long[16];
        int count = 0;
        for (long at = end; at > 0; at -= Footer.read(file, at).reach()) {
            if (count == ArchiveFormat.MAX_TABLES) {
                throw new DamagedException(
                        file.name(), -1, at, "more than " + count + " tables", "a rewritten archive has one");
            }
            if (count == ends.length) {
                ends = Arrays.copyOf(ends, 2 * count);
            }
            ends[count++] = at;
        }
        if (count == 0) {
            Footer.read(file, 0); // Says that it is not there.
        }
        long[] inOrder = new long[count];
        for (int i = 0; i < count; i++) {
            inOrder[i] = ends[count - 1 - i];
        }
        return inOrder;
    }

    /** Where the last footer of a file ends from which a chain of whole footers and tables leads to its beginning; or 0. */
    static long lastEnd(PositionalFile file) throws IOException {
        byte[] magic = ArchiveFormat.magic();
        byte[] window = new byte[WINDOW + magic.length - 1];
        for (long to = file.size(); to > 0; to -= WINDOW) {
            long from = Math.max(0, to - WINDOW);
            int length = (int) Math.min(window.length, file.size() - from);
            file.read(from, window, length);
            for (int i = (int) (to - from) - 1; i >= 0; i--) {
                long end = from + i + MAGIC_TO_END;
                if (i + magic.length <= length
                        && end <= file.size()
                        && Arrays.equals(window, i, i + magic.length, magic, 0, magic.length)
                        && whole(file, end)) {
                    return end;
                }
            }
        }
        return 0;
    }

    /**
     * The same if what follows that footer is an append that was not finished, rather than one that was and is damaged.
     *
     * @throws DamagedException if a footer ends the file that has at most one wrong byte
     */
    public static long committedEnd(PositionalFile file) throws IOException {
        long end = lastEnd(file);
        if (end > 0 && file.size() - end >= LEAST_SEGMENT) {
            byte[] footer = HeaderRepair.repaired(file.read(file.size() - Footer.BYTES, Footer.BYTES));
            if (footer != null && Footer.isOne(footer) && reachesBackTo(footer, file.size(), end)) {
                throw new DamagedException(
                        file.name(),
                        -1,
                        end,
                        "the footer or table of the last append is damaged",
                        "its items can still be read: open it for recovery");
            }
        }
        return end;
    }

    /** Whether a footer at the end of a file can follow one that ends at a place: not one within bytes of an item. */
    private static boolean reachesBackTo(byte[] footer, long size, long end) throws DamagedException {
        ByteCursor cursor = new ByteCursor("", "footer", 0, footer, footer.length);
        cursor.skip(8);
        long reach = cursor.number(8);
        return reach >= size - end && reach <= size;
    }

    private static boolean whole(PositionalFile file, long end) throws IOException {
        try {
            for (long at : ends(file, end)) {
                SegmentTable.check(file, at);
            }
            return true;
        } catch (ArchiveException e) {
            return false;
        }
    }

    /** The number of items by the footers up to a place. */
    static long items(PositionalFile file, long end) throws IOException {
        long items = 0;
        for (long at : ends(file, end)) {
            items += Footer.read(file, at).items();
        }
        return items;
    }
}
