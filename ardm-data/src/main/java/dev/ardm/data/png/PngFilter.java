package dev.ardm.data.png;

/** The five filters of PNG's rows (W3C PNG specification, section 9). */
final class PngFilter {
    /** Number of filters. */
    static final int COUNT = 5;

    private PngFilter() {}

    /**
     * Applies a filter to a row.
     *
     * @param above the row above, zeros for the first
     * @param back bytes of a whole pixel, at least 1
     * @param to as long as the row
     * @return the sum of absolute differences, by which encoders choose
     */
    static long apply(int filter, byte[] row, byte[] above, int back, byte[] to) {
        long sum = 0;
        for (int i = 0; i < row.length; i++) {
            to[i] = (byte) (row[i] - prediction(filter, row, above, back, i));
            sum += Math.abs(to[i]);
        }
        return sum;
    }

    /**
     * Reverses a filter, in place.
     *
     * @param row filtered bytes; afterwards those of the row
     */
    static void undo(int filter, byte[] row, byte[] above, int back) {
        for (int i = 0; i < row.length; i++) {
            row[i] += (byte) prediction(filter, row, above, back, i);
        }
    }

    /**
     * The filter with the least sum of absolute differences, the first of several.
     *
     * @param filtered overwritten with the row as that filter makes it
     * @param scratch overwritten
     */
    static int least(byte[] row, byte[] above, int back, byte[] filtered, byte[] scratch) {
        long best = Long.MAX_VALUE;
        int chosen = 0;
        for (int filter = 0; filter < COUNT; filter++) {
            long sum = apply(filter, row, above, back, scratch);
            if (sum < best) {
                best = sum;
                chosen = filter;
                System.arraycopy(scratch, 0, filtered, 0, row.length);
            }
        }
        return chosen;
    }

    private static int prediction(int filter, byte[] row, byte[] above, int back, int i) {
        int left = i < back ? 0 : row[i - back] & 0xFF;
        int up = above[i] & 0xFF;
        return switch (filter) {
            case 0 -> 0;
            case 1 -> left;
            case 2 -> up;
            case 3 -> (left + up) / 2;
            default -> paeth(left, up, i < back ? 0 : above[i - back] & 0xFF);
        };
    }

    private static int paeth(int left, int up, int corner) {
        int estimate = left + up - corner;
        int toLeft = Math.abs(estimate - left);
        int toUp = Math.abs(estimate - up);
        int toCorner = Math.abs(estimate - corner);
        if (toLeft <= toUp && toLeft <= toCorner) {
            return left;
        }
        return toUp <= toCorner ? up : corner;
    }
}
