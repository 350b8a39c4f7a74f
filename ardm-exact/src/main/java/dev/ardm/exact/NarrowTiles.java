package dev.ardm.exact;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The innermost loops for a last panel of one vector; otherwise as {@link WideTiles}. */
final class NarrowTiles {
    private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
    private static final int WIDTH = Lanes.WIDTH;

    private NarrowTiles() {}

    /** Carries the chains of {@code pixels} pixels over the tile's taps. */
    static void run(int pixels, Tile t) {
        switch (pixels) {
            case 1 -> pixels1(t);
            case 2 -> pixels2(t);
            case 3 -> pixels3(t);
            case 4 -> pixels4(t);
            case 5 -> pixels5(t);
            case 6 -> pixels6(t);
            case 7 -> pixels7(t);
            case 8 -> pixels8(t);
            default -> throw new IllegalArgumentException("pixels = " + pixels);
        }
    }

    private static void pixels1(Tile t) {
        float[] x = t.x;
        float[] panel = t.panel;
        float[] chains = t.from;
        int at = t.fromStart;
        FloatVector a0 = FloatVector.fromArray(SPECIES, chains, at);
        int pa = t.start;
        int taps = t.taps;
        int w = t.panelStart;
        for (int i = 0; i < taps; i++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, panel, w + i * WIDTH);
            a0 = FloatVector.broadcast(SPECIES, x[pa + i]).fma(w0, a0);
        }
        float[] out = t.out;
        int to = t.outStart;
        a0.intoArray(out, to);
    }

    private static void pixels2(Tile t) {
        float[] x = t.x;
        float[] panel = t.panel;
        float[] chains = t.from;
        int at = t.fromStart;
        int step = t.fromStep;
        FloatVector a0 = FloatVector.fromArray(SPECIES, chains, at);
        FloatVector b0 = FloatVector.fromArray(SPECIES, chains, at + step);
        int pa = t.start;
        int pb = pa + t.pixelStep;
        int taps = t.taps;
        int w = t.panelStart;
        for (int i = 0; i < taps; i++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, panel, w + i * WIDTH);
            a0 = FloatVector.broadcast(SPECIES, x[pa + i]).fma(w0, a0);
            b0 = FloatVector.broadcast(SPECIES, x[pb + i]).fma(w0, b0);
        }
        float[] out = t.out;
        int to = t.outStart;
        int outStep = t.outStep;
        a0.intoArray(out, to);
        b0.intoArray(out, to + outStep);
    }

    private static void pixels3(Tile t) {
        float[] x = t.x;
        float[] panel = t.panel;
        float[] chains = t.from;
        int at = t.fromStart;
        int step = t.fromStep;
        FloatVector a0 = FloatVector.fromArray(SPECIES, chains, at);
        FloatVector b0 = FloatVector.fromArray(SPECIES, chains, at + step);
        FloatVector c0 = FloatVector.fromArray(SPECIES, chains, at + 2 * step);
        int pa = t.start;
        int pb = pa + t.pixelStep;
        int pc = pb + t.pixelStep;
        int taps = t.taps;
        int w = t.panelStart;
        for (int i = 0; i < taps; i++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, panel, w + i * WIDTH);
            a0 = FloatVector.broadcast(SPECIES, x[pa + i]).fma(w0, a0);
            b0 = FloatVector.broadcast(SPECIES, x[pb + i]).fma(w0, b0);
            c0 = FloatVector.broadcast(SPECIES, x[pc + i]).fma(w0, c0);
        }
        float[] out = t.out;
        int to = t.outStart;
        int outStep = t.outStep;
        a0.intoArray(out, to);
        b0.intoArray(out, to + outStep);
        c0.intoArray(out, to + 2 * outStep);
    }

    private static void pixels4(Tile t) {
        float[] x = t.x;
        float[] panel = t.panel;
        float[] chains = t.from;
        int at = t.fromStart;
        int step = t.fromStep;
        FloatVector a0 = FloatVector.fromArray(SPECIES, chains, at);
        FloatVector b0 = FloatVector.fromArray(SPECIES, chains, at + step);
        FloatVector c0 = FloatVector.fromArray(SPECIES, chains, at + 2 * step);
        FloatVector d0 = FloatVector.fromArray(SPECIES, chains, at + 3 * step);
        int pa = t.start;
        int pb = pa + t.pixelStep;
        int pc = pb + t.pixelStep;
        int pd = pc + t.pixelStep;
        int taps = t.taps;
        int w = t.panelStart;
        for (int i = 0; i < taps; i++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, panel, w + i * WIDTH);
            a0 = FloatVector.broadcast(SPECIES, x[pa + i]).fma(w0, a0);
            b0 = FloatVector.broadcast(SPECIES, x[pb + i]).fma(w0, b0);
            c0 = FloatVector.broadcast(SPECIES, x[pc + i]).fma(w0, c0);
            d0 = FloatVector.broadcast(SPECIES, x[pd + i]).fma(w0, d0);
        }
        float[] out = t.out;
        int to = t.outStart;
        int outStep = t.outStep;
        a0.intoArray(out, to);
        b0.intoArray(out, to + outStep);
        c0.intoArray(out, to + 2 * outStep);
        d0.intoArray(out, to + 3 * outStep);
    }

    private static void pixels5(Tile t) {
        float[] x = t.x;
        float[] panel = t.panel;
        float[] chains = t.from;
        int at = t.fromStart;
        int step = t.fromStep;
        FloatVector a0 = FloatVector.fromArray(SPECIES, chains, at);
        FloatVector b0 = FloatVector.fromArray(SPECIES, chains, at + step);
        FloatVector c0 = FloatVector.fromArray(SPECIES, chains, at + 2 * step);
        FloatVector d0 = FloatVector.fromArray(SPECIES, chains, at + 3 * step);
        FloatVector e0 = FloatVector.fromArray(SPECIES, chains, at + 4 * step);
        int pa = t.start;
        int pb = pa + t.pixelStep;
        int pc = pb + t.pixelStep;
        int pd = pc + t.pixelStep;
        int pe = pd + t.pixelStep;
        int taps = t.taps;
        int w = t.panelStart;
        for (int i = 0; i < taps; i++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, panel, w + i * WIDTH);
            a0 = FloatVector.broadcast(SPECIES, x[pa + i]).fma(w0, a0);
            b0 = FloatVector.broadcast(SPECIES, x[pb + i]).fma(w0, b0);
            c0 = FloatVector.broadcast(SPECIES, x[pc + i]).fma(w0, c0);
            d0 = FloatVector.broadcast(SPECIES, x[pd + i]).fma(w0, d0);
            e0 = FloatVector.broadcast(SPECIES, x[pe + i]).fma(w0, e0);
        }
        float[] out = t.out;
        int to = t.outStart;
        int outStep = t.outStep;
        a0.intoArray(out, to);
        b0.intoArray(out, to + outStep);
        c0.intoArray(out, to + 2 * outStep);
        d0.intoArray(out, to + 3 * outStep);
        e0.intoArray(out, to + 4 * outStep);
    }

    private static void pixels6(Tile t) {
        float[] x = t.x;
        float[] panel = t.panel;
        float[] chains = t.from;
        int at = t.fromStart;
        int step = t.fromStep;
        FloatVector a0 = FloatVector.fromArray(SPECIES, chains, at);
        FloatVector b0 = FloatVector.fromArray(SPECIES, chains, at + step);
        FloatVector c0 = FloatVector.fromArray(SPECIES, chains, at + 2 * step);
        FloatVector d0 = FloatVector.fromArray(SPECIES, chains, at + 3 * step);
        FloatVector e0 = FloatVector.fromArray(SPECIES, chains, at + 4 * step);
        FloatVector f0 = FloatVector.fromArray(SPECIES, chains, at + 5 * step);
        int pa = t.start;
        int pb = pa + t.pixelStep;
        int pc = pb + t.pixelStep;
        int pd = pc + t.pixelStep;
        int pe = pd + t.pixelStep;
        int pf = pe + t.pixelStep;
        int taps = t.taps;
        int w = t.panelStart;
        for (int i = 0; i < taps; i++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, panel, w + i * WIDTH);
            a0 = FloatVector.broadcast(SPECIES, x[pa + i]).fma(w0, a0);
            b0 = FloatVector.broadcast(SPECIES, x[pb + i]).fma(w0, b0);
            c0 = FloatVector.broadcast(SPECIES, x[pc + i]).fma(w0, c0);
            d0 = FloatVector.broadcast(SPECIES, x[pd + i]).fma(w0, d0);
            e0 = FloatVector.broadcast(SPECIES, x[pe + i]).fma(w0, e0);
            f0 = FloatVector.broadcast(SPECIES, x[pf + i]).fma(w0, f0);
        }
        float[] out = t.out;
        int to = t.outStart;
        int outStep = t.outStep;
        a0.intoArray(out, to);
        b0.intoArray(out, to + outStep);
        c0.intoArray(out, to + 2 * outStep);
        d0.intoArray(out, to + 3 * outStep);
        e0.intoArray(out, to + 4 * outStep);
        f0.intoArray(out, to + 5 * outStep);
    }

    private static void pixels7(Tile t) {
        float[] x = t.x;
        float[] panel = t.panel;
        float[] chains = t.from;
        int at = t.fromStart;
        int step = t.fromStep;
        FloatVector a0 = FloatVector.fromArray(SPECIES, chains, at);
        FloatVector b0 = FloatVector.fromArray(SPECIES, chains, at + step);
        FloatVector c0 = FloatVector.fromArray(SPECIES, chains, at + 2 * step);
        FloatVector d0 = FloatVector.fromArray(SPECIES, chains, at + 3 * step);
        FloatVector e0 = FloatVector.fromArray(SPECIES, chains, at + 4 * step);
        FloatVector f0 = FloatVector.fromArray(SPECIES, chains, at + 5 * step);
        FloatVector g0 = FloatVector.fromArray(SPECIES, chains, at + 6 * step);
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
            FloatVector w0 = FloatVector.fromArray(SPECIES, panel, w + i * WIDTH);
            a0 = FloatVector.broadcast(SPECIES, x[pa + i]).fma(w0, a0);
            b0 = FloatVector.broadcast(SPECIES, x[pb + i]).fma(w0, b0);
            c0 = FloatVector.broadcast(SPECIES, x[pc + i]).fma(w0, c0);
            d0 = FloatVector.broadcast(SPECIES, x[pd + i]).fma(w0, d0);
            e0 = FloatVector.broadcast(SPECIES, x[pe + i]).fma(w0, e0);
            f0 = FloatVector.broadcast(SPECIES, x[pf + i]).fma(w0, f0);
            g0 = FloatVector.broadcast(SPECIES, x[pg + i]).fma(w0, g0);
        }
        float[] out = t.out;
        int to = t.outStart;
        int outStep = t.outStep;
        a0.intoArray(out, to);
        b0.intoArray(out, to + outStep);
        c0.intoArray(out, to + 2 * outStep);
        d0.intoArray(out, to + 3 * outStep);
        e0.intoArray(out, to + 4 * outStep);
        f0.intoArray(out, to + 5 * outStep);
        g0.intoArray(out, to + 6 * outStep);
    }

    private static void pixels8(Tile t) {
        float[] x = t.x;
        float[] panel = t.panel;
        float[] chains = t.from;
        int at = t.fromStart;
        int step = t.fromStep;
        FloatVector a0 = FloatVector.fromArray(SPECIES, chains, at);
        FloatVector b0 = FloatVector.fromArray(SPECIES, chains, at + step);
        FloatVector c0 = FloatVector.fromArray(SPECIES, chains, at + 2 * step);
        FloatVector d0 = FloatVector.fromArray(SPECIES, chains, at + 3 * step);
        FloatVector e0 = FloatVector.fromArray(SPECIES, chains, at + 4 * step);
        FloatVector f0 = FloatVector.fromArray(SPECIES, chains, at + 5 * step);
        FloatVector g0 = FloatVector.fromArray(SPECIES, chains, at + 6 * step);
        FloatVector h0 = FloatVector.fromArray(SPECIES, chains, at + 7 * step);
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
            FloatVector w0 = FloatVector.fromArray(SPECIES, panel, w + i * WIDTH);
            a0 = FloatVector.broadcast(SPECIES, x[pa + i]).fma(w0, a0);
            b0 = FloatVector.broadcast(SPECIES, x[pb + i]).fma(w0, b0);
            c0 = FloatVector.broadcast(SPECIES, x[pc + i]).fma(w0, c0);
            d0 = FloatVector.broadcast(SPECIES, x[pd + i]).fma(w0, d0);
            e0 = FloatVector.broadcast(SPECIES, x[pe + i]).fma(w0, e0);
            f0 = FloatVector.broadcast(SPECIES, x[pf + i]).fma(w0, f0);
            g0 = FloatVector.broadcast(SPECIES, x[pg + i]).fma(w0, g0);
            h0 = FloatVector.broadcast(SPECIES, x[ph + i]).fma(w0, h0);
        }
        float[] out = t.out;
        int to = t.outStart;
        int outStep = t.outStep;
        a0.intoArray(out, to);
        b0.intoArray(out, to + outStep);
        c0.intoArray(out, to + 2 * outStep);
        d0.intoArray(out, to + 3 * outStep);
        e0.intoArray(out, to + 4 * outStep);
        f0.intoArray(out, to + 5 * outStep);
        g0.intoArray(out, to + 6 * outStep);
        h0.intoArray(out, to + 7 * outStep);
    }
}
