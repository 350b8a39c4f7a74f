package dev.ardm.data.structure;

import dev.ardm.data.DataException;

/**
 * The pixels of a BMP in runs of one colour, or of two in turn with 4 bits. Every pixel must be given: what is passed over has no
 * stated colour.
 *
 * @param samples row-major from the top
 * @param end where the bytes end
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; only carries values.
record BmpRuns(int[] samples, long end) {
    private static final int END_OF_ROW = 0;
    private static final int END = 1;
    private static final int MOVE = 2;

    static BmpRuns read(Fields in, long from, int height, int width, int depth) throws DataException {
        if ((long) height * width > 256L * in.length()) {
            throw in.damaged("it has too few runs");
        }
        int[] samples = new int[height * width];
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
                    return new BmpRuns(samples, at);
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
            for (int i = 0; i < pixels; i++) {
                int packed = count == 0 ? in.u8(at + (depth == 8 ? i : i / 2)) : value;
                samples[target + i] = depth == 8 ? packed : i % 2 == 0 ? packed >> 4 : packed & 15;
            }
            if (count == 0) {
                int bytes = depth == 8 ? pixels : (pixels + 1) / 2;
                at += bytes + bytes % 2;
            }
            column += pixels;
        }
    }
}
