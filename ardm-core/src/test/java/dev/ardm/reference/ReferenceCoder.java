package dev.ardm.reference;

import static dev.ardm.reference.ReferenceArchive.little;
import static dev.ardm.reference.ReferenceArchive.require;

import java.util.ArrayList;
import java.util.List;

/** Laws and the stack of docs/format.md, for popping. */
final class ReferenceCoder {
    private static final int PRECISION = 24;

    private final List<Long> words = new ArrayList<>();
    private long head;

    ReferenceCoder(byte[] stream) {
        int length = stream.length;
        int headLength;
        if (length < 4) {
            headLength = length;
        } else if (length % 4 != 0) {
            headLength = 4 + length % 4;
        } else {
            headLength = length == 4 || (stream[length - 1] & 0xFF) >= 128 ? 4 : 8;
        }
        for (int at = 0; at < length - headLength; at += 4) {
            words.add(little(stream, at, 4).getInt() & 0xFFFFFFFFL);
        }
        for (int at = length - 1; at >= length - headLength; at--) {
            head = head * 256 + (stream[at] & 0xFF);
        }
    }

    /** The frequencies of the symbols whose logits stand from {@code offset} on. */
    static long[] frequencies(float[] logits, int offset, int count) {
        float largest = logits[offset];
        for (int k = 0; k < count; k++) {
            largest = Math.max(largest, logits[offset + k]);
        }
        long[] weights = new long[count];
        long sum = 0;
        int first = 0;
        for (int k = 0; k < count; k++) {
            weights[k] = (long) (ReferenceMath.exp(logits[offset + k] - largest) * 1073741824f);
            sum += weights[k];
            first = weights[k] > weights[first] ? k : first;
        }
        require(sum > 0, "a weight");
        long[] frequencies = new long[count];
        long left = 1L << PRECISION;
        for (int k = 0; k < count; k++) {
            frequencies[k] = 1 + weights[k] * ((1L << PRECISION) - count) / sum;
            left -= frequencies[k];
        }
        frequencies[first] += left;
        return frequencies;
    }

    int pop(long[] frequencies) {
        long block = head >> PRECISION;
        long place = head % (1L << PRECISION);
        boolean spread = words.isEmpty() && block < 16;
        long slot = spread ? reversed(place) : place;
        int symbol = 0;
        long start = 0;
        while (slot >= start + frequencies[symbol]) {
            start += frequencies[symbol++];
        }
        long f = frequencies[symbol];
        long r = spread ? slotsBefore(place, start + f) - slotsBefore(place, start) : slot - start;
        head = f * block + r;
        if (head < 1L << 31 && !words.isEmpty()) {
            head = (head << 32) + words.remove(words.size() - 1);
        }
        return symbol;
    }

    private static long reversed(long bits) {
        long out = 0;
        for (int bit = 0; bit < PRECISION; bit++) {
            out = 2 * out + (bits >> bit & 1);
        }
        return out;
    }

    /** How many of the places below {@code place} have slots below {@code bound}: the walk from the highest bit down. */
    private static long slotsBefore(long place, long bound) {
        long count = 0;
        long walked = 0;
        for (int k = PRECISION - 1; k >= 0; k--) {
            if ((place >> k & 1) == 1) {
                // The places in [walked, walked + 2^k).
                long step = 1L << PRECISION - k;
                count += (bound - reversed(walked) + step - 1) / step;
                walked += 1L << k;
            }
        }
        return count;
    }

    /** Compares what is left with the check of the decoded item. */
    void close(int check) {
        require(words.isEmpty(), "nothing left over");
        int c = 63 - Long.numberOfLeadingZeros(head);
        require(c >= 7 && c <= 30, "number of check bits");
        long one = 1L << c;
        require(head == one + (check & one - 1), "check bits of the item");
    }
}
