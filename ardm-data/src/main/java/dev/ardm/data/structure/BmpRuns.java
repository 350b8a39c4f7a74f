package dev.ardm.data.structure;

import dev.ardm.data.DataException;
import org.jspecify.annotations.Nullable;

/** The pixels of a BMP in runs of one colour, or of two in turn with 4 bits. Every pixel must be given: what is passed over has no stated colour. */
final class BmpRuns {
    private static final int END_OF_ROW = 0;
    private static final int END = 1;
    private static final int MOVE = 2;

    private BmpRuns() {}

    /**
     * Reads all runs.
     *
     * @param from their place
     * @param depth bits of a pixel, 4 or 8
     * @param into receives the samples, row-major from the top; null if they are only counted
     * @return where they end
     */
    static long read(Fields in, long from, int height, int width, int depth, int @Nullable [] into)
            throws DataException {
        long at = from;
        int row = 0;
        int column = 0;
        while (true) {
            int count = in.u8(at);
            int value = in.u8(at + 1);
            at += 2;
            if (count == 0 && (value == END_OF_ROW || value == END)) {
                boolean rowIsFull = column == width;
                row += rowIsFull ? 1 : 0;
                if (!rowIsFull && !(value == END && row == height && column == 0)) {
                    throw in.unread("its runs leave pixels of row " + row + " out");
                }
                column = 0;
                if (value == END) {
                    if (row < height) {
                        throw in.unread("its runs end at row " + row);
                    }
                    return at;
                }
                continue;
            }
            if (count == 0 && value == MOVE) {
                throw in.unread("its runs leave pixels out");
            }
            int pixels = count == 0 ? value : count;
            if (row >= height || pixels > width - column) {
                throw in.unread("its runs go beyond its rows");
            }
            int target = (height - 1 - row) * width + column;
            for (int i = 0; into != null && i < pixels; i++) {
                int packed = count == 0 ? in.u8(at + (depth == 8 ? i : i / 2)) : value;
                into[target + i] = depth == 8 ? packed : i % 2 == 0 ? packed >> 4 : packed & 15;
            }
            if (count == 0) {
                int bytes = depth == 8 ? pixels : (pixels + 1) / 2;
                at += bytes + bytes % 2;
            }
            column += pixels;
        }
    }
}
