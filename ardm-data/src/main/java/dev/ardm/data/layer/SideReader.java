package dev.ardm.data.layer;

import dev.ardm.data.DataException;
import java.util.Arrays;

/** Reads what is stored in addition to the layers of an image. */
final class SideReader {
    private final byte[] bytes;
    private final String name;
    private int at;

    /**
     * @param name of the image, for messages
     */
    SideReader(byte[] bytes, String name) {
        this.bytes = bytes;
        this.name = name;
    }

    /** A byte, in [0, 255]. */
    int number() throws DataException {
        if (at == bytes.length) {
            throw damaged("it ends too early");
        }
        return bytes[at++] & 0xFF;
    }

    /** A byte, in [0, limit). */
    int number(int limit) throws DataException {
        int value = number();
        if (value >= limit) {
            throw damaged("the number " + value + " is not below " + limit);
        }
        return value;
    }

    int varint() throws DataException {
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int group = number();
            value |= (long) (group & 0x7F) << shift;
            if (group < 0x80) {
                if (value > Integer.MAX_VALUE) {
                    break;
                }
                return (int) value;
            }
        }
        throw damaged("a number is too large");
    }

    byte[] raw(int length) throws DataException {
        if (length > bytes.length - at) {
            throw damaged("it ends too early");
        }
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    byte[] bytes() throws DataException {
        return raw(varint());
    }

    byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, at, bytes.length);
        at = bytes.length;
        return rest;
    }

    void end() throws DataException {
        if (at != bytes.length) {
            throw damaged((bytes.length - at) + " bytes are left over");
        }
    }

    DataException damaged(String cause) {
        return DataException.in(name, "the side information of the image is damaged at byte " + at + ": " + cause);
    }
}
