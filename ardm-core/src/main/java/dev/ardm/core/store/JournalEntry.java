package dev.ardm.core.store;

import dev.ardm.core.Item;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What a journal says of one number. Its bytes: the length of what follows and the CRC-32C of number and what follows, four bytes each, the low
 * ones first; a byte of flags (1: the key is deleted); the key, its length first; the number of values; bytes of a value (1, 2 or 4) and the
 * values, low bytes first; the side information, its length first. Lengths are of four bytes.
 *
 * @param key empty if there is none
 * @param deleted whether the entry says only that the key is there no more; the item is then any of the space
 * @param item with the key as its name
 */
record JournalEntry(long number, String key, boolean deleted, Item item) {
    /** Bytes before the flags. */
    static final int HEAD_BYTES = 8;

    /** The most bytes of an entry. */
    static final int MOST_BYTES = 1 << 30;

    private static final int DELETED = 1;

    /** About how much memory it takes. */
    long bytes() {
        return 128L + 4L * item.values().length + item.side().length + 2L * key.length();
    }

    byte[] toBytes() {
        int[] values = item.values();
        int most = 0;
        for (int value : values) {
            most |= value;
        }
        int width = most < 0 || most > 0xFFFF ? 4 : most > 0xFF ? 2 : 1;
        byte[] name = key.getBytes(StandardCharsets.UTF_8);
        byte[] side = item.side();
        long size = HEAD_BYTES + 14L + name.length + (long) width * values.length + side.length;
        if (size > MOST_BYTES) {
            throw new IllegalArgumentException("a record of " + values.length + " values is too large for a store");
        }
        ByteBuffer out = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
        out.position(HEAD_BYTES);
        out.put((byte) (deleted ? DELETED : 0));
        out.putInt(name.length).put(name);
        out.putInt(values.length).put((byte) width);
        for (int value : values) {
            switch (width) {
                case 1 -> out.put((byte) value);
                case 2 -> out.putShort((short) value);
                default -> out.putInt(value);
            }
        }
        out.putInt(side.length).put(side);
        byte[] bytes = out.array();
        out.putInt(0, bytes.length - HEAD_BYTES);
        out.putInt(4, check(number, bytes, HEAD_BYTES, bytes.length - HEAD_BYTES));
        return bytes;
    }

    private static int check(long number, byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(number).flip());
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    /** The bytes of an entry, or fewer than there are if they cannot be one. */
    static int length(ByteBuffer file) {
        return file.remaining() < HEAD_BYTES ? -1 : file.getInt(file.position());
    }

    /**
     * Reads an entry, and goes on behind it.
     *
     * @param file little-endian
     * @return empty if the bytes here are no entry of this number; the position stays
     */
    static Optional<JournalEntry> read(ByteBuffer file, long number) {
        int start = file.position();
        int length = length(file);
        if (length < 14 || length > file.remaining() - HEAD_BYTES) {
            return Optional.empty();
        }
        byte[] bytes = new byte[length];
        file.get(start + HEAD_BYTES, bytes);
        if (file.getInt(start + 4) != check(number, bytes, 0, length)) {
            return Optional.empty();
        }
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            boolean deleted = in.get() == DELETED;
            String key = new String(taken(in, in.getInt()), StandardCharsets.UTF_8);
            int count = in.getInt();
            int width = in.get();
            int[] values = new int[count];
            for (int k = 0; k < count; k++) {
                values[k] = width == 1 ? in.get() & 0xFF : width == 2 ? in.getShort() & 0xFFFF : in.getInt();
            }
            byte[] side = taken(in, in.getInt());
            file.position(start + HEAD_BYTES + length);
            return Optional.of(new JournalEntry(number, key, deleted, new Item(key, values, side)));
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static byte[] taken(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
