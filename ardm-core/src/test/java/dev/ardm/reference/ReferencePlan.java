package dev.ardm.reference;

import static dev.ardm.reference.ReferenceArchive.little;
import static dev.ardm.reference.ReferenceArchive.require;
import static dev.ardm.reference.ReferenceArchive.varint;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The plan's bytes: in which order the positions are generated, and when the network is called. */
final class ReferencePlan {
    /** Steps at which the network is called, and the number of steps at the end. */
    final List<Integer> calls = new ArrayList<>();

    /** The position generated at each step. */
    final List<Integer> order;

    ReferencePlan(byte[] bytes, int[] extents, int steps) {
        ByteBuffer in = little(bytes, 0, bytes.length);
        int kind = in.get();
        require(kind == 0 || kind == 1, "kind of order");
        order = kind == 0 ? spread(extents, steps) : random(in.getLong(), steps);
        long count = varint(in);
        calls.add(0);
        for (int k = 1; k < count; k++) {
            calls.add(calls.get(k - 1) + (int) varint(in));
            require(calls.get(k) > calls.get(k - 1), "increasing calls");
        }
        require(calls.get(calls.size() - 1) < steps && !in.hasRemaining(), "plan for the space");
        calls.add(steps);
    }

    private static List<Integer> spread(int[] extents, int steps) {
        List<Integer> positions = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            positions.add(i);
            keys.add(extents.length == 3 ? dither(i, extents[1], extents[2]) : lowestFirst(i));
        }
        positions.sort(Comparator.<Integer, String>comparing(keys::get).thenComparing(Comparator.naturalOrder()));
        return positions;
    }

    private static String dither(int position, int width, int channels) {
        int c = position % channels;
        int x = position / channels % width + c % 2;
        int y = position / channels / width + c / 2;
        StringBuilder bits = new StringBuilder();
        for (int bit = 0; bit < 31; bit++) {
            bits.append((x ^ y) >> bit & 1).append(y >> bit & 1);
        }
        return bits.toString();
    }

    private static String lowestFirst(int position) {
        StringBuilder bits = new StringBuilder();
        for (int bit = 0; bit < 31; bit++) {
            bits.append(position >> bit & 1);
        }
        return bits.toString();
    }

    private static List<Integer> random(long seed, int steps) {
        Words words = new Words(seed);
        List<Integer> p = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            int j = words.below(i + 1);
            p.add(j == i ? i : p.get(j));
            p.set(j, i);
        }
        return p;
    }

    /** The stream of 32-bit words that random orders are drawn from. */
    private static final class Words {
        private static final long MASK = 0xFFFFFFFFL;

        private final long seed;
        private final List<Long> words = new ArrayList<>();
        private int used;

        Words(long seed) {
            this.seed = seed;
        }

        int below(long bound) {
            long product;
            do {
                product = next() * bound;
            } while ((product & MASK) < (1L << 32) % bound);
            return (int) (product >>> 32);
        }

        private long next() {
            if (used == words.size()) {
                block(used / 4);
            }
            return words.get(used++);
        }

        private void block(long number) {
            long c0 = number;
            long c1 = 4;
            long c2 = 0;
            long c3 = 0;
            long k0 = seed & MASK;
            long k1 = seed >>> 32;
            for (int round = 0; round < 10; round++) {
                long p = 0xD2511F53L * c0;
                long q = 0xCD9E8D57L * c2;
                c0 = q >>> 32 ^ c1 ^ k0;
                c1 = q & MASK;
                c2 = p >>> 32 ^ c3 ^ k1;
                c3 = p & MASK;
                k0 = k0 + 0x9E3779B9L & MASK;
                k1 = k1 + 0xBB67AE85L & MASK;
            }
            words.addAll(List.of(c0, c1, c2, c3));
        }
    }
}
