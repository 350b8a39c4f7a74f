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

    /** Rectangles for that many threads, more of which would be shorter than {@code least}. */
    static Cut of(int rows, int columns, int threads, double workEach, double least) {
        Cut best = new Cut(rows, columns, Math.max(1, rows), Math.max(1, columns));
        int most = (int) Math.min(4L * threads, (long) (rows * (double) columns * workEach / least));
        if (threads == 1 || most <= 1) {
            return best;
        }
        double shortest = Double.POSITIVE_INFINITY;
        for (int across = 1; across <= Math.min(columns, most); across++) {
            int columnsEach = ceiling(columns, across);
            for (int down = 1; down <= Math.min(rows, most / across); down++) {
                Cut cut = new Cut(rows, columns, ceiling(rows, down), columnsEach);
                int turns = ceiling(cut.count(), threads);
                double time = turns * (cut.rowsEach + OVERHEAD * rows) * columnsEach;
                if (time < shortest) {
                    shortest = time;
                    best = cut;
                }
            }
        }
        return best;
    }

    /** Without overflow, however many elements an array has. */
    private static int ceiling(int dividend, int divisor) {
        return dividend / divisor + (dividend % divisor == 0 ? 0 : 1);
    }

    private int across() {
        return ceiling(columns, columnsEach);
    }

    /** Number of rectangles. */
    int count() {
        return ceiling(rows, rowsEach) * across();
    }

    int firstRow(int rectangle) {
        return rectangle / across() * rowsEach;
    }

    int endRow(int rectangle) {
        int first = firstRow(rectangle);
        return first + Math.min(rowsEach, rows - first);
    }

    int firstColumn(int rectangle) {
        return rectangle % across() * columnsEach;
    }

    int endColumn(int rectangle) {
        int first = firstColumn(rectangle);
        return first + Math.min(columnsEach, columns - first);
    }
}
