package dev.ardm.exact;

/**
 * Cuts a product or a convolution into tiles and runs them in an order that suits the caches. Chains are carried over a stretch of taps at a time and
 * rest in the output array between, which changes nothing in them.
 */
final class TileDriver {
    /** Floats of input that are reused from the cache while the panels change. */
    private static final int BLOCK = 48 * 1024;

    /** Taps of a panel that stay in the first cache while the pixels change. */
    private static final int STRETCH = 192;

    private TileDriver() {}

    /**
     * Where the input of a grid of output pixels lies: pixel (y, x) has {@code segments} runs of {@code segmentLength} floats, run s at
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
            return new Input(values, start, 1, rows, 0, depth, 1, 0, depth);
        }
    }

    /** Where results go: pixels in row-major order from {@code start}, {@code step} floats apart. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Output(float[] values, int start, int step) {}

    /**
     * Computes all outputs of all pixels.
     *
     * @param panels weights as in {@link Panels}
     * @param bias start of the chains, padded to whole vectors
     */
    static void run(Input in, float[] panels, int outputs, float[] bias, Output out, Workspace workspace) {
        int rowsPerBlock = Math.max(1, BLOCK / Math.max(1, in.rowStep));
        int pixelsPerBlock = Math.max(1, BLOCK / in.pixelStep / Lanes.MAX_PIXELS) * Lanes.MAX_PIXELS;
        for (int y = 0; y < in.height; y += rowsPerBlock) {
            int yEnd = Math.min(y + rowsPerBlock, in.height);
            for (int x = 0; x < in.width; x += pixelsPerBlock) {
                int xEnd = Math.min(x + pixelsPerBlock, in.width);
                for (int first = 0; first < outputs; first += Panels.FULL) {
                    block(in, y, yEnd, x, xEnd, panels, first, outputs, bias, out, workspace);
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
            float[] panels,
            int first,
            int outputs,
            float[] bias,
            Output out,
            Workspace workspace) {
        int width = Panels.width(first, outputs);
        int real = Math.min(width, outputs - first);
        int columns = xEnd - x;
        int target = out.start + (y * in.width + x) * out.step + first;
        float[] chains = out.values;
        int chainStart = target;
        int chainStep = out.step;
        int rowStep = in.width * out.step;
        if (real < width) {
            // The panel is wider than what is left of the outputs: the chains rest aside.
            chains = workspace.floats(Workspace.Slot.TILE, (yEnd - y) * columns * width);
            chainStart = 0;
            chainStep = width;
            rowStep = columns * width;
        }
        int panelStart = first * in.segments * in.segmentLength;
        boolean begun = false;
        for (int s = 0; s < in.segments; s++) {
            int length;
            for (int k = 0; k < in.segmentLength; k += length) {
                int parts = (in.segmentLength - k + STRETCH - 1) / STRETCH;
                length = (in.segmentLength - k + parts - 1) / parts;
                for (int row = y; row < yEnd; row++) {
                    int from = in.start + row * in.rowStep + x * in.pixelStep + s * in.segmentStep + k;
                    int at = chainStart + (row - y) * rowStep;
                    if (begun) {
                        tiles(
                                width,
                                columns,
                                in,
                                from,
                                length,
                                panels,
                                panelStart,
                                chains,
                                at,
                                chainStep,
                                chains,
                                at,
                                chainStep);
                    } else {
                        tiles(
                                width,
                                columns,
                                in,
                                from,
                                length,
                                panels,
                                panelStart,
                                bias,
                                first,
                                0,
                                chains,
                                at,
                                chainStep);
                    }
                }
                begun = true;
                panelStart += length * width;
            }
        }
        if (real < width) {
            for (int row = 0; row < yEnd - y; row++) {
                for (int column = 0; column < columns; column++) {
                    int to = target + (row * in.width + column) * out.step;
                    System.arraycopy(chains, (row * columns + column) * width, out.values, to, real);
                }
            }
        }
    }

    /** One row of pixels for a stretch of taps, in tiles of equal size or nearly so. */
    private static void tiles(
            int width,
            int columns,
            Input in,
            int start,
            int length,
            float[] panels,
            int panelStart,
            float[] from,
            int fromStart,
            int fromStep,
            float[] to,
            int toStart,
            int toStep) {
        int tiles = (columns + Lanes.MAX_PIXELS - 1) / Lanes.MAX_PIXELS;
        int done = 0;
        for (int t = tiles; t > 0; t--) {
            int pixels = (columns - done + t - 1) / t;
            int at = start + done * in.pixelStep;
            int f = fromStart + done * fromStep;
            int o = toStart + done * toStep;
            if (width == Panels.FULL) {
                WideTiles.run(
                        pixels,
                        in.values,
                        at,
                        in.pixelStep,
                        length,
                        panels,
                        panelStart,
                        from,
                        f,
                        fromStep,
                        to,
                        o,
                        toStep);
            } else {
                NarrowTiles.run(
                        pixels,
                        in.values,
                        at,
                        in.pixelStep,
                        length,
                        panels,
                        panelStart,
                        from,
                        f,
                        fromStep,
                        to,
                        o,
                        toStep);
            }
            done += pixels;
        }
    }
}
