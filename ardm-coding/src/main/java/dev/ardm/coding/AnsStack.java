package dev.ardm.coding;

import dev.ardm.coding.error.DamagedException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stack of coded symbols: range asymmetric numeral systems (rANS) with a 63-bit head and 32-bit words.
 *
 * <p>The symbol that was pushed last is popped first. Push and pop are exact inverses of each other, in both orders, on the whole
 * state: head and words. While words are present the head is in [2<sup>31</sup>, 2<sup>63</sup>); without words it may
 * be any value, so a stack can start from a small head that carries payload and wastes nothing.
 *
 * <p>In plain rANS a head below 2<sup>precision</sup> codes badly: the slots of a symbol are contiguous, so a small head may
 * have to jump over most of 2<sup>precision</sup> to reach them, which costs about the precision less the bits of the head
 * once per stack. Here the slots are taken in bit-reversed order as long as the head is small and there are no words; that
 * spreads every symbol evenly, and the content grows by the symbol's information content from the first push on.
 *
 * <p>Popping from an exhausted stack is safe: it leaves a smaller and smaller head, in the end 0, and never fails. The
 * caller decides whether that means damage (see {@link CheckedStream}). Not safe for use by several threads at once.
 *
 * <p>Sources: J. Duda, "Asymmetric numeral systems", arXiv 1311.2540 (2013); F. Giesen's notes on rANS (2014) for moving
 * words out of and into the head.
 */
public final class AnsStack {
    /** The largest precision of a symbol's interval, in bits. */
    public static final int MAX_PRECISION = 31;

    private static final int HEAD_BITS = 63;
    private static final int WORD_BITS = 32;
    private static final long WORD_MASK = 0xFFFF_FFFFL;
    private static final long REFILL_BELOW = 1L << (HEAD_BITS - WORD_BITS);

    /** A head below that many times 2^precision, without words, has its slots in the order of {@link SpreadSlots}. */
    private static final int SPREAD_BLOCKS = 16;

    private long head;
    private int[] words;
    private int size;

    private AnsStack(long head, int[] words, int size) {
        this.head = head;
        this.words = words;
        this.size = size;
    }

    /**
     * A stack without words.
     *
     * @param head the content at the bottom, at least 1
     */
    public static AnsStack of(long head) {
        if (head < 1) {
            throw new IllegalArgumentException("head " + head + " is outside [1, 2^63)");
        }
        return new AnsStack(head, new int[16], 0);
    }

    /** A copy that shares nothing with this stack. */
    public AnsStack copy() {
        return new AnsStack(head, words.clone(), size);
    }

    /**
     * Pushes a symbol that owns the slots {@code [start, start + frequency)} of {@code [0, 2^precision)}. The content grows
     * by {@code precision - log2(frequency)} bits, up to rounding: at 24 bits of precision less than a thousandth, at more
     * than 28 up to a hundredth.
     *
     * @throws IllegalArgumentException if the interval is empty or is not in the range
     */
    public void push(int start, int frequency, int precision) {
        checkInterval(start, frequency, precision);
        long f = frequency;
        // Unsigned, since a certain symbol gives 2^63. One word is always enough.
        if (Long.compareUnsigned(head, f << (HEAD_BITS - precision)) >= 0) {
            if (size == words.length) {
                words = Arrays.copyOf(words, Math.multiplyExact(size, 2));
            }
            words[size++] = (int) head;
            head >>>= WORD_BITS;
        }
        long quotient = head / f;
        long rest = head - quotient * f;
        boolean spread = size == 0 && quotient < SPREAD_BLOCKS;
        head = (quotient << precision) + (spread ? SpreadSlots.place(start, frequency, precision, rest) : start + rest);
    }

    /** Pushes a symbol of a distribution. */
    public void push(Distribution distribution, int symbol) {
        push(distribution.start(symbol), distribution.frequency(symbol), distribution.precision());
    }

    /** The slot of the top symbol, in [0, 2<sup>precision</sup>); changes nothing. */
    public int peek(int precision) {
        if (precision < 0 || precision > MAX_PRECISION) {
            throw new IllegalArgumentException("precision " + precision + " is outside [0, " + MAX_PRECISION + "]");
        }
        int place = (int) (head & ((1L << precision) - 1));
        return spread(precision) ? SpreadSlots.slotAt(place, precision) : place;
    }

    /**
     * Takes the top symbol off, given its interval.
     *
     * @throws IllegalArgumentException if the interval does not hold the slot that {@link #peek} gives
     */
    public void pop(int start, int frequency, int precision) {
        checkInterval(start, frequency, precision);
        int slot = peek(precision);
        int within = slot - start;
        if (within < 0 || within >= frequency) {
            throw new IllegalArgumentException(
                    "slot " + slot + " is outside the interval at " + start + " of length " + frequency);
        }
        if (spread(precision)) {
            int place = (int) (head & ((1L << precision) - 1));
            within = SpreadSlots.rank(start, frequency, precision, place);
        }
        head = frequency * (head >>> precision) + within;
        if (head < REFILL_BELOW && size > 0) {
            head = head << WORD_BITS | words[--size] & WORD_MASK;
        }
    }

    /** Takes the top symbol off and returns it. */
    public int pop(Distribution distribution) {
        int symbol = distribution.symbolAt(peek(distribution.precision()));
        pop(distribution.start(symbol), distribution.frequency(symbol), distribution.precision());
        return symbol;
    }

    private boolean spread(int precision) {
        return size == 0 && head >>> precision < SPREAD_BLOCKS;
    }

    private static void checkInterval(int start, int frequency, int precision) {
        if (precision < 0 || precision > MAX_PRECISION) {
            throw new IllegalArgumentException("precision " + precision + " is outside [0, " + MAX_PRECISION + "]");
        }
        if (start < 0 || frequency < 1 || (long) start + frequency > 1L << precision) {
            throw new IllegalArgumentException("interval at " + start + " of length " + frequency
                    + " is empty or outside [0, 2^" + precision + ")");
        }
    }

    /** The head: the whole content if there are no words; 0 if more was popped than was there. */
    public long head() {
        return head;
    }

    /** The number of 32-bit words under the head. */
    public int words() {
        return size;
    }

    /** The length of {@link #toBytes()}, in bytes. */
    public long byteLength() {
        return 4L * size + headBytes(head);
    }

    private static int headBytes(long head) {
        return (Long.SIZE - Long.numberOfLeadingZeros(head) + 7) / 8;
    }

    /**
     * The whole state, in as few bytes as hold its bits: the words, bottom of the stack first, four bytes each, then the
     * head in as few bytes as it needs, everything least significant byte first. The length of the head follows from the
     * length of the whole: see {@link #fromBytes}.
     *
     * @throws IllegalStateException if the head is 0, which stands for nothing
     */
    public byte[] toBytes() {
        if (head == 0) {
            throw new IllegalStateException("an exhausted stack has no byte form");
        }
        byte[] bytes = new byte[Math.toIntExact(byteLength())];
        int at = 0;
        for (int k = 0; k < size; k++) {
            for (int shift = 0; shift < WORD_BITS; shift += 8) {
                bytes[at++] = (byte) (words[k] >>> shift);
            }
        }
        for (long rest = head; rest != 0; rest >>>= 8) {
            bytes[at++] = (byte) rest;
        }
        return bytes;
    }

    /**
     * The stack that {@link #toBytes} wrote.
     *
     * <p>Over words a head takes 4 to 8 bytes. If the length leaves a remainder r modulo 4, the head has r bytes (lengths
     * below 4) or 4 + r; if it leaves none, a set top bit of the last byte distinguishes a head of 4 bytes from one of 8, and a
     * length of 4 is a head of 4 bytes.
     *
     * @throws DamagedException if the bytes are not what {@code toBytes} writes for any stack: empty, or last byte 0
     * @throws IndexOutOfBoundsException if the range is outside the array
     */
    public static AnsStack fromBytes(byte[] bytes, int offset, int length) throws DamagedException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            throw DamagedException.inStream(0, "the stream is empty");
        }
        byte last = bytes[offset + length - 1];
        if (last == 0) {
            throw DamagedException.inStream(length - 1, "the stream ends in a zero byte");
        }
        int headLength = length % 4;
        if (length >= 4) {
            headLength += 4;
            if (length % 4 == 0 && length > 4 && last > 0) {
                headLength = 8;
            }
        }
        int size = (length - headLength) / 4;
        int[] words = new int[size + 1];
        for (int k = 0; k < size; k++) {
            words[k] = (int) littleEndian(bytes, offset + 4 * k, 4);
        }
        return new AnsStack(littleEndian(bytes, offset + 4 * size, headLength), words, size);
    }

    private static long littleEndian(byte[] bytes, int offset, int length) {
        long value = 0;
        for (int k = length - 1; k >= 0; k--) {
            value = value << 8 | bytes[offset + k] & 0xFF;
        }
        return value;
    }

    /** Whether the other stack has the same head and the same words. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AnsStack stack
                && stack.head == head
                && Arrays.equals(stack.words, 0, stack.size, words, 0, size);
    }

    @Override
    public int hashCode() {
        int hash = Long.hashCode(head);
        for (int k = 0; k < size; k++) {
            hash = 31 * hash + words[k];
        }
        return hash;
    }

    @Override
    public String toString() {
        return "AnsStack of " + size + " words, head " + Long.toHexString(head);
    }
}
