package dev.ardm.coding;

import dev.ardm.coding.error.DamagedException;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * The byte stream of one item, which carries a check of the item in bits that would be lost otherwise.
 *
 * <p>The stack starts from the head {@code 2^c + (check mod 2^c)}, and after the last symbol is popped that head must be all
 * that is left. The encoder takes the largest c in [{@link #MIN_CHECK_BITS}, {@link #MAX_CHECK_BITS}] that does not make
 * the stream longer than the smallest one does: what would be lost in rounding up to whole bytes carries check bits, at
 * least 7 of them and about 10 on average. All in all a stream takes less than 16 bits more than its symbols' information
 * content (about 11.5 on average), plus what rANS rounds (less than a
 * thousandth at 24 bits of precision).
 */
public final class CheckedStream {
    /** The least number of check bits in a stream. */
    public static final int MIN_CHECK_BITS = 7;

    /** The largest number of check bits in a stream. */
    public static final int MAX_CHECK_BITS = 30;

    /** The longest stream, in bytes. */
    public static final int MAX_LENGTH = 1 << 30;

    private CheckedStream() {}

    /**
     * Codes symbols so that they pop in the order given.
     *
     * @param starts the first slot of each symbol
     * @param frequencies the number of slots of each symbol
     * @param count the number of symbols: the first that many entries of both arrays
     * @param precision of all of them, in bits
     * @param check of the original item, such as {@link #checkOf}
     * @throws IllegalArgumentException if an interval is empty or out of range
     */
    public static byte[] encode(int[] starts, int[] frequencies, int count, int precision, int check) {
        if (count < 0 || count > starts.length || count > frequencies.length) {
            throw new IllegalArgumentException(
                    count + " symbols of " + starts.length + " starts and " + frequencies.length + " frequencies");
        }
        return encode(
                stack -> {
                    for (int k = count - 1; k >= 0; k--) {
                        stack.push(starts[k], frequencies[k], precision);
                    }
                },
                check);
    }

    /**
     * Codes one symbol of a codec, which is pushed several times, each time on a stack of its own.
     *
     * @throws IllegalStateException if the codec takes all content off the stack, as bits back on so short a stream can
     */
    public static <S> byte[] encode(Codec<S> codec, S symbol, int check) {
        return encode(stack -> codec.push(stack, symbol), check);
    }

    /**
     * Codes symbols that are pushed several times, each time on a stack of its own.
     *
     * @param symbols pushes them, the last one first
     */
    public static byte[] encode(Consumer<AnsStack> symbols, int check) {
        AnsStack shortest = encode(symbols, check, MIN_CHECK_BITS);
        long length = shortest.byteLength();
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException("a stream of " + length + " bytes is longer than " + MAX_LENGTH);
        }
        AnsStack best = shortest;
        int bits = guess(shortest, check);
        AnsStack tried = encode(symbols, check, bits);
        if (tried.byteLength() <= length) {
            while (tried.byteLength() <= length) {
                best = tried;
                if (bits == MAX_CHECK_BITS) {
                    break;
                }
                tried = encode(symbols, check, ++bits);
            }
        } else {
            while (--bits > MIN_CHECK_BITS && best == shortest) {
                tried = encode(symbols, check, bits);
                if (tried.byteLength() <= length) {
                    best = tried;
                }
            }
        }
        return best.toBytes();
    }

    private static AnsStack encode(Consumer<AnsStack> symbols, int check, int bits) {
        AnsStack stack = AnsStack.of(bottom(check, bits));
        symbols.accept(stack);
        return stack;
    }

    private static long bottom(int check, int bits) {
        long one = 1L << bits;
        return one | check & (one - 1);
    }

    /**
     * How many check bits should fit, from a stack that carries the fewest: its content grows in proportion to the head that
     * it starts from, up to rounding.
     */
    private static int guess(AnsStack shortest, int check) {
        long head = shortest.head();
        int length = Long.SIZE - Long.numberOfLeadingZeros(head);
        int cut = Math.max(0, length - 30);
        long limit = bottom(check, MIN_CHECK_BITS) << ((length + 7) / 8 * 8 - cut);
        int bits = MIN_CHECK_BITS;
        while (bits < MAX_CHECK_BITS && (head >>> cut) * bottom(check, bits + 1) < limit) {
            bits++;
        }
        return bits;
    }

    /**
     * The stack of a stream, ready to pop its symbols.
     *
     * @throws DamagedException if the bytes are not a stack
     */
    public static AnsStack open(byte[] bytes, int offset, int length) throws DamagedException {
        if (length > MAX_LENGTH) {
            throw DamagedException.inStream(MAX_LENGTH, "the stream is longer than " + MAX_LENGTH + " bytes");
        }
        return AnsStack.fromBytes(bytes, offset, length);
    }

    /**
     * Checks the rest of the stream after all symbols were popped.
     *
     * @param check of the item that was decoded
     * @throws DamagedException if the stack is not back where it started, or the item has another check
     */
    public static void close(AnsStack stack, int check) throws DamagedException {
        if (stack.words() > 0) {
            throw DamagedException.inStream(0, 4L * stack.words() + " bytes of the item's stream are left over");
        }
        int bits = Long.SIZE - 1 - Long.numberOfLeadingZeros(stack.head());
        if (bits < MIN_CHECK_BITS || bits > MAX_CHECK_BITS || stack.head() != bottom(check, bits)) {
            throw DamagedException.inStream(0, "the item does not match its check bits");
        }
    }

    /** The check of an item: CRC-32C over its values as 32-bit integers, least significant byte first. */
    public static int checkOf(int[] item) {
        return checkOf(new CRC32C(), item);
    }

    /** The check of an item that has bytes in addition to its values: CRC-32C over these, and then as {@link #checkOf(int[])}. */
    public static int checkOf(byte[] side, int[] item) {
        CRC32C crc = new CRC32C();
        crc.update(side, 0, side.length);
        return checkOf(crc, item);
    }

    /**
     * The same of an item that has a shape of its own: CRC-32C over the bytes, then over the shape and the values as {@link
     * #checkOf(int[])} has them.
     */
    public static int checkOf(byte[] side, int[] shape, int[] item) {
        CRC32C crc = new CRC32C();
        crc.update(side, 0, side.length);
        checkOf(crc, shape);
        return checkOf(crc, item);
    }

    /**
     * The check of a group of records: CRC-32C over each one's number of bytes of side information, these bytes, its number of
     * values, and these, as {@link #checkOf(int[])} has numbers.
     */
    public static int checkOf(byte[][] sides, int[][] records) {
        CRC32C crc = new CRC32C();
        for (int i = 0; i < records.length; i++) {
            checkOf(crc, new int[] {sides[i].length});
            crc.update(sides[i], 0, sides[i].length);
            checkOf(crc, new int[] {records[i].length});
            checkOf(crc, records[i]);
        }
        return (int) crc.getValue();
    }

    private static int checkOf(CRC32C crc, int[] item) {
        byte[] bytes = new byte[4 * Math.min(item.length, 1024)];
        int at = 0;
        for (int value : item) {
            bytes[at++] = (byte) value;
            bytes[at++] = (byte) (value >>> 8);
            bytes[at++] = (byte) (value >>> 16);
            bytes[at++] = (byte) (value >>> 24);
            if (at == bytes.length) {
                crc.update(bytes, 0, at);
                at = 0;
            }
        }
        crc.update(bytes, 0, at);
        return (int) crc.getValue();
    }
}
