package dev.ardm.coding.internal.read;

import dev.ardm.coding.format.ArchiveFormat;
import dev.ardm.coding.format.FrameHead;
import dev.ardm.coding.format.SegmentTable;
import dev.ardm.coding.internal.file.PositionalFile;
import java.io.IOException;
import java.util.Arrays;

/** Finds the places of a file where a header, a frame or a table may begin. */
final class SyncSearch {
    private static final int WINDOW = 1 << 16;
    /** The common beginning of headers, frames and tables. */
    private static final int LENGTH = 4;

    private static final byte[][] STARTS = {
        Arrays.copyOf(ArchiveFormat.magic(), LENGTH), FrameHead.sync(), SegmentTable.sync()
    };

    private final PositionalFile file;
    private final byte[] window = new byte[WINDOW];
    private long base;
    private int filled;

    SyncSearch(PositionalFile file) {
        this.file = file;
    }

    /** The first such place from another on, or the length of the file. */
    long next(long from) throws IOException {
        for (long at = from; at <= file.size() - LENGTH; at++) {
            if (at < base || at + LENGTH > base + filled) {
                base = at;
                filled = (int) Math.min(WINDOW, file.size() - at);
                file.read(base, window, filled);
            }
            int i = (int) (at - base);
            if (window[i + 1] == 'A') {
                for (byte[] start : STARTS) {
                    if (Arrays.equals(window, i, i + LENGTH, start, 0, LENGTH)) {
                        return at;
                    }
                }
            }
        }
        return file.size();
    }
}
