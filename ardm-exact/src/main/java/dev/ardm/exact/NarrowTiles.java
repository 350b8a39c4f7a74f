package dev.ardm.exact;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The innermost loops for a last panel of one vector; otherwise as {@link WideTiles}. */
final class NarrowTiles {
    private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
    private static final int WIDTH = Lanes.WIDTH;

    private NarrowTiles() {}

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
        for (int s = 0; s < segments; s++) {
            int pa = start + s * segmentStep;
            int w = panelStart + s * segmentLength * WIDTH;
            for (int i = 0; i < segmentLength; i++) {
                FloatVector w0 = FloatVector.fromArray(SPECIES, panel, w + i * WIDTH);
                a0 = FloatVector.broadcast(SPECIES, x[pa + i]).fma(w0, a0);
            }
        }
        a0.intoArray(out, outStart);
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
        FloatVector b0 = a0;
        for (int s = 0; s < segments; s++) {
            int pa = start + s * segmentStep;
            int pb = pa + pixelStep;
            int w = panelStart + s * segmentLength * WIDTH;
            for (int i = 0; i < segmentLength; i++) {
                FloatVector w0 = FloatVector.fromArray(SPECIES, panel, w + i * WIDTH);
                a0 = FloatVector.broadcast(SPECIES, x[pa + i]).fma(w0, a0);
                b0 = FloatVector.broadcast(SPECIES, x[pb + i]).fma(w0, b0);
            }
        }
        int o = outStart;
        a0.intoArray(out, o);
        o += outStep;
        b0.intoArray(out, o);
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
        FloatVector b0 = a0;
        FloatVector c0 = a0;
        for (int s = 0; s < segments; s++) {
            int pa = start + s * segmentStep;
            int pb = pa + pixelStep;
            int pc = pb + pixelStep;
            int w = panelStart + s * segmentLength * WIDTH;
            for (int i = 0; i < segmentLength; i++) {
                FloatVector w0 = FloatVector.fromArray(SPECIES, panel, w + i * WIDTH);
                a0 = FloatVector.broadcast(SPECIES, x[pa + i]).fma(w0, a0);
                b0 = FloatVector.broadcast(SPECIES, x[pb + i]).fma(w0, b0);
                c0 = FloatVector.broadcast(SPECIES, x[pc + i]).fma(w0, c0);
            }
        }
        int o = outStart;
        a0.intoArray(out, o);
        o += outStep;
        b0.intoArray(out, o);
        o += outStep;
        c0.intoArray(out, o);
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
        FloatVector b0 = a0;
        FloatVector c0 = a0;
        FloatVector d0 = a0;
        for (int s = 0; s < segments; s++) {
            int pa = start + s * segmentStep;
            int pb = pa + pixelStep;
            int pc = pb + pixelStep;
            int pd = pc + pixelStep;
            int w = panelStart + s * segmentLength * WIDTH;
            for (int i = 0; i < segmentLength; i++) {
                FloatVector w0 = FloatVector.fromArray(SPECIES, panel, w + i * WIDTH);
                a0 = FloatVector.broadcast(SPECIES, x[pa + i]).fma(w0, a0);
                b0 = FloatVector.broadcast(SPECIES, x[pb + i]).fma(w0, b0);
                c0 = FloatVector.broadcast(SPECIES, x[pc + i]).fma(w0, c0);
                d0 = FloatVector.broadcast(SPECIES, x[pd + i]).fma(w0, d0);
            }
        }
        int o = outStart;
        a0.intoArray(out, o);
        o += outStep;
        b0.intoArray(out, o);
        o += outStep;
        c0.intoArray(out, o);
        o += outStep;
        d0.intoArray(out, o);
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
        FloatVector b0 = a0;
        FloatVector c0 = a0;
        FloatVector d0 = a0;
        FloatVector e0 = a0;
        for (int s = 0; s < segments; s++) {
            int pa = start + s * segmentStep;
            int pb = pa + pixelStep;
            int pc = pb + pixelStep;
            int pd = pc + pixelStep;
            int pe = pd + pixelStep;
            int w = panelStart + s * segmentLength * WIDTH;
            for (int i = 0; i < segmentLength; i++) {
                FloatVector w0 = FloatVector.fromArray(SPECIES, panel, w + i * WIDTH);
                a0 = FloatVector.broadcast(SPECIES, x[pa + i]).fma(w0, a0);
                b0 = FloatVector.broadcast(SPECIES, x[pb + i]).fma(w0, b0);
                c0 = FloatVector.broadcast(SPECIES, x[pc + i]).fma(w0, c0);
                d0 = FloatVector.broadcast(SPECIES, x[pd + i]).fma(w0, d0);
                e0 = FloatVector.broadcast(SPECIES, x[pe + i]).fma(w0, e0);
            }
        }
        int o = outStart;
        a0.intoArray(out, o);
        o += outStep;
        b0.intoArray(out, o);
        o += outStep;
        c0.intoArray(out, o);
        o += outStep;
        d0.intoArray(out, o);
        o += outStep;
        e0.intoArray(out, o);
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
        FloatVector b0 = a0;
        FloatVector c0 = a0;
        FloatVector d0 = a0;
        FloatVector e0 = a0;
        FloatVector f0 = a0;
        for (int s = 0; s < segments; s++) {
            int pa = start + s * segmentStep;
            int pb = pa + pixelStep;
            int pc = pb + pixelStep;
            int pd = pc + pixelStep;
            int pe = pd + pixelStep;
            int pf = pe + pixelStep;
            int w = panelStart + s * segmentLength * WIDTH;
            for (int i = 0; i < segmentLength; i++) {
                FloatVector w0 = FloatVector.fromArray(SPECIES, panel, w + i * WIDTH);
                a0 = FloatVector.broadcast(SPECIES, x[pa + i]).fma(w0, a0);
                b0 = FloatVector.broadcast(SPECIES, x[pb + i]).fma(w0, b0);
                c0 = FloatVector.broadcast(SPECIES, x[pc + i]).fma(w0, c0);
                d0 = FloatVector.broadcast(SPECIES, x[pd + i]).fma(w0, d0);
                e0 = FloatVector.broadcast(SPECIES, x[pe + i]).fma(w0, e0);
                f0 = FloatVector.broadcast(SPECIES, x[pf + i]).fma(w0, f0);
            }
        }
        int o = outStart;
        a0.intoArray(out, o);
        o += outStep;
        b0.intoArray(out, o);
        o += outStep;
        c0.intoArray(out, o);
        o += outStep;
        d0.intoArray(out, o);
        o += outStep;
        e0.intoArray(out, o);
        o += outStep;
        f0.intoArray(out, o);
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
        FloatVector b0 = a0;
        FloatVector c0 = a0;
        FloatVector d0 = a0;
        FloatVector e0 = a0;
        FloatVector f0 = a0;
        FloatVector g0 = a0;
        for (int s = 0; s < segments; s++) {
            int pa = start + s * segmentStep;
            int pb = pa + pixelStep;
            int pc = pb + pixelStep;
            int pd = pc + pixelStep;
            int pe = pd + pixelStep;
            int pf = pe + pixelStep;
            int pg = pf + pixelStep;
            int w = panelStart + s * segmentLength * WIDTH;
            for (int i = 0; i < segmentLength; i++) {
                FloatVector w0 = FloatVector.fromArray(SPECIES, panel, w + i * WIDTH);
                a0 = FloatVector.broadcast(SPECIES, x[pa + i]).fma(w0, a0);
                b0 = FloatVector.broadcast(SPECIES, x[pb + i]).fma(w0, b0);
                c0 = FloatVector.broadcast(SPECIES, x[pc + i]).fma(w0, c0);
                d0 = FloatVector.broadcast(SPECIES, x[pd + i]).fma(w0, d0);
                e0 = FloatVector.broadcast(SPECIES, x[pe + i]).fma(w0, e0);
                f0 = FloatVector.broadcast(SPECIES, x[pf + i]).fma(w0, f0);
                g0 = FloatVector.broadcast(SPECIES, x[pg + i]).fma(w0, g0);
            }
        }
        int o = outStart;
        a0.intoArray(out, o);
        o += outStep;
        b0.intoArray(out, o);
        o += outStep;
        c0.intoArray(out, o);
        o += outStep;
        d0.intoArray(out, o);
        o += outStep;
        e0.intoArray(out, o);
        o += outStep;
        f0.intoArray(out, o);
        o += outStep;
        g0.intoArray(out, o);
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
        FloatVector b0 = a0;
        FloatVector c0 = a0;
        FloatVector d0 = a0;
        FloatVector e0 = a0;
        FloatVector f0 = a0;
        FloatVector g0 = a0;
        FloatVector h0 = a0;
        for (int s = 0; s < segments; s++) {
            int pa = start + s * segmentStep;
            int pb = pa + pixelStep;
            int pc = pb + pixelStep;
            int pd = pc + pixelStep;
            int pe = pd + pixelStep;
            int pf = pe + pixelStep;
            int pg = pf + pixelStep;
            int ph = pg + pixelStep;
            int w = panelStart + s * segmentLength * WIDTH;
            for (int i = 0; i < segmentLength; i++) {
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
        }
        int o = outStart;
        a0.intoArray(out, o);
        o += outStep;
        b0.intoArray(out, o);
        o += outStep;
        c0.intoArray(out, o);
        o += outStep;
        d0.intoArray(out, o);
        o += outStep;
        e0.intoArray(out, o);
        o += outStep;
        f0.intoArray(out, o);
        o += outStep;
        g0.intoArray(out, o);
        o += outStep;
        h0.intoArray(out, o);
    }
}
