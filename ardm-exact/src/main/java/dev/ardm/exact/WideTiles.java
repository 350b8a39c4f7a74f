package dev.ardm.exact;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops, for panels of two vectors. Each tile keeps its chains in local variables, so that they stay in registers; each tile size is
 * a method of its own, which compilers handle well where they do not when it is one loop over pixels. One chain per lane, taps in ascending order.
 */
final class WideTiles {
    private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
    private static final int WIDTH = Lanes.WIDTH;

    private WideTiles() {}

    /**
     * Computes one tile: {@code pixels} pixels by one panel.
     *
     * @param x the input; pixel p's taps are {@code segments} runs of {@code segmentLength} floats, run s at
     *     {@code start + p * pixelStep + s * segmentStep}
     * @param panel the weights, tap by tap, one panel width each, from {@code panelStart}
     * @param bias the start of each chain, a panel width from {@code biasStart}
     * @param out pixel p's results go to {@code outStart + p * outStep}, a panel width
     */
    static void run(
            int pixels,
            float[] x,
            int start,
            int pixelStep,
            int segments,
            int segmentStep,
            int segmentLength,
            float[] panel,
            int panelStart,
            float[] bias,
            int biasStart,
            float[] out,
            int outStart,
            int outStep) {
        switch (pixels) {
            case 1:
                pixels1(
                        x,
                        start,
                        pixelStep,
                        segments,
                        segmentStep,
                        segmentLength,
                        panel,
                        panelStart,
                        bias,
                        biasStart,
                        out,
                        outStart,
                        outStep);
                break;
            case 2:
                pixels2(
                        x,
                        start,
                        pixelStep,
                        segments,
                        segmentStep,
                        segmentLength,
                        panel,
                        panelStart,
                        bias,
                        biasStart,
                        out,
                        outStart,
                        outStep);
                break;
            case 3:
                pixels3(
                        x,
                        start,
                        pixelStep,
                        segments,
                        segmentStep,
                        segmentLength,
                        panel,
                        panelStart,
                        bias,
                        biasStart,
                        out,
                        outStart,
                        outStep);
                break;
            case 4:
                pixels4(
                        x,
                        start,
                        pixelStep,
                        segments,
                        segmentStep,
                        segmentLength,
                        panel,
                        panelStart,
                        bias,
                        biasStart,
                        out,
                        outStart,
                        outStep);
                break;
            case 5:
                pixels5(
                        x,
                        start,
                        pixelStep,
                        segments,
                        segmentStep,
                        segmentLength,
                        panel,
                        panelStart,
                        bias,
                        biasStart,
                        out,
                        outStart,
                        outStep);
                break;
            case 6:
                pixels6(
                        x,
                        start,
                        pixelStep,
                        segments,
                        segmentStep,
                        segmentLength,
                        panel,
                        panelStart,
                        bias,
                        biasStart,
                        out,
                        outStart,
                        outStep);
                break;
            case 7:
                pixels7(
                        x,
                        start,
                        pixelStep,
                        segments,
                        segmentStep,
                        segmentLength,
                        panel,
                        panelStart,
                        bias,
                        biasStart,
                        out,
                        outStart,
                        outStep);
                break;
            case 8:
                pixels8(
                        x,
                        start,
                        pixelStep,
                        segments,
                        segmentStep,
                        segmentLength,
                        panel,
                        panelStart,
                        bias,
                        biasStart,
                        out,
                        outStart,
                        outStep);
                break;
            default:
                throw new IllegalArgumentException("pixels = " + pixels);
        }
    }

    private static void pixels1(
            float[] x,
            int start,
            int pixelStep,
            int segments,
            int segmentStep,
            int segmentLength,
            float[] panel,
            int panelStart,
            float[] bias,
            int biasStart,
            float[] out,
            int outStart,
            int outStep) {
        FloatVector a0 = FloatVector.fromArray(SPECIES, bias, biasStart);
        FloatVector a1 = FloatVector.fromArray(SPECIES, bias, biasStart + WIDTH);
        for (int s = 0; s < segments; s++) {
            int pa = start + s * segmentStep;
            int w = panelStart + s * segmentLength * 2 * WIDTH;
            for (int i = 0; i < segmentLength; i++) {
                FloatVector w0 = FloatVector.fromArray(SPECIES, panel, w + i * 2 * WIDTH);
                FloatVector w1 = FloatVector.fromArray(SPECIES, panel, w + i * 2 * WIDTH + WIDTH);
                FloatVector v = FloatVector.broadcast(SPECIES, x[pa + i]);
                a0 = v.fma(w0, a0);
                a1 = v.fma(w1, a1);
            }
        }
        a0.intoArray(out, outStart);
        a1.intoArray(out, outStart + WIDTH);
    }

    private static void pixels2(
            float[] x,
            int start,
            int pixelStep,
            int segments,
            int segmentStep,
            int segmentLength,
            float[] panel,
            int panelStart,
            float[] bias,
            int biasStart,
            float[] out,
            int outStart,
            int outStep) {
        FloatVector a0 = FloatVector.fromArray(SPECIES, bias, biasStart);
        FloatVector a1 = FloatVector.fromArray(SPECIES, bias, biasStart + WIDTH);
        FloatVector b0 = a0;
        FloatVector b1 = a1;
        for (int s = 0; s < segments; s++) {
            int pa = start + s * segmentStep;
            int pb = pa + pixelStep;
            int w = panelStart + s * segmentLength * 2 * WIDTH;
            for (int i = 0; i < segmentLength; i++) {
                FloatVector w0 = FloatVector.fromArray(SPECIES, panel, w + i * 2 * WIDTH);
                FloatVector w1 = FloatVector.fromArray(SPECIES, panel, w + i * 2 * WIDTH + WIDTH);
                FloatVector v = FloatVector.broadcast(SPECIES, x[pa + i]);
                a0 = v.fma(w0, a0);
                a1 = v.fma(w1, a1);
                v = FloatVector.broadcast(SPECIES, x[pb + i]);
                b0 = v.fma(w0, b0);
                b1 = v.fma(w1, b1);
            }
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
            int segments,
            int segmentStep,
            int segmentLength,
            float[] panel,
            int panelStart,
            float[] bias,
            int biasStart,
            float[] out,
            int outStart,
            int outStep) {
        FloatVector a0 = FloatVector.fromArray(SPECIES, bias, biasStart);
        FloatVector a1 = FloatVector.fromArray(SPECIES, bias, biasStart + WIDTH);
        FloatVector b0 = a0;
        FloatVector b1 = a1;
        FloatVector c0 = a0;
        FloatVector c1 = a1;
        for (int s = 0; s < segments; s++) {
            int pa = start + s * segmentStep;
            int pb = pa + pixelStep;
            int pc = pb + pixelStep;
            int w = panelStart + s * segmentLength * 2 * WIDTH;
            for (int i = 0; i < segmentLength; i++) {
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
            int segments,
            int segmentStep,
            int segmentLength,
            float[] panel,
            int panelStart,
            float[] bias,
            int biasStart,
            float[] out,
            int outStart,
            int outStep) {
        FloatVector a0 = FloatVector.fromArray(SPECIES, bias, biasStart);
        FloatVector a1 = FloatVector.fromArray(SPECIES, bias, biasStart + WIDTH);
        FloatVector b0 = a0;
        FloatVector b1 = a1;
        FloatVector c0 = a0;
        FloatVector c1 = a1;
        FloatVector d0 = a0;
        FloatVector d1 = a1;
        for (int s = 0; s < segments; s++) {
            int pa = start + s * segmentStep;
            int pb = pa + pixelStep;
            int pc = pb + pixelStep;
            int pd = pc + pixelStep;
            int w = panelStart + s * segmentLength * 2 * WIDTH;
            for (int i = 0; i < segmentLength; i++) {
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
            int segments,
            int segmentStep,
            int segmentLength,
            float[] panel,
            int panelStart,
            float[] bias,
            int biasStart,
            float[] out,
            int outStart,
            int outStep) {
        FloatVector a0 = FloatVector.fromArray(SPECIES, bias, biasStart);
        FloatVector a1 = FloatVector.fromArray(SPECIES, bias, biasStart + WIDTH);
        FloatVector b0 = a0;
        FloatVector b1 = a1;
        FloatVector c0 = a0;
        FloatVector c1 = a1;
        FloatVector d0 = a0;
        FloatVector d1 = a1;
        FloatVector e0 = a0;
        FloatVector e1 = a1;
        for (int s = 0; s < segments; s++) {
            int pa = start + s * segmentStep;
            int pb = pa + pixelStep;
            int pc = pb + pixelStep;
            int pd = pc + pixelStep;
            int pe = pd + pixelStep;
            int w = panelStart + s * segmentLength * 2 * WIDTH;
            for (int i = 0; i < segmentLength; i++) {
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
            int segments,
            int segmentStep,
            int segmentLength,
            float[] panel,
            int panelStart,
            float[] bias,
            int biasStart,
            float[] out,
            int outStart,
            int outStep) {
        FloatVector a0 = FloatVector.fromArray(SPECIES, bias, biasStart);
        FloatVector a1 = FloatVector.fromArray(SPECIES, bias, biasStart + WIDTH);
        FloatVector b0 = a0;
        FloatVector b1 = a1;
        FloatVector c0 = a0;
        FloatVector c1 = a1;
        FloatVector d0 = a0;
        FloatVector d1 = a1;
        FloatVector e0 = a0;
        FloatVector e1 = a1;
        FloatVector f0 = a0;
        FloatVector f1 = a1;
        for (int s = 0; s < segments; s++) {
            int pa = start + s * segmentStep;
            int pb = pa + pixelStep;
            int pc = pb + pixelStep;
            int pd = pc + pixelStep;
            int pe = pd + pixelStep;
            int pf = pe + pixelStep;
            int w = panelStart + s * segmentLength * 2 * WIDTH;
            for (int i = 0; i < segmentLength; i++) {
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
            int segments,
            int segmentStep,
            int segmentLength,
            float[] panel,
            int panelStart,
            float[] bias,
            int biasStart,
            float[] out,
            int outStart,
            int outStep) {
        FloatVector a0 = FloatVector.fromArray(SPECIES, bias, biasStart);
        FloatVector a1 = FloatVector.fromArray(SPECIES, bias, biasStart + WIDTH);
        FloatVector b0 = a0;
        FloatVector b1 = a1;
        FloatVector c0 = a0;
        FloatVector c1 = a1;
        FloatVector d0 = a0;
        FloatVector d1 = a1;
        FloatVector e0 = a0;
        FloatVector e1 = a1;
        FloatVector f0 = a0;
        FloatVector f1 = a1;
        FloatVector g0 = a0;
        FloatVector g1 = a1;
        for (int s = 0; s < segments; s++) {
            int pa = start + s * segmentStep;
            int pb = pa + pixelStep;
            int pc = pb + pixelStep;
            int pd = pc + pixelStep;
            int pe = pd + pixelStep;
            int pf = pe + pixelStep;
            int pg = pf + pixelStep;
            int w = panelStart + s * segmentLength * 2 * WIDTH;
            for (int i = 0; i < segmentLength; i++) {
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
            int segments,
            int segmentStep,
            int segmentLength,
            float[] panel,
            int panelStart,
            float[] bias,
            int biasStart,
            float[] out,
            int outStart,
            int outStep) {
        FloatVector a0 = FloatVector.fromArray(SPECIES, bias, biasStart);
        FloatVector a1 = FloatVector.fromArray(SPECIES, bias, biasStart + WIDTH);
        FloatVector b0 = a0;
        FloatVector b1 = a1;
        FloatVector c0 = a0;
        FloatVector c1 = a1;
        FloatVector d0 = a0;
        FloatVector d1 = a1;
        FloatVector e0 = a0;
        FloatVector e1 = a1;
        FloatVector f0 = a0;
        FloatVector f1 = a1;
        FloatVector g0 = a0;
        FloatVector g1 = a1;
        FloatVector h0 = a0;
        FloatVector h1 = a1;
        for (int s = 0; s < segments; s++) {
            int pa = start + s * segmentStep;
            int pb = pa + pixelStep;
            int pc = pb + pixelStep;
            int pd = pc + pixelStep;
            int pe = pd + pixelStep;
            int pf = pe + pixelStep;
            int pg = pf + pixelStep;
            int ph = pg + pixelStep;
            int w = panelStart + s * segmentLength * 2 * WIDTH;
            for (int i = 0; i < segmentLength; i++) {
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
