package dev.ardm.core.counts.pixel;

import java.util.Arrays;

/**
 * How probable a yes is after each context, and how often it was asked: a hash table of fixed size. A bucket has four slots; a new
 * context takes the place of the one that was asked least. Eight more bits of its hash are compared, so that one context in 256
 * finds another's slot where it has none. Threads may share it while nothing learns.
 */
final class AnswerTable {
    /** Slots of a bucket; these are next to each other. */
    static final int WAYS = 4;

    private static final int MOST_SEEN = 250;
    private static final int FIRST = 1 << 15; // A probability of one half.
    private static final int[] STEPS = steps();

    private final int[] slots; // Probability in the upper 16 bits, then how often, then the bits that are compared.
    private final int shift;

    /** @param bits binary logarithm of the number of slots, from 2 to 28 */
    AnswerTable(int bits) {
        slots = new int[1 << bits];
        shift = 64 - bits;
    }

    /** The first observations move the probability most: by 1 / (n + 1.6). */
    private static int[] steps() {
        int[] steps = new int[MOST_SEEN + 1];
        for (int seen = 0; seen <= MOST_SEEN; seen++) {
            steps[seen] = (10 << 16) / (10 * seen + 16);
        }
        return steps;
    }

    /** Forgets everything. */
    void clear() {
        Arrays.fill(slots, 0);
    }

    /** The slot that a hash is looked for first. */
    int bucket(long hash) {
        return (int) (hash >>> shift);
    }

    /**
     * What is in the slot that a hash is looked for first. Whoever asks for several contexts reads all of these first, so that their
     * cache misses overlap.
     */
    int first(long hash) {
        return slots[bucket(hash)];
    }

    /**
     * Where a context is, or {@code -1 - place} of where it would be.
     *
     * @param first see {@link #first}
     */
    int find(long hash, int first) {
        return find(slots, bucket(hash), first, (int) hash & 0xFF);
    }

    /**
     * The same among slots.
     *
     * @param place the one that is looked at first
     * @param first what is in it
     * @param check the bits that are compared
     */
    static int find(int[] slots, int place, int first, int check) {
        int second = slots[place ^ 1];
        int third = slots[place ^ 2];
        int fourth = slots[place ^ 3];
        // A branch would often be mispredicted, so all four are compared.
        int ways = same(first, check) | same(second, check) << 1 | same(third, check) << 2 | same(fourth, check) << 3;
        if (ways != 0) {
            return place ^ Integer.numberOfTrailingZeros(ways);
        }
        // How often each was asked, and which way it is: of those asked least, the first.
        int least = Math.min(
                Math.min(first >>> 6 & 0x3FC, second >>> 6 & 0x3FC | 1),
                Math.min(third >>> 6 & 0x3FC | 2, fourth >>> 6 & 0x3FC | 3));
        return -1 - (place ^ least & 3);
    }

    /** 1 if a slot is in use and has these bits, else 0. */
    private static int same(int slot, int check) {
        return ((slot & 0xFF ^ check) - 1 & -(slot >>> 8 & 0xFF)) >>> 31;
    }

    /** What is in a slot; see {@link #probability} and {@link #seen}. */
    int slot(int place) {
        return slots[place];
    }

    /** Probability of a yes of a slot, from 0 to 65,535 in 1/65,536. */
    static int probability(int slot) {
        return slot >>> 16;
    }

    /** How often a slot was asked, from 1 to 250; 0 if it is free. */
    static int seen(int slot) {
        return slot >>> 8 & 0xFF;
    }

    /** Copies the slots of a bucket. */
    void copy(int from, int[] to, int at) {
        System.arraycopy(slots, from, to, at, WAYS);
    }

    /** Counts an answer at a place as {@link #find} returned it. */
    void learn(int found, long hash, boolean yes) {
        int place = found < 0 ? -1 - found : found;
        slots[place] = learnt(found < 0 ? 0 : slots[place], hash, yes);
    }

    /** A slot after an answer. @param slot before it; 0 if the context was not there */
    static int learnt(int slot, long hash, boolean yes) {
        int probability = slot == 0 ? FIRST : probability(slot);
        int seen = seen(slot);
        probability += ((yes ? 0xFFFF : 0) - probability) * (long) STEPS[seen] >> 16;
        return probability << 16 | Math.min(seen + 1, MOST_SEEN) << 8 | (int) hash & 0xFF;
    }
}
