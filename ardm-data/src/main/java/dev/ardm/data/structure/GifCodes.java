package dev.ardm.data.structure;

import dev.ardm.data.DataException;
import org.jspecify.annotations.Nullable;

/** The pixels of a GIF in codes of growing length, each of which is a string of pixels. The JDK's reader takes zeros for pixels that are not there. */
final class GifCodes {
    private static final int MOST_BITS = 12;

    private final Fields in;
    private final int rootBits;
    /** Where the next byte is, how many follow in its block, and the bits that were read and not used. */
    private long at;

    private int left;
    private int held;
    private int heldBits;
    private final int[] prefix = new int[1 << MOST_BITS];
    private final int[] length = new int[1 << MOST_BITS];
    private final int[] first = new int[1 << MOST_BITS];
    private final int[] last = new int[1 << MOST_BITS];

    private GifCodes(Fields in, long from, int rootBits) throws DataException {
        this.in = in;
        this.rootBits = rootBits;
        left = in.u8(from);
        at = from + 1;
        for (int i = 0; i < 1 << rootBits; i++) {
            length[i] = 1;
            first[i] = i;
            last[i] = i;
        }
    }

    /**
     * Reads all of them.
     *
     * @param from the place of the first block
     * @param rootBits of a pixel, 2 to 8
     * @param into receives the pixels in the order of the file; null if they are only counted
     * @return whether there is more than these pixels
     * @throws DataException if there are fewer, or codes that are not defined
     */
    static boolean read(Fields in, long from, int rootBits, long pixels, int @Nullable [] into) throws DataException {
        return new GifCodes(in, from, rootBits).read(pixels, into);
    }

    private boolean read(long pixels, int @Nullable [] into) throws DataException {
        int clear = 1 << rootBits;
        int next = clear + 2;
        int bits = rootBits + 1;
        int previous = -1;
        long done = 0;
        int code = code(bits);
        for (; code >= 0 && code != clear + 1; code = code(bits)) {
            if (code == clear) {
                next = clear + 2;
                bits = rootBits + 1;
                previous = -1;
                continue;
            }
            boolean grows = previous >= 0 && next < 1 << MOST_BITS;
            if (code > next || (code == next && !grows)) {
                throw in.damaged("a code is out of sequence");
            }
            if (grows) {
                prefix[next] = previous;
                length[next] = length[previous] + 1;
                first[next] = first[previous];
                last[next] = first[code == next ? previous : code];
                next++;
                bits += next == 1 << bits && bits < MOST_BITS ? 1 : 0;
            }
            if (done + length[code] > pixels) {
                return true;
            }
            if (into != null) {
                put(code, into, (int) done);
            }
            done += length[code];
            previous = code;
        }
        if (done < pixels) {
            throw in.damaged("its codes are of " + done + " pixels, not of " + pixels);
        }
        return left > 0 || heldBits >= 8 || in.u8(at) != 0;
    }

    private void put(int code, int[] into, int from) {
        int at = from + length[code] - 1;
        for (int string = code; at >= from; string = prefix[string]) {
            into[at--] = last[string];
        }
    }

    /** The next code; negative if there is none. */
    private int code(int bits) throws DataException {
        while (heldBits < bits) {
            if (left == 0) {
                left = in.u8(at);
                if (left == 0) {
                    return -1;
                }
                at++;
            }
            held |= in.u8(at++) << heldBits;
            heldBits += 8;
            left--;
        }
        int code = held & (1 << bits) - 1;
        held >>>= bits;
        heldBits -= bits;
        return code;
    }
}
