package dev.ardm.core.engine;

/**
 * A grid of rows and columns of equal work, cut into rectangles of nearly one size.
 *
 * @param rows rows of the grid
 * @param columns columns of the grid
 * @param rowsEach rows of a rectangle; those at the end may have fewer
 * @param columnsEach columns of a rectangle; likewise
 */
record Cut(int rows, int columns, int rowsEach, int columnsEach) {
    /** Work that a rectangle costs on top, in rows of it: what it copies and fetches for itself. */
    private static final double OVERHEAD = 0.05;

    /** Rectangles for so many threads, more of which would be shorter than {@code least}. */
    static Cut of(int rows, int columns, int threads, double workEach, double least) {
        Cut best = new Cut(rows, columns, Math.max(1, rows), Math.max(1, columns));
        int most = (int) Math.min(4L * threads, (long) (rows * (double) columns * workEach / least));
        if (threads == 1 || most <= 1) {
            return best;
        }
        double shortest = Double.POSITIVE_INFINITY;
        for (int across = 1; across <= Math.min(columns, most); across++) {
            int columnsEach = (columns + across - 1) / across;
            for (int down = 1; down <= Math.min(rows, most / across); down++) {
                Cut cut = new Cut(rows, columns, (rows + down - 1) / down, columnsEach);
                int turns = (cut.count() + threads - 1) / threads;
                double time = turns * (cut.rowsEach + OVERHEAD * rows) * columnsEach;
                if (time < shortest) {
                    shortest = time;
                    best = cut;
                }
            }
        }
        return best;
    }

    private int across() {
        return (columns + columnsEach - 1) / columnsEach;
    }

    /** Number of rectangles. */
    int count() {
        return (rows + rowsEach - 1) / rowsEach * across();
    }

    int firstRow(int rectangle) {
        return rectangle / across() * rowsEach;
    }

    int endRow(int rectangle) {
        return Math.min(rows, firstRow(rectangle) + rowsEach);
    }

    int firstColumn(int rectangle) {
        return rectangle % across() * columnsEach;
    }

    int endColumn(int rectangle) {
        return Math.min(columns, firstColumn(rectangle) + columnsEach);
    }
}
