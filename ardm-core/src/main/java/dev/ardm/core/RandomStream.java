package dev.ardm.core;

/**
 * A counter-based random stream: the values are a pure function of (seed, purpose, item, position in the stream), so
 * they do not depend on batch, thread or other draws. Philox4x32-10 of Salmon et al., "Parallel random
 * numbers: as easy as 1, 2, 3", SC 2011. Not for cryptography. Not safe for use by several threads at once; make one
 * stream per item instead; streams are cheap.
 */
public final class RandomStream {
    /**
     * The purpose of a stream. Streams of one seed and item with different purposes are unrelated. A purpose's place in this list
     * is part of its streams: new ones come last.
     */
    public enum Purpose {
        /** Initial weights; the item is the index of the parameter. */
        WEIGHTS,
        /** Which items make a training batch; the item is the epoch. */
        SHUFFLE,
        /** Corruption of a training example; the item is its global index (step x batch + place). */
        CORRUPTION,
        /** Dropout and other noise inside a network. */
        DROPOUT,
        /** Orders of generation. */
        ORDER,
        /** Values drawn while sampling or filling; the item is the index of the sample. */
        SAMPLE,
        /** Orders and steps of a likelihood estimate; the item is the index of the evaluated item and pass. */
        EVALUATION,
        /** Which items are held out for validation. */
        SPLIT,
        /** Synthetic data; the item is the index of the item made. */
        SYNTHETIC,
        /** Masks made by name, such as a random mask for filling. */
        MASK,
        /** Tests. */
        TEST,
        /** Falling times of an absorbing diffusion; the item is the index of the sample. */
        FALLING_TIMES,
        /** Seeds of orders that are new for each item; the item is the index of the sample. */
        ORDER_SEED,
        /** Lengths of samples; the item is the index of the sample. */
        LENGTH
    }

    private static final int PHILOX_M0 = 0xD2511F53;
    private static final int PHILOX_M1 = 0xCD9E8D57;
    private static final int PHILOX_W0 = 0x9E3779B9;
    private static final int PHILOX_W1 = 0xBB67AE85;

    private final int key0;
    private final int key1;
    private final int purpose;
    private final long item;
    private int block;
    private final int[] words = new int[4];
    private int used = 4;

    private RandomStream(long seed, int purpose, long item) {
        this.key0 = (int) seed;
        this.key1 = (int) (seed >>> 32);
        this.purpose = purpose;
        this.item = item;
    }

    /** The stream of a seed, a purpose and an item. */
    public static RandomStream of(long seed, Purpose purpose, long item) {
        return new RandomStream(seed, purpose.ordinal(), item);
    }

    /** Ten rounds of Philox on the counter (c0..c3) under the key (k0, k1), in place. */
    static void philox(int[] c, int k0, int k1) {
        for (int round = 0; round < 10; round++) {
            long p0 = (PHILOX_M0 & 0xFFFFFFFFL) * (c[0] & 0xFFFFFFFFL);
            long p1 = (PHILOX_M1 & 0xFFFFFFFFL) * (c[2] & 0xFFFFFFFFL);
            int n0 = (int) (p1 >>> 32) ^ c[1] ^ k0;
            int n2 = (int) (p0 >>> 32) ^ c[3] ^ k1;
            c[1] = (int) p1;
            c[3] = (int) p0;
            c[0] = n0;
            c[2] = n2;
            k0 += PHILOX_W0;
            k1 += PHILOX_W1;
        }
    }

    /** Uniform on all ints. */
    public int nextInt() {
        if (used == 4) {
            words[0] = block++;
            words[1] = purpose;
            words[2] = (int) item;
            words[3] = (int) (item >>> 32);
            philox(words, key0, key1);
            used = 0;
        }
        return words[used++];
    }

    /** Uniform on all longs. */
    public long nextLong() {
        long high = nextInt();
        return high << 32 | (nextInt() & 0xFFFFFFFFL);
    }

    /** Uniform on {@code [0, bound)}, without bias (multiply and reject). */
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound must be at least 1, got " + bound);
        }
        long product = (nextInt() & 0xFFFFFFFFL) * bound;
        if ((product & 0xFFFFFFFFL) < bound) {
            long threshold = (1L << 32) % bound;
            while ((product & 0xFFFFFFFFL) < threshold) {
                product = (nextInt() & 0xFFFFFFFFL) * bound;
            }
        }
        return (int) (product >>> 32);
    }

    /** Uniform on [0, 1) with 53 bits. */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Standard normal by the polar method, with StrictMath so that it is the same everywhere. */
    public double nextGaussian() {
        while (true) {
            double u = 2 * nextDouble() - 1;
            double v = 2 * nextDouble() - 1;
            double s = u * u + v * v;
            if (s > 0 && s < 1) {
                return u * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
            }
        }
    }

    /** A uniform permutation of {@code 0..n-1} (Fisher-Yates). */
    public int[] permutation(int n) {
        int[] p = new int[n];
        for (int i = 0; i < n; i++) {
            int j = nextInt(i + 1);
            p[i] = p[j];
            p[j] = i;
        }
        return p;
    }
}
