package dev.ardm.core.counts.pixel;

/** The colours of the pixels around one that come before it, and which of them are the same. */
final class Surroundings {
    /** How many neighbours are looked at. */
    static final int COUNT = 8;

    /** The neighbours that a pixel may be copied from: left, above, above left and above right. */
    static final int COPIED = 4;

    private static final int[] ROWS = {0, 1, 1, 1, 0, 2, 1, 2}; // above
    private static final int[] COLUMNS = {-1, 0, -1, 1, -2, 0, 2, 1};

    /** Of each neighbour its colour. */
    final long[] colours = new long[COUNT];

    private final int height;
    private final int width;
    private final long[] known;

    Surroundings(int height, int width) {
        this.height = height;
        this.width = width;
        this.known = new long[height * width];
    }

    /** Number of rows. */
    int height() {
        return height;
    }

    /** Looks at the neighbours of a pixel; beyond the sides are the nearest, above the first row is nothing. */
    void look(int row, int column) {
        for (int k = 0; k < COUNT; k++) {
            int y = row - ROWS[k];
            int x = column + COLUMNS[k];
            if (x < 0 && ROWS[k] == 0) {
                y--;
                x = column;
            }
            colours[k] = y < 0 ? 0 : known[y * width + Math.max(0, Math.min(width - 1, x))];
        }
    }

    /** The colour of a pixel is known now. */
    void put(int row, int column, long colour) {
        known[row * width + column] = colour;
    }

    /** Which neighbours are the same, as one of 64. */
    int same() {
        return (colours[0] == colours[1] ? 1 : 0)
                + (colours[1] == colours[2] ? 2 : 0)
                + (colours[1] == colours[3] ? 4 : 0)
                + (colours[0] == colours[2] ? 8 : 0)
                + (colours[0] == colours[4] ? 16 : 0)
                + (colours[1] == colours[5] ? 32 : 0);
    }

    /** Of each neighbour the number of the first one that is the same. */
    long pattern() {
        long pattern = 0;
        for (int k = 1; k < COUNT; k++) {
            int first = 0;
            while (colours[first] != colours[k]) {
                first++;
            }
            pattern = pattern << 3 | first;
        }
        return pattern;
    }
}
