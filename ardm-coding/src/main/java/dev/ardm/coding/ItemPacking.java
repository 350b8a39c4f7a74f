package dev.ardm.coding;

import java.util.function.ToIntFunction;

/**
 * Items stored without a model: the values one after the other in {@code ceil(log2(categories))} bits each, least
 * significant bit first, filled up with zero bits to a whole byte, then the CRC-32C of the item.
 */
final class ItemPacking {
    private final int values;
    private final int[] categories;

    /**
     * The packing of a space.
     *
     * @param values in an item
     * @param categories of value i at index i modulo its length
     */
    ItemPacking(int values, int[] categories) {
        this.values = values;
        this.categories = categories;
    }

    /** The length of every item, in bytes. */
    int length() {
        return Math.toIntExact(longLength());
    }

    /** The same of so many values that it may be more than an int holds. */
    long longLength() {
        long bits = 0;
        for (int k : categories) {
            bits += bits(k);
        }
        return (bits * (values / categories.length) + 7) / 8 + ArchiveFormat.CHECKSUM_BYTES;
    }

    private static int bits(int categories) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(categories - 1);
    }

    byte[] pack(int[] item) {
        return pack(item, CheckedStream.checkOf(item));
    }

    /** Packs an item with a check that does not depend on its values alone. */
    byte[] pack(int[] item, int check) {
        if (item.length != values) {
            throw new IllegalArgumentException("an item of " + item.length + " values where there are " + values);
        }
        ByteSink sink = new ByteSink();
        long pending = 0;
        int count = 0;
        for (int i = 0; i < values; i++) {
            int most = categories[i % categories.length];
            if (item[i] < 0 || item[i] >= most) {
                throw new IllegalArgumentException("value " + item[i] + " at " + i + " is outside [0, " + most + ")");
            }
            pending |= (long) item[i] << count;
            count += bits(most);
            while (count >= 8) {
                sink.number(pending, 1);
                pending >>>= 8;
                count -= 8;
            }
        }
        if (count > 0) {
            sink.number(pending, 1);
        }
        return sink.number(check, ArchiveFormat.CHECKSUM_BYTES).toByteArray();
    }

    int[] unpack(byte[] bytes) throws DamagedException {
        return unpack(bytes, CheckedStream::checkOf);
    }

    /** Unpacks what was packed with a check that does not depend on its values alone. */
    int[] unpack(byte[] bytes, ToIntFunction<int[]> check) throws DamagedException {
        if (bytes.length != longLength()) {
            throw DamagedException.inStream(0, "a stored item of " + bytes.length + " bytes, not " + longLength());
        }
        ByteCursor cursor = new ByteCursor(DamagedException.STREAM, "stored item", 0, bytes, bytes.length);
        int[] item = new int[values];
        long pending = 0;
        int count = 0;
        for (int i = 0; i < values; i++) {
            int most = categories[i % categories.length];
            int bits = bits(most);
            while (count < bits) {
                pending |= cursor.number(1) << count;
                count += 8;
            }
            item[i] = (int) (pending & (1L << bits) - 1);
            pending >>>= bits;
            count -= bits;
            if (item[i] >= most) {
                throw cursor.damaged("value " + item[i] + " at " + i + " is outside [0, " + most + ")");
            }
        }
        if (pending != 0) {
            throw cursor.damaged("the bits after the last value are not zero");
        }
        if ((int) cursor.number(ArchiveFormat.CHECKSUM_BYTES) != check.applyAsInt(item)) {
            throw cursor.damaged("the item does not match its checksum");
        }
        cursor.finish();
        return item;
    }
}
