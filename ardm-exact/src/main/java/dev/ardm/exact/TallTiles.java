package dev.ardm.exact;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The innermost loops of {@link WideTiles} for five to eight pixels. */
final class TallTiles {
    private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
    private static final int WIDTH = Lanes.WIDTH;

    private TallTiles() {}

    /** Carries the chains of {@code pixels} pixels over the tile's taps. */
    static void run(int pixels, Tile t) {
        switch (pixels) {
            case 5 -> pixels5(t);
            case 6 -> pixels6(t);
            case 7 -> pixels7(t);
            case 8 -> pixels8(t);
            default -> throw new IllegalArgumentException("pixels = " + pixels);
        }
    }

    private static void pixels5(Tile t) {
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
        FloatVector e0 = FloatVector.fromArray(SPECIES, chains, at + 4 * step);
        FloatVector e1 = FloatVector.fromArray(SPECIES, chains, at + 4 * step + WIDTH);
        int pa = t.start;
        int pb = pa + t.pixelStep;
        int pc = pb + t.pixelStep;
        int pd = pc + t.pixelStep;
        int pe = pd + t.pixelStep;
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
            v = FloatVector.broadcast(SPECIES, x[pe + i]);
            e0 = v.fma(w0, e0);
            e1 = v.fma(w1, e1);
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
        e0.intoArray(out, to + 4 * outStep);
        e1.intoArray(out, to + 4 * outStep + WIDTH);
    }

    private static void pixels6(Tile t) {
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
        FloatVector e0 = FloatVector.fromArray(SPECIES, chains, at + 4 * step);
        FloatVector e1 = FloatVector.fromArray(SPECIES, chains, at + 4 * step + WIDTH);
        FloatVector f0 = FloatVector.fromArray(SPECIES, chains, at + 5 * step);
        FloatVector f1 = FloatVector.fromArray(SPECIES, chains, at + 5 * step + WIDTH);
        int pa = t.start;
        int pb = pa + t.pixelStep;
        int pc = pb + t.pixelStep;
        int pd = pc + t.pixelStep;
        int pe = pd + t.pixelStep;
        int pf = pe + t.pixelStep;
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
            v = FloatVector.broadcast(SPECIES, x[pe + i]);
            e0 = v.fma(w0, e0);
            e1 = v.fma(w1, e1);
            v = FloatVector.broadcast(SPECIES, x[pf + i]);
            f0 = v.fma(w0, f0);
            f1 = v.fma(w1, f1);
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
        e0.intoArray(out, to + 4 * outStep);
        e1.intoArray(out, to + 4 * outStep + WIDTH);
        f0.intoArray(out, to + 5 * outStep);
        f1.intoArray(out, to + 5 * outStep + WIDTH);
    }

    private static void pixels7(Tile t) {
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
        FloatVector e0 = FloatVector.fromArray(SPECIES, chains, at + 4 * step);
        FloatVector e1 = FloatVector.fromArray(SPECIES, chains, at + 4 * step + WIDTH);
        FloatVector f0 = FloatVector.fromArray(SPECIES, chains, at + 5 * step);
        FloatVector f1 = FloatVector.fromArray(SPECIES, chains, at + 5 * step + WIDTH);
        FloatVector g0 = FloatVector.fromArray(SPECIES, chains, at + 6 * step);
        FloatVector g1 = FloatVector.fromArray(SPECIES, chains, at + 6 * step + WIDTH);
        int pa = t.start;
        int pb = pa + t.pixelStep;
        int pc = pb + t.pixelStep;
        int pd = pc + t.pixelStep;
        int pe = pd + t.pixelStep;
        int pf = pe + t.pixelStep;
        int pg = pf + t.pixelStep;
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
            v = FloatVector.broadcast(SPECIES, x[pe + i]);
            e0 = v.fma(w0, e0);
            e1 = v.fma(w1, e1);
            v = FloatVector.broadcast(SPECIES, x[pf + i]);
            f0 = v.fma(w0, f0);
            f1 = v.fma(w1, f1);
            v = FloatVector.broadcast(SPECIES, x[pg + i]);
            g0 = v.fma(w0, g0);
            g1 = v.fma(w1, g1);
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
        e0.intoArray(out, to + 4 * outStep);
        e1.intoArray(out, to + 4 * outStep + WIDTH);
        f0.intoArray(out, to + 5 * outStep);
        f1.intoArray(out, to + 5 * outStep + WIDTH);
        g0.intoArray(out, to + 6 * outStep);
        g1.intoArray(out, to + 6 * outStep + WIDTH);
    }

    private static void pixels8(Tile t) {
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
        FloatVector e0 = FloatVector.fromArray(SPECIES, chains, at + 4 * step);
        FloatVector e1 = FloatVector.fromArray(SPECIES, chains, at + 4 * step + WIDTH);
        FloatVector f0 = FloatVector.fromArray(SPECIES, chains, at + 5 * step);
        FloatVector f1 = FloatVector.fromArray(SPECIES, chains, at + 5 * step + WIDTH);
        FloatVector g0 = FloatVector.fromArray(SPECIES, chains, at + 6 * step);
        FloatVector g1 = FloatVector.fromArray(SPECIES, chains, at + 6 * step + WIDTH);
        FloatVector h0 = FloatVector.fromArray(SPECIES, chains, at + 7 * step);
        FloatVector h1 = FloatVector.fromArray(SPECIES, chains, at + 7 * step + WIDTH);
        int pa = t.start;
        int pb = pa + t.pixelStep;
        int pc = pb + t.pixelStep;
        int pd = pc + t.pixelStep;
        int pe = pd + t.pixelStep;
        int pf = pe + t.pixelStep;
        int pg = pf + t.pixelStep;
        int ph = pg + t.pixelStep;
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
            v = FloatVector.broadcast(SPECIES, x[pe + i]);
            e0 = v.fma(w0, e0);
            e1 = v.fma(w1, e1);
            v = FloatVector.broadcast(SPECIES, x[pf + i]);
            f0 = v.fma(w0, f0);
            f1 = v.fma(w1, f1);
            v = FloatVector.broadcast(SPECIES, x[pg + i]);
            g0 = v.fma(w0, g0);
            g1 = v.fma(w1, g1);
            v = FloatVector.broadcast(SPECIES, x[ph + i]);
            h0 = v.fma(w0, h0);
            h1 = v.fma(w1, h1);
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
        e0.intoArray(out, to + 4 * outStep);
        e1.intoArray(out, to + 4 * outStep + WIDTH);
        f0.intoArray(out, to + 5 * outStep);
        f1.intoArray(out, to + 5 * outStep + WIDTH);
        g0.intoArray(out, to + 6 * outStep);
        g1.intoArray(out, to + 6 * outStep + WIDTH);
        h0.intoArray(out, to + 7 * outStep);
        h1.intoArray(out, to + 7 * outStep + WIDTH);
    }
}
