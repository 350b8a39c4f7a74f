package dev.ardm.bench;

import java.util.Arrays;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The most fused multiply-adds in fp32 that this machine does: a loop on registers that touches no memory. */
final class PeakFlops {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int CHAINS = 12;
    private static final int TURNS = 200_000;

    private PeakFlops() {}

    /**
     * Billions of floating-point operations a second, the median of some rounds; a multiply-add counts as two.
     *
     * @param threads how many threads do it at once
     */
    static double gigaflops(int threads) throws InterruptedException {
        int rounds = 15;
        double[] speeds = new double[rounds];
        float[] sink = new float[threads];
        for (int i = 0; i < 30; i++) {
            sink[0] += chains(TURNS); // until it is compiled
        }
        for (int round = 0; round < rounds; round++) {
            CyclicBarrier start = new CyclicBarrier(threads + 1);
            Thread[] running = new Thread[threads];
            for (int t = 0; t < threads; t++) {
                int own = t;
                running[t] = new Thread(() -> {
                    await(start);
                    for (int i = 0; i < 40; i++) {
                        sink[own] += chains(TURNS);
                    }
                });
                running[t].start();
            }
            await(start);
            long from = System.nanoTime();
            for (Thread thread : running) {
                thread.join();
            }
            speeds[round] = 2.0 * SPECIES.length() * CHAINS * TURNS * 40 * threads / (System.nanoTime() - from);
        }
        Arrays.sort(speeds);
        if (sink[0] == 1) {
            System.err.println("so that the loop is not left out");
        }
        return speeds[rounds / 2];
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    private static float chains(int turns) {
        FloatVector x = FloatVector.broadcast(SPECIES, 0.999f);
        FloatVector y = FloatVector.broadcast(SPECIES, 1e-3f);
        FloatVector a = y;
        FloatVector b = y;
        FloatVector c = y;
        FloatVector d = y;
        FloatVector e = y;
        FloatVector f = y;
        FloatVector g = y;
        FloatVector h = y;
        FloatVector i = y;
        FloatVector j = y;
        FloatVector k = y;
        FloatVector l = y;
        for (int turn = 0; turn < turns; turn++) {
            a = a.fma(x, y);
            b = b.fma(x, y);
            c = c.fma(x, y);
            d = d.fma(x, y);
            e = e.fma(x, y);
            f = f.fma(x, y);
            g = g.fma(x, y);
            h = h.fma(x, y);
            i = i.fma(x, y);
            j = j.fma(x, y);
            k = k.fma(x, y);
            l = l.fma(x, y);
        }
        return a.add(b)
                .add(c)
                .add(d)
                .add(e)
                .add(f)
                .add(g)
                .add(h)
                .add(i)
                .add(j)
                .add(k)
                .add(l)
                .lane(0);
    }
}
