package dev.ardm.core.masking.window;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The decoded values of a raster: the part that each window generates. Needs memory for these only. For one thread. */
public final class DecodedTiles {
    private final ImageTiling tiling;
    private final int channels;
    private final Map<Long, int[]> parts = new HashMap<>();

    public DecodedTiles(ImageTiling tiling, int channels) {
        this.tiling = tiling;
        this.channels = channels;
    }

    private long key(int row, int column) {
        return (long) row * tiling.columns().count() + column;
    }

    /**
     * Writes the known values of a window into its item: decoded values, and the padding value outside the raster.
     *
     * @param width pixels of a row of the window
     */
    public void known(ImageTiling.Tile tile, int[] item, int width, int paddingValue) {
        int height = item.length / channels / width;
        for (int row = 0; row < height; row++) {
            int from = row * width;
            boolean inside = row < tile.y().to();
            int end = inside ? tile.x().to() : 0;
            Arrays.fill(item, (from + end) * channels, (from + width) * channels, paddingValue);
            int known = row < tile.y().from() ? end : Math.min(end, tile.x().from());
            for (int column = 0; column < known; column++) {
                pixel(tile.y().start() + row, tile.x().start() + column, item, (from + column) * channels);
            }
        }
    }

    private void pixel(int y, int x, int[] to, int at) {
        int row = tiling.rows().owner(y);
        int column = tiling.columns().owner(x);
        int[] part = parts.get(key(row, column));
        if (part == null) {
            throw new IllegalStateException("row " + y + ", column " + x + " is needed before it is decoded");
        }
        SequenceWindow rows = tiling.rows().window(row);
        SequenceWindow columns = tiling.columns().window(column);
        int pixel = (y - rows.start() - rows.from()) * columns.generated() + x - columns.start() - columns.from();
        System.arraycopy(part, pixel * channels, to, at, channels);
    }

    /**
     * Takes what a window generated.
     *
     * @param width pixels of a row of the window
     */
    public void put(ImageTiling.Tile tile, int[] item, int width) {
        int values = tile.x().generated() * channels;
        int[] part = new int[tile.y().generated() * values];
        for (int row = 0; row < tile.y().generated(); row++) {
            int from = (tile.y().from() + row) * width + tile.x().from();
            System.arraycopy(item, from * channels, part, row * values, values);
        }
        parts.put(key(tile.row(), tile.column()), part);
    }

    /** Copies the whole raster, row-major; all of it must be decoded. */
    public void copyTo(int[] values, int offset) {
        int width = tiling.columns().length();
        for (int row = 0; row < tiling.rows().count(); row++) {
            SequenceWindow rows = tiling.rows().window(row);
            for (int column = 0; column < tiling.columns().count(); column++) {
                SequenceWindow columns = tiling.columns().window(column);
                int[] part = parts.get(key(row, column));
                if (part == null) {
                    throw new IllegalStateException("window " + row + ", " + column + " is not decoded");
                }
                int length = columns.generated() * channels;
                for (int y = 0; y < rows.generated(); y++) {
                    int to = (rows.start() + rows.from() + y) * width + columns.start() + columns.from();
                    System.arraycopy(part, y * length, values, offset + to * channels, length);
                }
            }
        }
    }
}
