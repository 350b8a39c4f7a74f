package dev.ardm.exact.internal.vector;

import dev.ardm.exact.ProductOutput;
import dev.ardm.exact.Workspace;

/**
 * Cuts a product or a convolution into tiles and runs them in an order that suits the caches. Chains are carried over a stretch of taps at a time and
 * rest in the output array between, which changes nothing in them.
 */
final class TileDriver {
    /** Floats of input that are reused from the cache while the panels change. */
    private static final int BLOCK = 48 * 1024;

    /** Floats of a panel that stay in the first cache while the pixels change. */
    private static final int STRETCH = 12 * 1024;

    /** Pixels in a block are a multiple of it: of the heights of all tiles. */
    private static final int PIXELS = 24;

    private TileDriver() {}

    /**
     * Where the input of a grid of output pixels is: pixel (y, x) has {@code segments} runs of {@code segmentLength} floats, run s at
     * {@code start + y * rowStep + x * pixelStep + s * segmentStep}.
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Input(
            float[] values,
            int start,
            int height,
            int width,
            int rowStep,
            int pixelStep,
            int segments,
            int segmentStep,
            int segmentLength) {
        /** Consecutive rows of a matrix. */
        static Input matrix(float[] values, int start, int rows, int depth) {
            return firstColumns(values, start, rows, depth, depth);
        }

        /** The first {@code columns} of consecutive rows of {@code step} floats: a product over the first taps of the panels. */
        static Input firstColumns(float[] values, int start, int rows, int step, int columns) {
            return new Input(values, start, 1, rows, 0, step, 1, 0, columns);
        }
    }

    /**
     * Computes the wanted outputs of all pixels.
     *
     * @param bias start of the chains, padded to whole vectors
     * @param firstRow row of the output for the first pixel
     */
    static void run(Input in, Panels panels, float[] bias, ProductOutput out, int firstRow, Workspace workspace) {
        int rowsPerBlock = Math.max(1, BLOCK / Math.max(1, in.rowStep));
        int pixelsPerBlock = Math.max(1, BLOCK / in.pixelStep / PIXELS) * PIXELS;
        for (int y = 0; y < in.height; y += rowsPerBlock) {
            int yEnd = Math.min(y + rowsPerBlock, in.height);
            for (int x = 0; x < in.width; x += pixelsPerBlock) {
                int xEnd = Math.min(x + pixelsPerBlock, in.width);
                for (int first = out.first(); first < out.end(); first += Panels.width(first, panels.outputs())) {
                    block(in, y, yEnd, x, xEnd, panels, first, bias, out, firstRow, workspace);
                }
            }
        }
    }

    /** One panel for a rectangle of pixels. */
    private static void block(
            Input in,
            int y,
            int yEnd,
            int x,
            int xEnd,
            Panels panels,
            int first,
            float[] bias,
            ProductOutput out,
            int firstRow,
            Workspace workspace) {
        int width = Panels.width(first, panels.outputs());
        int real = Math.min(width, panels.outputs() - first);
        int columns = xEnd - x;
        int target = out.offset() + (firstRow + y * in.width + x) * out.step() + first;
        float[] chains = out.values();
        int chainStart = target;
        int chainStep = out.step();
        int rowStep = in.width * out.step();
        boolean aside = real < width;
        if (aside) {
            // The panel is wider than what is left of the outputs: the chains rest aside.
            chains = workspace.floats(Workspace.Slot.TILE, (yEnd - y) * columns * width);
            chainStart = 0;
            chainStep = width;
            rowStep = columns * width;
        }
        Tile tile = new Tile(in.values, in.pixelStep, panels.values(), bias, chains, chainStep);
        tile.panelStart = first * panels.depth();
        boolean begun = out.accumulate();
        if (begun) {
            tile.from = chains;
            tile.fromStep = chainStep;
            if (aside) {
                for (int row = 0; row < yEnd - y; row++) {
                    for (int column = 0; column < columns; column++) {
                        int from = target + (row * in.width + column) * out.step();
                        System.arraycopy(out.values(), from, chains, (row * columns + column) * width, real);
                    }
                }
            }
        }
        int stretch = STRETCH / width;
        for (int s = 0; s < in.segments; s++) {
            for (int k = 0; k < in.segmentLength; k += tile.taps) {
                int left = in.segmentLength - k;
                int parts = (left + stretch - 1) / stretch;
                tile.taps = (left + parts - 1) / parts;
                for (int row = y; row < yEnd; row++) {
                    tile.start = in.start + row * in.rowStep + x * in.pixelStep + s * in.segmentStep + k;
                    tile.outStart = chainStart + (row - y) * rowStep;
                    tile.fromStart = begun ? tile.outStart : first;
                    row(tile, width, columns);
                }
                begun = true;
                tile.from = chains;
                tile.fromStep = chainStep;
                tile.panelStart += tile.taps * width;
            }
        }
        if (aside) {
            for (int row = 0; row < yEnd - y; row++) {
                for (int column = 0; column < columns; column++) {
                    int to = target + (row * in.width + column) * out.step();
                    System.arraycopy(chains, (row * columns + column) * width, out.values(), to, real);
                }
            }
        }
    }

    /** One row of pixels for a stretch of taps, in tiles of equal size or nearly so. */
    private static void row(Tile tile, int width, int columns) {
        int left = columns;
        int vectors = width / Lanes.WIDTH;
        int most = Lanes.pixels(vectors);
        for (int tiles = (columns + most - 1) / most; tiles > 0; tiles--) {
            int pixels = (left + tiles - 1) / tiles;
            switch (vectors) {
                case 4 -> FullTiles.run(pixels, tile);
                case 2 -> WideTiles.run(pixels, tile);
                default -> NarrowTiles.run(pixels, tile);
            }
            tile.start += pixels * tile.pixelStep;
            tile.fromStart += pixels * tile.fromStep;
            tile.outStart += pixels * tile.outStep;
            left -= pixels;
        }
    }
}
