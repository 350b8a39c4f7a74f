package dev.ardm.coding.internal.bytes;

import dev.ardm.coding.format.ArchiveFormat;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Bytes put together, numbers least significant byte first. */
public final class ByteSink {
    private byte[] bytes = new byte[256];
    private int size;

    public int size() {
        return size;
    }

    /** Begins anew. */
    public ByteSink clear() {
        size = 0;
        return this;
    }

    public ByteSink number(long value, int length) {
        reserve(length);
        for (int k = 0; k < length; k++) {
            bytes[size++] = (byte) (value >>> (8 * k));
        }
        return this;
    }

    /** A non-negative number in groups of seven bits, low groups first, all but the last with the top bit set. */
    public ByteSink varint(long value) {
        long rest = value;
        while (rest >= 0x80) {
            number(rest & 0x7F | 0x80, 1);
            rest >>>= 7;
        }
        return number(rest, 1);
    }

    public ByteSink bytes(byte[] source, int offset, int length) {
        reserve(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
        return this;
    }

    public ByteSink bytes(byte[] source) {
        return bytes(source, 0, source.length);
    }

    /** The CRC-32C of everything so far. */
    public ByteSink checksum() {
        return number(checksum(bytes, 0, size), ArchiveFormat.CHECKSUM_BYTES);
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    public static long checksum(byte[] source, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(source, offset, length);
        return crc.getValue();
    }

    private void reserve(int length) {
        if (length > bytes.length - size) {
            int least = Math.addExact(size, length);
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(2L * bytes.length, least)));
        }
    }
}
