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

    /** Where a context is, or {@code -1 - place} of where it would be. */
    int find(long hash) {
        int bucket = bucket(hash);
        return find(slots, bucket & -WAYS, bucket & WAYS - 1, (int) hash & 0xFF);
    }

    /**
     * The same among the slots of a bucket.
     *
     * @param from where these begin
     * @param first the one that is looked at first
     * @param check the bits that are compared
     */
    static int find(int[] slots, int from, int first, int check) {
        int least = from + first;
        int fewest = Integer.MAX_VALUE;
        for (int way = 0; way < WAYS; way++) {
            int place = from + (first ^ way);
            int slot = slots[place];
            int seen = slot >>> 8 & 0xFF;
            if (seen > 0 && (slot & 0xFF) == check) {
                return place;
            }
            if (seen < fewest) {
                fewest = seen;
                least = place;
            }
        }
        return -1 - least;
    }

    /** What is in a slot. */
    int slot(int place) {
        return slots[place];
    }

    /** Copies the slots of a bucket. */
    void copy(int from, int[] to, int at) {
        System.arraycopy(slots, from, to, at, WAYS);
    }

    /** Probability of a yes, from 0 to 65,535 in 1/65,536. */
    int probability(int place) {
        return slots[place] >>> 16;
    }

    /** How often it was asked, from 1 to 250. */
    int seen(int place) {
        return slots[place] >>> 8 & 0xFF;
    }

    /** Counts an answer at a place as {@link #find} returned it. */
    void learn(int found, long hash, boolean yes) {
        int place = found < 0 ? -1 - found : found;
        slots[place] = learnt(found < 0 ? 0 : slots[place], hash, yes);
    }

    /** A slot after an answer. @param slot before it; 0 if the context was not there */
    static int learnt(int slot, long hash, boolean yes) {
        int probability = slot == 0 ? FIRST : slot >>> 16;
        int seen = slot >>> 8 & 0xFF;
        probability += ((yes ? 0xFFFF : 0) - probability) * (long) STEPS[seen] >> 16;
        return probability << 16 | Math.min(seen + 1, MOST_SEEN) << 8 | (int) hash & 0xFF;
    }
}
