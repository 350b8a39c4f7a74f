package dev.ardm.exact;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops, for panels of two vectors. Each tile keeps its chains in local variables, so that they stay in registers, and has one loop
 * only: compilers keep vectors in registers across one loop, but box them across two. Tiles of more than four pixels are in {@link TallTiles}.
 */
final class WideTiles {
    private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
    private static final int WIDTH = Lanes.WIDTH;

    private WideTiles() {}

    /** Carries the chains of {@code pixels} pixels over the tile's taps. */
    static void run(int pixels, Tile t) {
        switch (pixels) {
            case 1 -> pixels1(t);
            case 2 -> pixels2(t);
            case 3 -> pixels3(t);
            case 4 -> pixels4(t);
            default -> TallTiles.run(pixels, t);
        }
    }

    private static void pixels1(Tile t) {
        float[] x = t.x;
        float[] panel = t.panel;
        float[] chains = t.from;
        int at = t.fromStart;
        FloatVector a0 = FloatVector.fromArray(SPECIES, chains, at);
        FloatVector a1 = FloatVector.fromArray(SPECIES, chains, at + WIDTH);
        int pa = t.start;
        int taps = t.taps;
        int w = t.panelStart;
        for (int i = 0; i < taps; i++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, panel, w + i * 2 * WIDTH);
            FloatVector w1 = FloatVector.fromArray(SPECIES, panel, w + i * 2 * WIDTH + WIDTH);
            FloatVector v = FloatVector.broadcast(SPECIES, x[pa + i]);
            a0 = v.fma(w0, a0);
            a1 = v.fma(w1, a1);
        }
        float[] out = t.out;
        int to = t.outStart;
        a0.intoArray(out, to);
        a1.intoArray(out, to + WIDTH);
    }

    private static void pixels2(Tile t) {
        float[] x = t.x;
        float[] panel = t.panel;
        float[] chains = t.from;
        int at = t.fromStart;
        int step = t.fromStep;
        FloatVector a0 = FloatVector.fromArray(SPECIES, chains, at);
        FloatVector a1 = FloatVector.fromArray(SPECIES, chains, at + WIDTH);
        FloatVector b0 = FloatVector.fromArray(SPECIES, chains, at + step);
        FloatVector b1 = FloatVector.fromArray(SPECIES, chains, at + step + WIDTH);
        int pa = t.start;
        int pb = pa + t.pixelStep;
        int taps = t.taps;
        int w = t.panelStart;
        for (int i = 0; i < taps; i++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, panel, w + i * 2 * WIDTH);
            FloatVector w1 = FloatVector.fromArray(SPECIES, panel, w + i * 2 * WIDTH + WIDTH);
            FloatVector v = FloatVector.broadcast(SPECIES, x[pa + i]);
            a0 = v.fma(w0, a0);
            a1 = v.fma(w1, a1);
            v = FloatVector.broadcast(SPECIES, x[pb + i]);
            b0 = v.fma(w0, b0);
            b1 = v.fma(w1, b1);
        }
        float[] out = t.out;
        int to = t.outStart;
        int outStep = t.outStep;
        a0.intoArray(out, to);
        a1.intoArray(out, to + WIDTH);
        b0.intoArray(out, to + outStep);
        b1.intoArray(out, to + outStep + WIDTH);
    }

    private static void pixels3(Tile t) {
        float[] x = t.x;
        float[] panel = t.panel;
        float[] chains = t.from;
        int at = t.fromStart;
        int step = t.fromStep;
        FloatVector a0 = FloatVector.fromArray(SPECIES, chains, at);
        FloatVector a1 = FloatVector.fromArray(SPECIES, chains, at + WIDTH);
        FloatVector b0 = FloatVector.fromArray(SPECIES, chains, at + step);
        FloatVector b1 = FloatVector.fromArray(SPECIES, chains, at + step + WIDTH);
        FloatVector c0 = FloatVector.fromArray(SPECIES, chains, at + 2 * step);
        FloatVector c1 = FloatVector.fromArray(SPECIES, chains, at + 2 * step + WIDTH);
        int pa = t.start;
        int pb = pa + t.pixelStep;
        int pc = pb + t.pixelStep;
        int taps = t.taps;
        int w = t.panelStart;
        for (int i = 0; i < taps; i++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, panel, w + i * 2 * WIDTH);
            FloatVector w1 = FloatVector.fromArray(SPECIES, panel, w + i * 2 * WIDTH + WIDTH);
            FloatVector v = FloatVector.broadcast(SPECIES, x[pa + i]);
            a0 = v.fma(w0, a0);
            a1 = v.fma(w1, a1);
            v = FloatVector.broadcast(SPECIES, x[pb + i]);
            b0 = v.fma(w0, b0);
            b1 = v.fma(w1, b1);
            v = FloatVector.broadcast(SPECIES, x[pc + i]);
            c0 = v.fma(w0, c0);
            c1 = v.fma(w1, c1);
        }
        float[] out = t.out;
        int to = t.outStart;
        int outStep = t.outStep;
        a0.intoArray(out, to);
        a1.intoArray(out, to + WIDTH);
        b0.intoArray(out, to + outStep);
        b1.intoArray(out, to + outStep + WIDTH);
        c0.intoArray(out, to + 2 * outStep);
        c1.intoArray(out, to + 2 * outStep + WIDTH);
    }

    private static void pixels4(Tile t) {
        float[] x = t.x;
        float[] panel = t.panel;
        float[] chains = t.from;
        int at = t.fromStart;
        int step = t.fromStep;
        FloatVector a0 = FloatVector.fromArray(SPECIES, chains, at);
        FloatVector a1 = FloatVector.fromArray(SPECIES, chains, at + WIDTH);
        FloatVector b0 = FloatVector.fromArray(SPECIES, chains, at + step);
        FloatVector b1 = FloatVector.fromArray(SPECIES, chains, at + step + WIDTH);
        FloatVector c0 = FloatVector.fromArray(SPECIES, chains, at + 2 * step);
        FloatVector c1 = FloatVector.fromArray(SPECIES, chains, at + 2 * step + WIDTH);
        FloatVector d0 = FloatVector.fromArray(SPECIES, chains, at + 3 * step);
        FloatVector d1 = FloatVector.fromArray(SPECIES, chains, at + 3 * step + WIDTH);
        int pa = t.start;
        int pb = pa + t.pixelStep;
        int pc = pb + t.pixelStep;
        int pd = pc + t.pixelStep;
        int taps = t.taps;
        int w = t.panelStart;
        for (int i = 0; i < taps; i++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, panel, w + i * 2 * WIDTH);
            FloatVector w1 = FloatVector.fromArray(SPECIES, panel, w + i * 2 * WIDTH + WIDTH);
            FloatVector v = FloatVector.broadcast(SPECIES, x[pa + i]);
            a0 = v.fma(w0, a0);
            a1 = v.fma(w1, a1);
            v = FloatVector.broadcast(SPECIES, x[pb + i]);
            b0 = v.fma(w0, b0);
            b1 = v.fma(w1, b1);
            v = FloatVector.broadcast(SPECIES, x[pc + i]);
            c0 = v.fma(w0, c0);
            c1 = v.fma(w1, c1);
            v = FloatVector.broadcast(SPECIES, x[pd + i]);
            d0 = v.fma(w0, d0);
            d1 = v.fma(w1, d1);
        }
        float[] out = t.out;
        int to = t.outStart;
        int outStep = t.outStep;
        a0.intoArray(out, to);
        a1.intoArray(out, to + WIDTH);
        b0.intoArray(out, to + outStep);
        b1.intoArray(out, to + outStep + WIDTH);
        c0.intoArray(out, to + 2 * outStep);
        c1.intoArray(out, to + 2 * outStep + WIDTH);
        d0.intoArray(out, to + 3 * outStep);
        d1.intoArray(out, to + 3 * outStep + WIDTH);
    }
}
