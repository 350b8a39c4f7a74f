package dev.ardm.exact;

/** Cuts a product or a convolution into tiles and runs them in an order that suits the caches. The order has no influence on the chains. */
final class TileDriver {
    /** Floats of input that are reused from the cache while the panels change. */
    private static final int BLOCK = 48 * 1024;

    private TileDriver() {}

    /**
     * Where the input of a grid of output pixels lies: pixel (y, x) has {@code segments} runs of {@code segmentLength} floats, run s at
     * {@code start + y * rowStep + x * pixelStep + s * segmentStep}.
     */
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

    /**
     * Computes all outputs of all pixels.
     *
     * @param panels weights as in {@link Panels}
     * @param bias start of the chains, padded to whole vectors
     * @param out pixels in row-major order, {@code outStep} apart
     * @param tile scratch of at least {@code MAX_PIXELS * FULL} floats
     */
    static void run(
            Input in, float[] panels, int outputs, float[] bias, float[] out, int outStart, int outStep, float[] tile) {
        int rowsPerBlock = Math.max(1, BLOCK / Math.max(1, in.rowStep));
        int pixelsPerBlock = Math.max(Lanes.MAX_PIXELS, BLOCK / in.pixelStep / Lanes.MAX_PIXELS * Lanes.MAX_PIXELS);
        int depth = in.segments * in.segmentLength;
        for (int y = 0; y < in.height; y += rowsPerBlock) {
            int yEnd = Math.min(y + rowsPerBlock, in.height);
            for (int x = 0; x < in.width; x += pixelsPerBlock) {
                int xEnd = Math.min(x + pixelsPerBlock, in.width);
                for (int first = 0; first < outputs; first += Panels.FULL) {
                    int panelStart = first * depth;
                    for (int row = y; row < yEnd; row++) {
                        rowOfTiles(
                                in,
                                row,
                                x,
                                xEnd,
                                panels,
                                panelStart,
                                first,
                                outputs,
                                bias,
                                out,
                                outStart,
                                outStep,
                                tile);
                    }
                }
            }
        }
    }

    private static void rowOfTiles(
            Input in,
            int y,
            int xFrom,
            int xEnd,
            float[] panels,
            int panelStart,
            int firstOutput,
            int outputs,
            float[] bias,
            float[] out,
            int outStart,
            int outStep,
            float[] tile) {
        int width = Panels.width(firstOutput, outputs);
        int real = Math.min(width, outputs - firstOutput);
        int count = xEnd - xFrom;
        int tiles = (count + Lanes.MAX_PIXELS - 1) / Lanes.MAX_PIXELS;
        int x = xFrom;
        for (int t = tiles; t > 0; t--) {
            // Tiles of equal size, or nearly so, rather than full ones and a small rest.
            int pixels = (xEnd - x + t - 1) / t;
            int target = outStart + (y * in.width + x) * outStep + firstOutput;
            boolean direct = real == width;
            float[] to = direct ? out : tile;
            int toStart = direct ? target : 0;
            int toStep = direct ? outStep : width;
            int from = in.start + y * in.rowStep + x * in.pixelStep;
            if (width == Panels.FULL) {
                WideTiles.run(
                        pixels,
                        in.values,
                        from,
                        in.pixelStep,
                        in.segments,
                        in.segmentStep,
                        in.segmentLength,
                        panels,
                        panelStart,
                        bias,
                        firstOutput,
                        to,
                        toStart,
                        toStep);
            } else {
                NarrowTiles.run(
                        pixels,
                        in.values,
                        from,
                        in.pixelStep,
                        in.segments,
                        in.segmentStep,
                        in.segmentLength,
                        panels,
                        panelStart,
                        bias,
                        firstOutput,
                        to,
                        toStart,
                        toStep);
            }
            if (!direct) {
                for (int p = 0; p < pixels; p++) {
                    System.arraycopy(tile, p * width, out, target + p * outStep, real);
                }
            }
            x += pixels;
        }
    }
}
