package dev.ardm.reference;

import java.util.Arrays;
import java.util.zip.CRC32C;

/** Reads the numbers of the format from a range of bytes (format.md, introduction). */
final class ReferenceInput {

    private final byte[] bytes;
    private final int end;
    private int at;

    ReferenceInput(byte[] bytes, int begin, int end) {
        this.bytes = bytes;
        this.at = begin;
        this.end = end;
    }

    int remaining() {
        return end - at;
    }

    /** Reads an unsigned number of up to 8 bytes; one of 8 bytes can come out negative. */
    long unsigned(int size) throws ReferenceException {
        need(size);
        long value = 0;
        for (int i = 0; i < size; i++) {
            value |= (bytes[at++] & 255L) << (8 * i);
        }
        return value;
    }

    /** Reads a varint: as short as possible, at most 8 bytes. */
    long varint() throws ReferenceException {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            long group = unsigned(1);
            value |= (group & 127) << (7 * i);
            if (group < 128) {
                if (group == 0 && i > 0) {
                    throw ReferenceException.damaged("a varint is longer than it needs to be");
                }
                return value;
            }
        }
        throw ReferenceException.damaged("a varint has more than 8 bytes");
    }

    /** Reads a varint that has to lie in a range. */
    int varint(long low, long high, String what) throws ReferenceException {
        long value = varint();
        if (value < low || value > high) {
            throw ReferenceException.damaged(what + " is " + value);
        }
        return Math.toIntExact(value);
    }

    byte[] take(int size) throws ReferenceException {
        need(size);
        at += size;
        return Arrays.copyOfRange(bytes, at - size, at);
    }

    /** Fails unless everything was read. */
    void finish(String what) throws ReferenceException {
        if (at != end) {
            throw ReferenceException.damaged(what + " is longer than its content");
        }
    }

    private void need(int size) throws ReferenceException {
        if (size > end - at) {
            throw ReferenceException.damaged("unexpected end");
        }
    }

    /** Returns the CRC of a range of bytes. */
    static long crc(byte[] bytes, int begin, int end) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, begin, end - begin);
        return crc.getValue();
    }

    /** Fails unless the last 4 bytes of a range are the CRC of what is before them. */
    static void checkCrc(byte[] bytes, int begin, int end, String what) throws ReferenceException {
        if (new ReferenceInput(bytes, end - 4, end).unsigned(4) != crc(bytes, begin, end - 4)) {
            throw ReferenceException.damaged("the CRC of " + what + " does not fit");
        }
    }
}
