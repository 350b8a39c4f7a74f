package dev.ardm.core.masking.window;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The windows of a raster of any size. Each generates a rectangle of its own: the part that the windows before it in either
 * direction do not reach. These rectangles cover the raster once. The rest of a window is in rectangles of windows that are not
 * after it in either direction. So windows with the same sum of grid row and column (a <em>wave</em>) do not need each
 * other. Part of the archive format.
 *
 * @param rows where windows are from top to bottom
 * @param columns where windows are from left to right
 */
public record ImageTiling(Axis rows, Axis columns) {
    /**
     * Windows along one direction, of at least one pixel. Every window except the first begins {@code context} pixels before the
     * end of the previous one; the last ends with the raster.
     *
     * @param length pixels of the raster
     * @param window pixels of a window
     * @param context pixels, in [0, window)
     */
    public record Axis(int length, int window, int context) {
        public int count() {
            return SequenceWindow.count(length, window, context);
        }

        /** The part that a window generates; see {@link SequenceWindow}. */
        public SequenceWindow window(int index) {
            return SequenceWindow.of(length, window, context, index);
        }

        /** The window that generates a pixel. */
        public int owner(int pixel) {
            if (pixel < window) {
                return 0;
            }
            return (pixel - window) / (window - context) + 1;
        }
    }

    public static ImageTiling of(int height, int width, int windowHeight, int windowWidth, int context) {
        return new ImageTiling(new Axis(height, windowHeight, context), new Axis(width, windowWidth, context));
    }

    /**
     * Checks the shape of an image of any size.
     *
     * @param values number of its values
     * @param channels number of values of a pixel in a layer
     * @throws IllegalArgumentException if it is not a height, a width and a number of layers that make that many values
     */
    public static void checkShape(int[] shape, int values, int channels) {
        if (shape.length != 3 || shape[0] < 1 || shape[1] < 1 || shape[2] < 1) {
            throw new IllegalArgumentException(
                    "an image has a height, a width and a number of layers, got " + Arrays.toString(shape));
        }
        long wanted = (long) shape[0] * shape[1];
        // Values are an int: what exceeds it differs in any case.
        wanted = wanted > values ? wanted : wanted * shape[2];
        wanted = wanted > values ? wanted : wanted * channels;
        if (values != wanted) {
            throw new IllegalArgumentException("an image of " + shape[0] + "x" + shape[1] + " pixels in " + shape[2]
                    + " layers of " + channels + " channels cannot have " + values + " values");
        }
    }

    /** Number of windows. */
    public long windows() {
        return (long) rows.count() * columns.count();
    }

    public int waves() {
        return rows.count() + columns.count() - 1;
    }

    /** The windows of a wave from top to bottom. */
    public List<Tile> wave(int wave) {
        List<Tile> tiles = new ArrayList<>();
        int last = Math.min(rows.count() - 1, wave);
        for (int row = Math.max(0, wave - columns.count() + 1); row <= last; row++) {
            tiles.add(new Tile(row, wave - row, rows.window(row), columns.window(wave - row)));
        }
        return tiles;
    }

    /**
     * A window.
     *
     * @param row its row in the grid
     * @param column its column in the grid
     * @param y which rows it sees and generates
     * @param x which columns it sees and generates
     */
    public record Tile(int row, int column, SequenceWindow y, SequenceWindow x) {
        /** Number of pixels that are generated. */
        public int generated() {
            return y.generated() * x.generated();
        }

        /** Whether two windows generate the same part of what they see. */
        public Kind kind() {
            return new Kind(y.from(), y.to(), x.from(), x.to());
        }
    }

    /**
     * The part of a window that is generated: rows and columns in the window, the ends exclusive.
     */
    public record Kind(int top, int bottom, int left, int right) {
        /** Flags of the pixels of a window, row-major: whether they are known or filling, {@code each} times. */
        public boolean[] known(int height, int width, int each) {
            boolean[] known = new boolean[height * width * each];
            for (int i = 0; i < known.length; i++) {
                int pixel = i / each;
                int row = pixel / width;
                int column = pixel % width;
                known[i] = row < top || row >= bottom || column < left || column >= right;
            }
            return known;
        }
    }
}
