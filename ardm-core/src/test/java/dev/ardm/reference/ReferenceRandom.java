package dev.ardm.reference;

/** Random words and numbers from a seed: Philox4x32-10 (arithmetic.md, The plan). */
final class ReferenceRandom {

    private final int low;
    private final int high;
    private int block;
    private int[] words = {};
    private int at;

    ReferenceRandom(long seed) {
        this.low = (int) seed;
        this.high = (int) (seed >>> 32);
    }

    /** Returns the next word, in [0, 2^32). */
    private long word() {
        if (at == words.length) {
            words = philox(new int[] {block++, 4, 0, 0}, low, high);
            at = 0;
        }
        return words[at++] & 0xFFFFFFFFL;
    }

    /** Draws uniformly from [0, m). */
    int below(int m) {
        long product = word() * m;
        while ((product & 0xFFFFFFFFL) < (1L << 32) % m) {
            product = word() * m;
        }
        return (int) (product >>> 32);
    }

    static int[] philox(int[] counter, int low, int high) {
        int[] c = counter;
        int k0 = low;
        int k1 = high;
        for (int round = 0; round < 10; round++) {
            long p = 0xD2511F53L * (c[0] & 0xFFFFFFFFL);
            long q = 0xCD9E8D57L * (c[2] & 0xFFFFFFFFL);
            c = new int[] {(int) (q >>> 32) ^ c[1] ^ k0, (int) q, (int) (p >>> 32) ^ c[3] ^ k1, (int) p};
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        return c;
    }
}
