package dev.ardm.exact.internal.vector;

import dev.ardm.exact.KeptKeys;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The chains of one query over keys and values that are kept: four vectors at a time, so that they do not wait for each other. */
final class VectorAttention {
    private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
    private static final int WIDTH = Lanes.WIDTH;
    private static final int BLOCK = KeptKeys.BLOCK;

    /** Vectors at a time. */
    static final int VECTORS = 4;

    private VectorAttention() {}

    /**
     * The scores of a head.
     *
     * @param query from {@code column}
     * @param out of each token that is seen and some more, up to a multiple of four vectors, from {@code to}
     */
    static void scores(float[] query, int column, KeptKeys kept, int seen, float[] out, int to) {
        int last = (seen - 1) / BLOCK;
        for (int token = 0; token < seen; token += VECTORS * WIDTH) {
            // Vectors after the last block are computed on it: nobody reads them.
            four(
                    query,
                    column,
                    kept.headWidth(),
                    kept.keys(Math.min(last, token / BLOCK)),
                    start(token, column),
                    kept.keys(Math.min(last, (token + WIDTH) / BLOCK)),
                    start(token + WIDTH, column),
                    kept.keys(Math.min(last, (token + 2 * WIDTH) / BLOCK)),
                    start(token + 2 * WIDTH, column),
                    kept.keys(Math.min(last, (token + 3 * WIDTH) / BLOCK)),
                    start(token + 3 * WIDTH, column),
                    out,
                    to + token);
        }
    }

    private static int start(int token, int column) {
        return column * BLOCK + token % BLOCK;
    }

    private static void four(
            float[] query,
            int column,
            int headWidth,
            float[] keys0,
            int start0,
            float[] keys1,
            int start1,
            float[] keys2,
            int start2,
            float[] keys3,
            int start3,
            float[] out,
            int to) {
        FloatVector chain0 = FloatVector.zero(SPECIES);
        FloatVector chain1 = FloatVector.zero(SPECIES);
        FloatVector chain2 = FloatVector.zero(SPECIES);
        FloatVector chain3 = FloatVector.zero(SPECIES);
        for (int d = 0; d < headWidth; d++) {
            FloatVector q = FloatVector.broadcast(SPECIES, query[column + d]);
            int at = d * BLOCK;
            chain0 = q.fma(FloatVector.fromArray(SPECIES, keys0, start0 + at), chain0);
            chain1 = q.fma(FloatVector.fromArray(SPECIES, keys1, start1 + at), chain1);
            chain2 = q.fma(FloatVector.fromArray(SPECIES, keys2, start2 + at), chain2);
            chain3 = q.fma(FloatVector.fromArray(SPECIES, keys3, start3 + at), chain3);
        }
        chain0.intoArray(out, to);
        chain1.intoArray(out, to + WIDTH);
        chain2.intoArray(out, to + 2 * WIDTH);
        chain3.intoArray(out, to + 3 * WIDTH);
    }

    /**
     * Carries chains over the tokens of a block that are seen: those of four vectors from {@code column} on.
     *
     * @param weights of the block's tokens for the head of each vector, from {@code first + i} on
     */
    static void values(
            float[] weights,
            int first0,
            int first1,
            int first2,
            int first3,
            int tokens,
            float[] values,
            int row,
            int column,
            float[] out,
            int to) {
        FloatVector chain0 = FloatVector.fromArray(SPECIES, out, to);
        FloatVector chain1 = FloatVector.fromArray(SPECIES, out, to + WIDTH);
        FloatVector chain2 = FloatVector.fromArray(SPECIES, out, to + 2 * WIDTH);
        FloatVector chain3 = FloatVector.fromArray(SPECIES, out, to + 3 * WIDTH);
        for (int i = 0; i < tokens; i++) {
            int at = i * row + column;
            FloatVector w0 = FloatVector.broadcast(SPECIES, weights[first0 + i]);
            FloatVector w1 = FloatVector.broadcast(SPECIES, weights[first1 + i]);
            FloatVector w2 = FloatVector.broadcast(SPECIES, weights[first2 + i]);
            FloatVector w3 = FloatVector.broadcast(SPECIES, weights[first3 + i]);
            chain0 = w0.fma(FloatVector.fromArray(SPECIES, values, at), chain0);
            chain1 = w1.fma(FloatVector.fromArray(SPECIES, values, at + WIDTH), chain1);
            chain2 = w2.fma(FloatVector.fromArray(SPECIES, values, at + 2 * WIDTH), chain2);
            chain3 = w3.fma(FloatVector.fromArray(SPECIES, values, at + 3 * WIDTH), chain3);
        }
        chain0.intoArray(out, to);
        chain1.intoArray(out, to + WIDTH);
        chain2.intoArray(out, to + 2 * WIDTH);
        chain3.intoArray(out, to + 3 * WIDTH);
    }
}
