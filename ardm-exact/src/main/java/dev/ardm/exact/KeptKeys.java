package dev.ardm.exact;

import dev.ardm.exact.internal.Checks;
import java.util.Arrays;

/**
 * The keys and values of the tokens of one item that there are so far, laid out for queries that come one after the other. Grows with the
 * item. For one thread at a time.
 *
 * <p>Tokens are in blocks of {@value #BLOCK}: {@code keys(b)[p * BLOCK + i]} is place p of the key of token {@code b * BLOCK + i}, because
 * scores run over tokens, and {@code values(b)[i * row + p]} that of its value. What is after the last token is not specified, but finite if
 * all that was added is.
 */
public final class KeptKeys {
    /** Tokens of a block. */
    public static final int BLOCK = 16;

    private final int headWidth;
    private final int row;
    private int tokens;
    private float[][] keys = {};
    private float[][] values = {};

    /** None so far. */
    public KeptKeys(int heads, int headWidth) {
        Checks.positive("heads", heads);
        Checks.positive("headWidth", headWidth);
        this.headWidth = headWidth;
        this.row = Checks.size("row", (long) heads * headWidth);
    }

    /** Floats of a head. */
    public int headWidth() {
        return headWidth;
    }

    /** Floats of a token. */
    public int row() {
        return row;
    }

    /** Number of tokens. */
    public int tokens() {
        return tokens;
    }

    /** The keys of a block, not to be changed. */
    public float[] keys(int block) {
        return keys[block];
    }

    /** The values of a block, not to be changed. */
    public float[] values(int block) {
        return values[block];
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
        Checks.range("k", k, kOffset, row);
        Checks.range("v", v, vOffset, row);
        int block = tokens / BLOCK;
        if (block == keys.length) {
            int size = Checks.size("block", (long) BLOCK * row);
            keys = Arrays.copyOf(keys, 2 * block + 1);
            values = Arrays.copyOf(values, keys.length);
            for (int i = block; i < keys.length; i++) {
                keys[i] = new float[size];
                values[i] = new float[size];
            }
        }
        int lane = tokens % BLOCK;
        float[] own = keys[block];
        for (int place = 0; place < row; place++) {
            own[place * BLOCK + lane] = k[kOffset + place];
        }
        System.arraycopy(v, vOffset, values[block], lane * row, row);
        tokens++;
    }
}
