package dev.ardm.coding.internal.bytes;

import dev.ardm.coding.error.DamagedException;
import java.util.Arrays;

/** Reads one part of a file front to back, numbers least significant byte first; every step checks that the bytes are there. */
public class ByteCursor {
    private final String file;
    private final String part;
    private long base;
    private byte[] bytes;
    private int end;
    private int at;

    /**
     * A cursor at the first byte.
     *
     * @param part what the bytes are, for messages
     * @param base where the first byte is in the file
     * @param end reading stops before this index
     */
    public ByteCursor(String file, String part, long base, byte[] bytes, int end) {
        this.file = file;
        this.part = part;
        this.base = base;
        this.bytes = bytes;
        this.end = end;
    }

    /** Goes on with other bytes of the same part. */
    public final void move(long newBase, byte[] newBytes) {
        base = newBase;
        bytes = newBytes;
        end = newBytes.length;
        at = 0;
    }

    /** Where the next byte is in the file. */
    public long position() {
        return base + at;
    }

    public int left() {
        return end - at;
    }

    public long number(int length) throws DamagedException {
        need(length);
        long value = 0;
        for (int k = length - 1; k >= 0; k--) {
            value = value << 8 | bytes[at + k] & 0xFF;
        }
        at += length;
        return value;
    }

    public int varint(String what, int least, int most) throws DamagedException {
        return (int) varint(what, least, (long) most);
    }

    public long varint(String what, long least, long most) throws DamagedException {
        int start = at;
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            long group = number(1);
            value |= (group & 0x7F) << shift;
            if (group < 0x80) {
                if (group == 0 && shift > 0) {
                    throw damaged(start, "number of the " + what + " is longer than it needs to be");
                }
                break;
            }
            if (shift == 49) {
                throw damaged(start, "number of the " + what + " does not end");
            }
        }
        if (value < least || value > most) {
            throw damaged(start, what + " " + value + " is outside [" + least + ", " + most + "]");
        }
        return value;
    }

    public byte[] bytes(int length) throws DamagedException {
        need(length);
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    public void copy(int length, byte[] target, int offset) throws DamagedException {
        need(length);
        System.arraycopy(bytes, at, target, offset, length);
        at += length;
    }

    public void skip(int length) throws DamagedException {
        need(length);
        at += length;
    }

    public void finish() throws DamagedException {
        if (at != end) {
            throw damaged(at, (end - at) + " bytes too many");
        }
    }

    public DamagedException damaged(String reason) {
        return damaged(at, reason);
    }

    private DamagedException damaged(int place, String reason) {
        return new DamagedException(file, -1, base + place, part + ": " + reason, "");
    }

    private void need(int length) throws DamagedException {
        if (length > end - at) {
            throw damaged(at, "it ends too early");
        }
    }
}
