package dev.ardm.coding.format;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.internal.bytes.ByteCursor;
import dev.ardm.coding.internal.bytes.ByteSink;
import java.util.function.ToIntFunction;

/**
 * Values stored without a model, each {@code ceil(log2(categories))} bits each, least
 * significant bit first, filled up with zero bits to a whole byte, then the CRC-32C of the item.
 */
final class ValuePacking {
    private final int values;
    private final int[] categories;

    /**
     * The packing of a space.
     *
     * @param values in an item
     * @param categories of value i at index i modulo its length
     */
    ValuePacking(int values, int[] categories) {
        this.values = values;
        this.categories = categories;
    }

    /** The length of the packed values and their check, in bytes. */
    long length() {
        long bits = 0;
        for (int k : categories) {
            bits += bits(k);
        }
        return (bits * (values / categories.length) + 7) / 8 + ArchiveFormat.CHECKSUM_BYTES;
    }

    private static int bits(int categories) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(categories - 1);
    }

    /** Packs the values of an item, followed by its check. */
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

    /** Unpacks what {@link #pack} made. */
    int[] unpack(byte[] bytes, ToIntFunction<int[]> check) throws DamagedException {
        if (bytes.length != length()) {
            throw DamagedException.inStream(0, "a stored item of " + bytes.length + " bytes, not " + length());
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
