package dev.ardm.reference;

import java.util.ArrayDeque;
import java.util.Deque;

/** The coder of items: a stack of symbols (format.md, The stack and Checked streams). */
final class ReferenceCoder {

    private static final long LOW = 1L << 31;
    private static final int SPREAD_BLOCKS = 16;

    /** The head, in [0, 2^63). */
    private long head;

    /** The words; the one appended last is the last. */
    private final Deque<Long> words = new ArrayDeque<>();

    /** Makes a stack without words. */
    ReferenceCoder(long head) {
        this.head = head;
    }

    /** Makes the stack that a stream holds (section The stack, Bytes). */
    static ReferenceCoder of(byte[] stream) throws ReferenceException {
        int length = stream.length;
        if (length == 0 || stream[length - 1] == 0) {
            throw ReferenceException.damaged("a stream is empty or ends with a zero");
        }
        int headBytes;
        if (length <= 4) {
            headBytes = length;
        } else if (length % 4 != 0) {
            headBytes = 4 + length % 4;
        } else {
            headBytes = stream[length - 1] < 0 ? 4 : 8;
        }
        ReferenceCoder coder =
                new ReferenceCoder(new ReferenceInput(stream, length - headBytes, length).unsigned(headBytes));
        ReferenceInput in = new ReferenceInput(stream, 0, length - headBytes);
        while (in.remaining() > 0) {
            coder.words.addLast(in.unsigned(4));
        }
        return coder;
    }

    /** Removes the symbol on top (section The stack, Pop). */
    int pop(ReferenceDistribution distribution) {
        int p = distribution.precision();
        long block = head >>> p;
        long place = head & ((1L << p) - 1);
        boolean spread = isSpread(block);
        long slot = spread ? reverse(place, p) : place;
        int symbol = distribution.owner(slot);
        long start = distribution.start(symbol);
        long frequency = distribution.frequency(symbol);
        long r = slot - start;
        if (spread) {
            r = 0;
            for (int k = p - 1; k >= 0; k--) {
                if ((place >>> k & 1) == 1) {
                    long first = place >>> (k + 1) << (k + 1);
                    r += count(first, k, start + frequency, p) - count(first, k, start, p);
                }
            }
        }
        head = frequency * block + r;
        if (head < LOW && !words.isEmpty()) {
            head = (head << 32) + words.removeLast();
        }
        return symbol;
    }

    /** Puts a symbol on top, the inverse of pop (section The stack, Push). */
    void push(ReferenceDistribution distribution, int symbol) {
        int p = distribution.precision();
        long start = distribution.start(symbol);
        long frequency = distribution.frequency(symbol);
        // The bound may be 2^63, which no head reaches.
        if (Long.compareUnsigned(head, frequency << (63 - p)) >= 0) {
            words.addLast(head & 0xFFFFFFFFL);
            head >>>= 32;
        }
        long block = head / frequency;
        long r = head % frequency;
        long place = start + r;
        if (isSpread(block)) {
            place = 0;
            for (int k = p - 1; k >= 0; k--) {
                long below = count(place, k, start + frequency, p) - count(place, k, start, p);
                if (r >= below) {
                    r -= below;
                    place += 1L << k;
                }
            }
        }
        head = (block << p) + place;
    }

    private boolean isSpread(long block) {
        return words.isEmpty() && block < SPREAD_BLOCKS;
    }

    /** Counts the slots below a bound that the 2^k places from {@code first} on hold. */
    private static long count(long first, int k, long bound, int p) {
        long v = reverse(first, p);
        long step = 1L << (p - k);
        return (bound - v + step - 1) / step;
    }

    private static long reverse(long number, int bits) {
        return Long.reverse(number) >>> (64 - bits);
    }

    /** Returns whether there are no words, and this is the head. */
    boolean isAt(long wanted) {
        return words.isEmpty() && head == wanted;
    }

    /** Returns whether this is how the stream of an item with that check began (section Checked streams). */
    boolean startedFrom(long check) {
        if (!words.isEmpty() || head < 1L << 7 || head >= LOW) {
            return false;
        }
        long top = Long.highestOneBit(head);
        return head == top + (check & (top - 1));
    }

    /** Returns the bytes of this stack (section The stack, Bytes). */
    byte[] toBytes() {
        int headBytes = (64 - Long.numberOfLeadingZeros(head) + 7) / 8;
        byte[] bytes = new byte[4 * words.size() + headBytes];
        int at = 0;
        for (long word : words) {
            for (int i = 0; i < 4; i++) {
                bytes[at++] = (byte) (word >>> (8 * i));
            }
        }
        for (int i = 0; i < headBytes; i++) {
            bytes[at++] = (byte) (head >>> (8 * i));
        }
        return bytes;
    }
}
