package dev.ardm.exact.internal.vector;

/** What the innermost loops work on: some pixels by one panel, over some consecutive taps. One object serves a whole run of tiles. */
final class Tile {
    /** The input. Pixel p's taps are from {@code start + p * pixelStep}. */
    final float[] x;

    final int pixelStep;
    int start;

    /** The weights, tap by tap, one panel width each, from {@code panelStart}. */
    final float[] panel;

    int panelStart;
    int taps;

    /** Where the chains stand: pixel p's at {@code fromStart + p * fromStep}, one panel width. */
    float[] from;

    int fromStart;
    int fromStep;

    /** Where the chains go: pixel p's to {@code outStart + p * outStep}, one panel width. May be {@code from}. */
    final float[] out;

    int outStart;
    final int outStep;

    Tile(float[] x, int pixelStep, float[] panel, float[] bias, float[] out, int outStep) {
        this.x = x;
        this.pixelStep = pixelStep;
        this.panel = panel;
        this.from = bias;
        this.out = out;
        this.outStep = outStep;
    }
}
