package dev.ardm.data.png;

import java.util.Arrays;

/** Samples of 1 to 16 bits packed in rows of whole bytes, the first sample in the highest bits, as PNG has them. */
public final class SampleRows {
    private SampleRows() {}

    /** Bytes of a row of that many samples. */
    public static int length(int samples, int bits) {
        return Math.toIntExact(((long) samples * bits + 7) / 8);
    }

    /**
     * Packs samples into a row.
     *
     * @param row of {@link #length} bytes; overwritten
     * @param bits 1, 2, 4, 8 or 16
     */
    public static void pack(int[] samples, int from, int count, int bits, byte[] row) {
        Arrays.fill(row, (byte) 0);
        for (int i = 0; i < count; i++) {
            int value = samples[from + i];
            if (bits == 16) {
                row[2 * i] = (byte) (value >>> 8);
                row[2 * i + 1] = (byte) value;
            } else {
                int bit = i * bits;
                row[bit >> 3] |= (byte) (value << 8 - bits - (bit & 7));
            }
        }
    }

    /** Unpacks what {@link #pack} packed. */
    public static void unpack(byte[] row, int bits, int[] samples, int from, int count) {
        for (int i = 0; i < count; i++) {
            if (bits == 16) {
                samples[from + i] = (row[2 * i] & 0xFF) << 8 | row[2 * i + 1] & 0xFF;
            } else {
                int bit = i * bits;
                samples[from + i] = (row[bit >> 3] & 0xFF) >> 8 - bits - (bit & 7) & (1 << bits) - 1;
            }
        }
    }
}
