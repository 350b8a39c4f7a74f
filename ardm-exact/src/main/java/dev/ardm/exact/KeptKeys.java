package dev.ardm.exact;

import dev.ardm.exact.internal.Checks;
import java.util.Arrays;

/**
 * The keys and values of the tokens of one item that there are so far, laid out for queries that come one after the other: scores run over
 * tokens, so the keys are kept by their places in the head. Grows with the item. For one thread at a time.
 */
public final class KeptKeys {
    private static final int LEAST = 16;

    private final int heads;
    private final int headWidth;
    private int tokens;
    /** Of each place of a row the keys of all tokens. */
    private float[][] keys;
    /** Of each token a row. */
    private float[][] values;

    /** None so far. */
    public KeptKeys(int heads, int headWidth) {
        Checks.positive("heads", heads);
        Checks.positive("headWidth", headWidth);
        this.heads = heads;
        this.headWidth = headWidth;
        keys = new float[Checks.size("row", (long) heads * headWidth)][LEAST];
        values = new float[LEAST][keys.length];
    }

    /** Number of heads. */
    public int heads() {
        return heads;
    }

    /** Floats of a head. */
    public int headWidth() {
        return headWidth;
    }

    /** Floats of a token. */
    public int row() {
        return keys.length;
    }

    /** Number of tokens. */
    public int tokens() {
        return tokens;
    }

    /** Of place {@code p} of a row, {@code keys()[p][t]} is that of token t. Not to be changed. */
    public float[][] keys() {
        return keys;
    }

    /** Of token t the row {@code values()[t]}. Not to be changed. */
    public float[][] values() {
        return values;
    }

    /** Forgets all tokens. */
    public void clear() {
        tokens = 0;
    }

    /**
     * Adds a token.
     *
     * @param k a row of keys from {@code kOffset}
     * @param v a row of values from {@code vOffset}
     */
    public void add(float[] k, int kOffset, float[] v, int vOffset) {
        Checks.range("k", k, kOffset, row());
        Checks.range("v", v, vOffset, row());
        if (tokens == values.length) {
            int more = Math.multiplyExact(2, tokens);
            for (int place = 0; place < keys.length; place++) {
                keys[place] = Arrays.copyOf(keys[place], more);
            }
            values = Arrays.copyOf(values, more);
            for (int token = tokens; token < more; token++) {
                values[token] = new float[row()];
            }
        }
        for (int place = 0; place < keys.length; place++) {
            keys[place][tokens] = k[kOffset + place];
        }
        System.arraycopy(v, vOffset, values[tokens++], 0, row());
    }
}
