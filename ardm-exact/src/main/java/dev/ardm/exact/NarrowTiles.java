package dev.ardm.exact;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The innermost loops for a last panel of one vector; otherwise as {@link WideTiles}. */
final class NarrowTiles {
    private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
    private static final int WIDTH = Lanes.WIDTH;

    private NarrowTiles() {}

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
        int pa = start;
        for (int i = 0; i < length; i++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, panel, panelStart + i * WIDTH);
            a0 = FloatVector.broadcast(SPECIES, x[pa + i]).fma(w0, a0);
        }
        a0.intoArray(out, outStart);
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
        f += fromStep;
        FloatVector b0 = FloatVector.fromArray(SPECIES, from, f);
        int pa = start;
        int pb = pa + pixelStep;
        for (int i = 0; i < length; i++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, panel, panelStart + i * WIDTH);
            a0 = FloatVector.broadcast(SPECIES, x[pa + i]).fma(w0, a0);
            b0 = FloatVector.broadcast(SPECIES, x[pb + i]).fma(w0, b0);
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
        f += fromStep;
        FloatVector b0 = FloatVector.fromArray(SPECIES, from, f);
        f += fromStep;
        FloatVector c0 = FloatVector.fromArray(SPECIES, from, f);
        int pa = start;
        int pb = pa + pixelStep;
        int pc = pb + pixelStep;
        for (int i = 0; i < length; i++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, panel, panelStart + i * WIDTH);
            a0 = FloatVector.broadcast(SPECIES, x[pa + i]).fma(w0, a0);
            b0 = FloatVector.broadcast(SPECIES, x[pb + i]).fma(w0, b0);
            c0 = FloatVector.broadcast(SPECIES, x[pc + i]).fma(w0, c0);
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
        f += fromStep;
        FloatVector b0 = FloatVector.fromArray(SPECIES, from, f);
        f += fromStep;
        FloatVector c0 = FloatVector.fromArray(SPECIES, from, f);
        f += fromStep;
        FloatVector d0 = FloatVector.fromArray(SPECIES, from, f);
        int pa = start;
        int pb = pa + pixelStep;
        int pc = pb + pixelStep;
        int pd = pc + pixelStep;
        for (int i = 0; i < length; i++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, panel, panelStart + i * WIDTH);
            a0 = FloatVector.broadcast(SPECIES, x[pa + i]).fma(w0, a0);
            b0 = FloatVector.broadcast(SPECIES, x[pb + i]).fma(w0, b0);
            c0 = FloatVector.broadcast(SPECIES, x[pc + i]).fma(w0, c0);
            d0 = FloatVector.broadcast(SPECIES, x[pd + i]).fma(w0, d0);
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
        f += fromStep;
        FloatVector b0 = FloatVector.fromArray(SPECIES, from, f);
        f += fromStep;
        FloatVector c0 = FloatVector.fromArray(SPECIES, from, f);
        f += fromStep;
        FloatVector d0 = FloatVector.fromArray(SPECIES, from, f);
        f += fromStep;
        FloatVector e0 = FloatVector.fromArray(SPECIES, from, f);
        int pa = start;
        int pb = pa + pixelStep;
        int pc = pb + pixelStep;
        int pd = pc + pixelStep;
        int pe = pd + pixelStep;
        for (int i = 0; i < length; i++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, panel, panelStart + i * WIDTH);
            a0 = FloatVector.broadcast(SPECIES, x[pa + i]).fma(w0, a0);
            b0 = FloatVector.broadcast(SPECIES, x[pb + i]).fma(w0, b0);
            c0 = FloatVector.broadcast(SPECIES, x[pc + i]).fma(w0, c0);
            d0 = FloatVector.broadcast(SPECIES, x[pd + i]).fma(w0, d0);
            e0 = FloatVector.broadcast(SPECIES, x[pe + i]).fma(w0, e0);
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
        f += fromStep;
        FloatVector b0 = FloatVector.fromArray(SPECIES, from, f);
        f += fromStep;
        FloatVector c0 = FloatVector.fromArray(SPECIES, from, f);
        f += fromStep;
        FloatVector d0 = FloatVector.fromArray(SPECIES, from, f);
        f += fromStep;
        FloatVector e0 = FloatVector.fromArray(SPECIES, from, f);
        f += fromStep;
        FloatVector f0 = FloatVector.fromArray(SPECIES, from, f);
        int pa = start;
        int pb = pa + pixelStep;
        int pc = pb + pixelStep;
        int pd = pc + pixelStep;
        int pe = pd + pixelStep;
        int pf = pe + pixelStep;
        for (int i = 0; i < length; i++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, panel, panelStart + i * WIDTH);
            a0 = FloatVector.broadcast(SPECIES, x[pa + i]).fma(w0, a0);
            b0 = FloatVector.broadcast(SPECIES, x[pb + i]).fma(w0, b0);
            c0 = FloatVector.broadcast(SPECIES, x[pc + i]).fma(w0, c0);
            d0 = FloatVector.broadcast(SPECIES, x[pd + i]).fma(w0, d0);
            e0 = FloatVector.broadcast(SPECIES, x[pe + i]).fma(w0, e0);
            f0 = FloatVector.broadcast(SPECIES, x[pf + i]).fma(w0, f0);
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
        f += fromStep;
        FloatVector b0 = FloatVector.fromArray(SPECIES, from, f);
        f += fromStep;
        FloatVector c0 = FloatVector.fromArray(SPECIES, from, f);
        f += fromStep;
        FloatVector d0 = FloatVector.fromArray(SPECIES, from, f);
        f += fromStep;
        FloatVector e0 = FloatVector.fromArray(SPECIES, from, f);
        f += fromStep;
        FloatVector f0 = FloatVector.fromArray(SPECIES, from, f);
        f += fromStep;
        FloatVector g0 = FloatVector.fromArray(SPECIES, from, f);
        int pa = start;
        int pb = pa + pixelStep;
        int pc = pb + pixelStep;
        int pd = pc + pixelStep;
        int pe = pd + pixelStep;
        int pf = pe + pixelStep;
        int pg = pf + pixelStep;
        for (int i = 0; i < length; i++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, panel, panelStart + i * WIDTH);
            a0 = FloatVector.broadcast(SPECIES, x[pa + i]).fma(w0, a0);
            b0 = FloatVector.broadcast(SPECIES, x[pb + i]).fma(w0, b0);
            c0 = FloatVector.broadcast(SPECIES, x[pc + i]).fma(w0, c0);
            d0 = FloatVector.broadcast(SPECIES, x[pd + i]).fma(w0, d0);
            e0 = FloatVector.broadcast(SPECIES, x[pe + i]).fma(w0, e0);
            f0 = FloatVector.broadcast(SPECIES, x[pf + i]).fma(w0, f0);
            g0 = FloatVector.broadcast(SPECIES, x[pg + i]).fma(w0, g0);
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
        f += fromStep;
        FloatVector b0 = FloatVector.fromArray(SPECIES, from, f);
        f += fromStep;
        FloatVector c0 = FloatVector.fromArray(SPECIES, from, f);
        f += fromStep;
        FloatVector d0 = FloatVector.fromArray(SPECIES, from, f);
        f += fromStep;
        FloatVector e0 = FloatVector.fromArray(SPECIES, from, f);
        f += fromStep;
        FloatVector f0 = FloatVector.fromArray(SPECIES, from, f);
        f += fromStep;
        FloatVector g0 = FloatVector.fromArray(SPECIES, from, f);
        f += fromStep;
        FloatVector h0 = FloatVector.fromArray(SPECIES, from, f);
        int pa = start;
        int pb = pa + pixelStep;
        int pc = pb + pixelStep;
        int pd = pc + pixelStep;
        int pe = pd + pixelStep;
        int pf = pe + pixelStep;
        int pg = pf + pixelStep;
        int ph = pg + pixelStep;
        for (int i = 0; i < length; i++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, panel, panelStart + i * WIDTH);
            a0 = FloatVector.broadcast(SPECIES, x[pa + i]).fma(w0, a0);
            b0 = FloatVector.broadcast(SPECIES, x[pb + i]).fma(w0, b0);
            c0 = FloatVector.broadcast(SPECIES, x[pc + i]).fma(w0, c0);
            d0 = FloatVector.broadcast(SPECIES, x[pd + i]).fma(w0, d0);
            e0 = FloatVector.broadcast(SPECIES, x[pe + i]).fma(w0, e0);
            f0 = FloatVector.broadcast(SPECIES, x[pf + i]).fma(w0, f0);
            g0 = FloatVector.broadcast(SPECIES, x[pg + i]).fma(w0, g0);
            h0 = FloatVector.broadcast(SPECIES, x[ph + i]).fma(w0, h0);
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
