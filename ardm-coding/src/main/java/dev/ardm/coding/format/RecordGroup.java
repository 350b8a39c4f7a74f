package dev.ardm.coding.format;

import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.internal.bytes.ByteCursor;
import dev.ardm.coding.internal.bytes.ByteSink;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Records that share one checked stream, or are stored together without a model. Exactly one of the last two is there.
 *
 * @param sides side information of each record, most often none
 * @param most no record has more values; of coded ones at most {@value #MOST_CODED_VALUES}
 * @param stream if they are coded, their checked stream, whose check is {@link CheckedStream#checkOf(byte[][], int[][])}
 * @param values if they are stored without a model, the values of each record
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier, never compared.
public record RecordGroup(byte[][] sides, int most, byte @Nullable [] stream, int @Nullable [][] values) {
    /** The most records of a group. */
    public static final int MOST_RECORDS = 64;

    /** The most values of a record that is coded, so that the time to decode one is bounded; longer ones are stored. */
    public static final int MOST_CODED_VALUES = ArchiveFormat.MAX_VALUES;

    private static final byte[] NOTHING = {};

    /** Records that are coded. */
    public static RecordGroup coded(byte[][] sides, int most, byte[] stream) {
        return new RecordGroup(sides, most, stream, null);
    }

    /** Records that are stored without a model. */
    public static RecordGroup stored(byte[][] sides, int[][] values) {
        int most = 0;
        for (int[] record : values) {
            most = Math.max(most, record.length);
        }
        return new RecordGroup(sides, most, null, values);
    }

    /** Number of records. */
    public int size() {
        return sides.length;
    }

    /** Whether a record has side information. */
    public boolean hasSide() {
        for (byte[] side : sides) {
            if (side.length > 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * The bytes of the group.
     *
     * @param categories number of categories of a value
     * @throws IllegalArgumentException if a stored value is outside its range, or a number of records or values is
     */
    public byte[] pack(int categories) {
        if (size() < 1 || size() > MOST_RECORDS) {
            throw new IllegalArgumentException("a group of " + size() + " records");
        }
        ByteSink sink = new ByteSink();
        if (hasSide()) {
            putSides(sink);
        }
        if (stream != null) {
            return sink.bytes(stream).toByteArray();
        }
        int[][] records = values == null ? new int[size()][] : values;
        int[] lengths = new int[records.length];
        long total = 0;
        for (int i = 0; i < records.length; i++) {
            lengths[i] = records[i].length + 1;
            total += records[i].length;
        }
        if (total > mostValues(categories)) {
            throw new IllegalArgumentException(
                    "a group of " + total + " values, the most are " + mostValues(categories));
        }
        RiceLengths.write(sink, lengths, lengths.length);
        int[] joined = new int[(int) total];
        int at = 0;
        for (int[] record : records) {
            System.arraycopy(record, 0, joined, at, record.length);
            at += record.length;
        }
        return sink.bytes(packing(joined.length, categories).pack(joined, CheckedStream.checkOf(sides, records)))
                .toByteArray();
    }

    private static ValuePacking packing(int values, int categories) {
        return new ValuePacking(values, new int[] {categories});
    }

    /** Values of one category take no room, so that a few bytes could claim any number of them. */
    private static int mostValues(int categories) {
        return categories == 1 ? ArchiveFormat.MAX_VALUES : ArchiveFormat.MAX_ITEM_VALUES;
    }

    private void putSides(ByteSink sink) {
        int next = 0;
        ByteSink numbers = new ByteSink();
        ByteSink contents = new ByteSink();
        int count = 0;
        for (int i = 0; i < sides.length; i++) {
            if (sides[i].length > 0) {
                numbers.varint(i - next).varint(sides[i].length);
                contents.bytes(sides[i]);
                next = i + 1;
                count++;
            }
        }
        sink.varint(count).bytes(numbers.toByteArray()).bytes(contents.toByteArray());
    }

    /**
     * Reads what {@link #pack} made.
     *
     * @param size number of records
     * @param side whether some have side information
     * @param stored whether they are stored without a model
     * @param most no record has more values
     * @throws DamagedException if that cannot be a group, or it is stored and does not match its check
     */
    public static RecordGroup read(byte[] bytes, int size, boolean side, boolean stored, int most, int categories)
            throws DamagedException {
        ByteCursor cursor = new ByteCursor(DamagedException.STREAM, "group of records", 0, bytes, bytes.length);
        byte[][] sides = new byte[size][];
        Arrays.fill(sides, NOTHING);
        if (side) {
            readSides(cursor, sides);
        }
        if (!stored) {
            return coded(sides, Math.min(most, MOST_CODED_VALUES), cursor.bytes(cursor.left()));
        }
        int[] lengths = RiceLengths.read(cursor, size);
        long total = 0;
        for (int length : lengths) {
            if (length - 1 > most) {
                throw cursor.damaged("a record of " + (length - 1) + " values, the most are " + most);
            }
            total += length - 1;
        }
        if (total > mostValues(categories)) {
            throw cursor.damaged("a group of " + total + " values");
        }
        int[][] records = new int[size][];
        packing((int) total, categories).unpack(cursor.bytes(cursor.left()), joined -> {
            int at = 0;
            for (int i = 0; i < size; i++) {
                records[i] = Arrays.copyOfRange(joined, at, at + lengths[i] - 1);
                at += lengths[i] - 1;
            }
            return CheckedStream.checkOf(sides, records);
        });
        return new RecordGroup(sides, most, null, records);
    }

    private static void readSides(ByteCursor cursor, byte[][] sides) throws DamagedException {
        int count = cursor.varint("number of records with side information", 1, sides.length);
        int[] places = new int[count];
        int[] lengths = new int[count];
        int next = 0;
        for (int k = 0; k < count; k++) {
            places[k] = next + cursor.varint("records without side information", 0, sides.length - count + k - next);
            lengths[k] = cursor.varint("length of side information", 1, cursor.left());
            next = places[k] + 1;
        }
        for (int k = 0; k < count; k++) {
            sides[places[k]] = cursor.bytes(lengths[k]);
        }
    }
}
