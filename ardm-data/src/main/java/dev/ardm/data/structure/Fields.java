package dev.ardm.data.structure;

import dev.ardm.data.DataException;
import dev.ardm.data.UnreadImageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of an image file as numbers. Places outside are complaints. */
final class Fields {
    final String file;
    private final byte[] bytes;
    private final ByteBuffer buffer;

    /** @param file its name, for messages */
    Fields(byte[] bytes, String file, ByteOrder order) {
        this.bytes = bytes;
        this.file = file;
        this.buffer = ByteBuffer.wrap(bytes).order(order);
    }

    ByteOrder order() {
        return buffer.order();
    }

    int length() {
        return bytes.length;
    }

    int place(long at, long length) throws DataException {
        if (at < 0 || length < 0 || at > bytes.length - length) {
            throw damaged("it ends too early");
        }
        return (int) at;
    }

    int u8(long at) throws DataException {
        return bytes[place(at, 1)] & 0xFF;
    }

    int u16(long at) throws DataException {
        return buffer.getShort(place(at, 2)) & 0xFFFF;
    }

    int s32(long at) throws DataException {
        return buffer.getInt(place(at, 4));
    }

    long u32(long at) throws DataException {
        return s32(at) & 0xFFFF_FFFFL;
    }

    /** Of 64 bits; negative if larger than any file. */
    long s64(long at) throws DataException {
        return buffer.getLong(place(at, 8));
    }

    /** Four letters. */
    String name(long at) throws DataException {
        return new String(bytes, place(at, 4), 4, StandardCharsets.ISO_8859_1);
    }

    boolean begins(long at, String text) {
        return at >= 0
                && at <= bytes.length - text.length()
                && new String(bytes, (int) at, text.length(), StandardCharsets.ISO_8859_1).equals(text);
    }

    boolean zeros(long from, long to) throws DataException {
        place(from, Math.max(0, to - from));
        for (long at = from; at < to; at++) {
            if (bytes[(int) at] != 0) {
                return false;
            }
        }
        return true;
    }

    byte[] copy(long from, long length) throws DataException {
        byte[] copy = new byte[(int) Math.min(length, bytes.length)];
        System.arraycopy(bytes, place(from, length), copy, 0, (int) length);
        return copy;
    }

    DataException damaged(String how) {
        return DataException.in(file, "the image is damaged or cut off: " + how);
    }

    UnreadImageException unread(String reason) {
        return new UnreadImageException(file, reason);
    }
}
