package dev.ardm.exact;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops, for panels of two vectors. Each tile keeps its chains in local variables, so that they stay in registers, and has one loop
 * only: compilers keep vectors in registers across one loop, but box them across two. One chain per lane, taps in ascending order.
 */
final class WideTiles {
    private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
    private static final int WIDTH = Lanes.WIDTH;

    private WideTiles() {}

    /**
     * Carries the chains of one tile, {@code pixels} pixels by one panel, over {@code length} consecutive taps.
     *
     * @param x the input; pixel p's taps are from {@code start + p * pixelStep}
     * @param panel the weights, tap by tap, one panel width each, from {@code panelStart}
     * @param from where the chains stand: pixel p's at {@code fromStart + p * fromStep}, a panel width
     * @param out where they go: pixel p's at {@code outStart + p * outStep}; may be {@code from}
     */
    static void run(
            int pixels,
            float[] x,
            int start,
            int pixelStep,
            int length,
            float[] panel,
            int panelStart,
            float[] from,
            int fromStart,
            int fromStep,
            float[] out,
            int outStart,
            int outStep) {
        switch (pixels) {
            case 1 -> pixels1(x, start, length, panel, panelStart, from, fromStart, out, outStart);
            case 2 ->
                pixels2(
                        x,
                        start,
                        pixelStep,
                        length,
                        panel,
                        panelStart,
                        from,
                        fromStart,
                        fromStep,
                        out,
                        outStart,
                        outStep);
            case 3 ->
                pixels3(
                        x,
                        start,
                        pixelStep,
                        length,
                        panel,
                        panelStart,
                        from,
                        fromStart,
                        fromStep,
                        out,
                        outStart,
                        outStep);
            case 4 ->
                pixels4(
                        x,
                        start,
                        pixelStep,
                        length,
                        panel,
                        panelStart,
                        from,
                        fromStart,
                        fromStep,
                        out,
                        outStart,
                        outStep);
            case 5 ->
                pixels5(
                        x,
                        start,
                        pixelStep,
                        length,
                        panel,
                        panelStart,
                        from,
                        fromStart,
                        fromStep,
                        out,
                        outStart,
                        outStep);
            case 6 ->
                pixels6(
                        x,
                        start,
                        pixelStep,
                        length,
                        panel,
                        panelStart,
                        from,
                        fromStart,
                        fromStep,
                        out,
                        outStart,
                        outStep);
            case 7 ->
                pixels7(
                        x,
                        start,
                        pixelStep,
                        length,
                        panel,
                        panelStart,
                        from,
                        fromStart,
                        fromStep,
                        out,
                        outStart,
                        outStep);
            case 8 ->
                pixels8(
                        x,
                        start,
                        pixelStep,
                        length,
                        panel,
                        panelStart,
                        from,
                        fromStart,
                        fromStep,
                        out,
                        outStart,
                        outStep);
            default -> throw new IllegalArgumentException("pixels = " + pixels);
        }
    }

    private static void pixels1(
            float[] x,
            int start,
            int length,
            float[] panel,
            int panelStart,
            float[] from,
            int fromStart,
            float[] out,
            int outStart) {
        FloatVector a0 = FloatVector.fromArray(SPECIES, from, fromStart);
        FloatVector a1 = FloatVector.fromArray(SPECIES, from, fromStart + WIDTH);
        int pa = start;
        for (int i = 0; i < length; i++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, panel, panelStart + i * 2 * WIDTH);
            FloatVector w1 = FloatVector.fromArray(SPECIES, panel, panelStart + i * 2 * WIDTH + WIDTH);
            FloatVector v = FloatVector.broadcast(SPECIES, x[pa + i]);
            a0 = v.fma(w0, a0);
            a1 = v.fma(w1, a1);
        }
        a0.intoArray(out, outStart);
        a1.intoArray(out, outStart + WIDTH);
    }

    private static void pixels2(
            float[] x,
            int start,
            int pixelStep,
            int length,
            float[] panel,
            int panelStart,
            float[] from,
            int fromStart,
            int fromStep,
            float[] out,
            int outStart,
            int outStep) {
        int f = fromStart;
        FloatVector a0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector a1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        f += fromStep;
        FloatVector b0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector b1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        int pa = start;
        int pb = pa + pixelStep;
        for (int i = 0; i < length; i++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, panel, panelStart + i * 2 * WIDTH);
            FloatVector w1 = FloatVector.fromArray(SPECIES, panel, panelStart + i * 2 * WIDTH + WIDTH);
            FloatVector v = FloatVector.broadcast(SPECIES, x[pa + i]);
            a0 = v.fma(w0, a0);
            a1 = v.fma(w1, a1);
            v = FloatVector.broadcast(SPECIES, x[pb + i]);
            b0 = v.fma(w0, b0);
            b1 = v.fma(w1, b1);
        }
        int o = outStart;
        a0.intoArray(out, o);
        a1.intoArray(out, o + WIDTH);
        o += outStep;
        b0.intoArray(out, o);
        b1.intoArray(out, o + WIDTH);
    }

    private static void pixels3(
            float[] x,
            int start,
            int pixelStep,
            int length,
            float[] panel,
            int panelStart,
            float[] from,
            int fromStart,
            int fromStep,
            float[] out,
            int outStart,
            int outStep) {
        int f = fromStart;
        FloatVector a0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector a1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        f += fromStep;
        FloatVector b0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector b1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        f += fromStep;
        FloatVector c0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector c1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        int pa = start;
        int pb = pa + pixelStep;
        int pc = pb + pixelStep;
        for (int i = 0; i < length; i++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, panel, panelStart + i * 2 * WIDTH);
            FloatVector w1 = FloatVector.fromArray(SPECIES, panel, panelStart + i * 2 * WIDTH + WIDTH);
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
        int o = outStart;
        a0.intoArray(out, o);
        a1.intoArray(out, o + WIDTH);
        o += outStep;
        b0.intoArray(out, o);
        b1.intoArray(out, o + WIDTH);
        o += outStep;
        c0.intoArray(out, o);
        c1.intoArray(out, o + WIDTH);
    }

    private static void pixels4(
            float[] x,
            int start,
            int pixelStep,
            int length,
            float[] panel,
            int panelStart,
            float[] from,
            int fromStart,
            int fromStep,
            float[] out,
            int outStart,
            int outStep) {
        int f = fromStart;
        FloatVector a0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector a1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        f += fromStep;
        FloatVector b0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector b1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        f += fromStep;
        FloatVector c0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector c1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        f += fromStep;
        FloatVector d0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector d1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        int pa = start;
        int pb = pa + pixelStep;
        int pc = pb + pixelStep;
        int pd = pc + pixelStep;
        for (int i = 0; i < length; i++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, panel, panelStart + i * 2 * WIDTH);
            FloatVector w1 = FloatVector.fromArray(SPECIES, panel, panelStart + i * 2 * WIDTH + WIDTH);
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
        int o = outStart;
        a0.intoArray(out, o);
        a1.intoArray(out, o + WIDTH);
        o += outStep;
        b0.intoArray(out, o);
        b1.intoArray(out, o + WIDTH);
        o += outStep;
        c0.intoArray(out, o);
        c1.intoArray(out, o + WIDTH);
        o += outStep;
        d0.intoArray(out, o);
        d1.intoArray(out, o + WIDTH);
    }

    private static void pixels5(
            float[] x,
            int start,
            int pixelStep,
            int length,
            float[] panel,
            int panelStart,
            float[] from,
            int fromStart,
            int fromStep,
            float[] out,
            int outStart,
            int outStep) {
        int f = fromStart;
        FloatVector a0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector a1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        f += fromStep;
        FloatVector b0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector b1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        f += fromStep;
        FloatVector c0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector c1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        f += fromStep;
        FloatVector d0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector d1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        f += fromStep;
        FloatVector e0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector e1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        int pa = start;
        int pb = pa + pixelStep;
        int pc = pb + pixelStep;
        int pd = pc + pixelStep;
        int pe = pd + pixelStep;
        for (int i = 0; i < length; i++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, panel, panelStart + i * 2 * WIDTH);
            FloatVector w1 = FloatVector.fromArray(SPECIES, panel, panelStart + i * 2 * WIDTH + WIDTH);
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
        int o = outStart;
        a0.intoArray(out, o);
        a1.intoArray(out, o + WIDTH);
        o += outStep;
        b0.intoArray(out, o);
        b1.intoArray(out, o + WIDTH);
        o += outStep;
        c0.intoArray(out, o);
        c1.intoArray(out, o + WIDTH);
        o += outStep;
        d0.intoArray(out, o);
        d1.intoArray(out, o + WIDTH);
        o += outStep;
        e0.intoArray(out, o);
        e1.intoArray(out, o + WIDTH);
    }

    private static void pixels6(
            float[] x,
            int start,
            int pixelStep,
            int length,
            float[] panel,
            int panelStart,
            float[] from,
            int fromStart,
            int fromStep,
            float[] out,
            int outStart,
            int outStep) {
        int f = fromStart;
        FloatVector a0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector a1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        f += fromStep;
        FloatVector b0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector b1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        f += fromStep;
        FloatVector c0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector c1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        f += fromStep;
        FloatVector d0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector d1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        f += fromStep;
        FloatVector e0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector e1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        f += fromStep;
        FloatVector f0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector f1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        int pa = start;
        int pb = pa + pixelStep;
        int pc = pb + pixelStep;
        int pd = pc + pixelStep;
        int pe = pd + pixelStep;
        int pf = pe + pixelStep;
        for (int i = 0; i < length; i++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, panel, panelStart + i * 2 * WIDTH);
            FloatVector w1 = FloatVector.fromArray(SPECIES, panel, panelStart + i * 2 * WIDTH + WIDTH);
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
        int o = outStart;
        a0.intoArray(out, o);
        a1.intoArray(out, o + WIDTH);
        o += outStep;
        b0.intoArray(out, o);
        b1.intoArray(out, o + WIDTH);
        o += outStep;
        c0.intoArray(out, o);
        c1.intoArray(out, o + WIDTH);
        o += outStep;
        d0.intoArray(out, o);
        d1.intoArray(out, o + WIDTH);
        o += outStep;
        e0.intoArray(out, o);
        e1.intoArray(out, o + WIDTH);
        o += outStep;
        f0.intoArray(out, o);
        f1.intoArray(out, o + WIDTH);
    }

    private static void pixels7(
            float[] x,
            int start,
            int pixelStep,
            int length,
            float[] panel,
            int panelStart,
            float[] from,
            int fromStart,
            int fromStep,
            float[] out,
            int outStart,
            int outStep) {
        int f = fromStart;
        FloatVector a0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector a1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        f += fromStep;
        FloatVector b0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector b1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        f += fromStep;
        FloatVector c0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector c1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        f += fromStep;
        FloatVector d0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector d1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        f += fromStep;
        FloatVector e0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector e1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        f += fromStep;
        FloatVector f0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector f1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        f += fromStep;
        FloatVector g0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector g1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        int pa = start;
        int pb = pa + pixelStep;
        int pc = pb + pixelStep;
        int pd = pc + pixelStep;
        int pe = pd + pixelStep;
        int pf = pe + pixelStep;
        int pg = pf + pixelStep;
        for (int i = 0; i < length; i++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, panel, panelStart + i * 2 * WIDTH);
            FloatVector w1 = FloatVector.fromArray(SPECIES, panel, panelStart + i * 2 * WIDTH + WIDTH);
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
        int o = outStart;
        a0.intoArray(out, o);
        a1.intoArray(out, o + WIDTH);
        o += outStep;
        b0.intoArray(out, o);
        b1.intoArray(out, o + WIDTH);
        o += outStep;
        c0.intoArray(out, o);
        c1.intoArray(out, o + WIDTH);
        o += outStep;
        d0.intoArray(out, o);
        d1.intoArray(out, o + WIDTH);
        o += outStep;
        e0.intoArray(out, o);
        e1.intoArray(out, o + WIDTH);
        o += outStep;
        f0.intoArray(out, o);
        f1.intoArray(out, o + WIDTH);
        o += outStep;
        g0.intoArray(out, o);
        g1.intoArray(out, o + WIDTH);
    }

    private static void pixels8(
            float[] x,
            int start,
            int pixelStep,
            int length,
            float[] panel,
            int panelStart,
            float[] from,
            int fromStart,
            int fromStep,
            float[] out,
            int outStart,
            int outStep) {
        int f = fromStart;
        FloatVector a0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector a1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        f += fromStep;
        FloatVector b0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector b1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        f += fromStep;
        FloatVector c0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector c1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        f += fromStep;
        FloatVector d0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector d1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        f += fromStep;
        FloatVector e0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector e1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        f += fromStep;
        FloatVector f0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector f1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        f += fromStep;
        FloatVector g0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector g1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        f += fromStep;
        FloatVector h0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector h1 = FloatVector.fromArray(SPECIES, from, f + WIDTH);
        int pa = start;
        int pb = pa + pixelStep;
        int pc = pb + pixelStep;
        int pd = pc + pixelStep;
        int pe = pd + pixelStep;
        int pf = pe + pixelStep;
        int pg = pf + pixelStep;
        int ph = pg + pixelStep;
        for (int i = 0; i < length; i++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, panel, panelStart + i * 2 * WIDTH);
            FloatVector w1 = FloatVector.fromArray(SPECIES, panel, panelStart + i * 2 * WIDTH + WIDTH);
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
        int o = outStart;
        a0.intoArray(out, o);
        a1.intoArray(out, o + WIDTH);
        o += outStep;
        b0.intoArray(out, o);
        b1.intoArray(out, o + WIDTH);
        o += outStep;
        c0.intoArray(out, o);
        c1.intoArray(out, o + WIDTH);
        o += outStep;
        d0.intoArray(out, o);
        d1.intoArray(out, o + WIDTH);
        o += outStep;
        e0.intoArray(out, o);
        e1.intoArray(out, o + WIDTH);
        o += outStep;
        f0.intoArray(out, o);
        f1.intoArray(out, o + WIDTH);
        o += outStep;
        g0.intoArray(out, o);
        g1.intoArray(out, o + WIDTH);
        o += outStep;
        h0.intoArray(out, o);
        h1.intoArray(out, o + WIDTH);
    }
}
