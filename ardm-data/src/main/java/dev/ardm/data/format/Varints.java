package dev.ardm.data.format;

import dev.ardm.data.DataException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Non-negative numbers below 2^31 in groups of seven bits, low groups first, all but the last with the top bit set. */
public final class Varints {
    private final String place;
    private final byte[] bytes;
    private int at;

    /** Reads numbers. */
    public Varints(String place, byte[] bytes) {
        this.place = place;
        this.bytes = bytes;
    }

    public static void put(ByteArrayOutputStream out, int value) {
        int rest = value;
        for (; rest >= 0x80; rest >>>= 7) {
            out.write(rest & 0x7F | 0x80);
        }
        out.write(rest);
    }

    public boolean hasNext() {
        return at < bytes.length;
    }

    /** Where the next number begins. */
    public int position() {
        return at;
    }

    /** The next bytes as they are. */
    public byte[] bytes(int length) throws DataException {
        if (length > bytes.length - at) {
            throw damaged("it ends too early");
        }
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    public int next() throws DataException {
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            if (at == bytes.length) {
                throw damaged("it ends inside a number");
            }
            int group = bytes[at++];
            value |= (long) (group & 0x7F) << shift;
            if (group >= 0) {
                if (value > Integer.MAX_VALUE) {
                    break;
                }
                return (int) value;
            }
        }
        throw damaged("a number is too large");
    }

    public DataException damaged(String cause) {
        return DataException.in(place, "the side information is damaged at byte " + at + ": " + cause);
    }
}
