package dev.ardm.coding.internal.read;

import dev.ardm.coding.format.ArchiveFormat;
import dev.ardm.coding.internal.bytes.ByteSink;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Repairs a header with one wrong byte: its CRC-32C shows which byte it is, and its right value. */
final class HeaderRepair {
    static final int MOST_BYTES = 8192;

    /** The polynomial of CRC-32C, bits reversed. */
    private static final int POLYNOMIAL = 0x82F63B78;

    private static final int[] TABLE = table();

    private HeaderRepair() {}

    private static int[] table() {
        int[] table = new int[256];
        for (int b = 0; b < table.length; b++) {
            int crc = b;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc >>> 1 ^ ((crc & 1) != 0 ? POLYNOMIAL : 0);
            }
            table[b] = crc;
        }
        return table;
    }

    /**
     * The bytes with one of them changed so that their last 4 are the CRC of the others; as they are if that holds already.
     *
     * @return null if no single change does it
     */
    static byte @Nullable [] repaired(byte[] bytes) {
        int end = bytes.length - ArchiveFormat.CHECKSUM_BYTES;
        if (end < 1 || bytes.length > MOST_BYTES) {
            return null;
        }
        int stated = 0;
        for (int k = 0; k < ArchiveFormat.CHECKSUM_BYTES; k++) {
            stated |= (bytes[end + k] & 0xFF) << 8 * k;
        }
        int difference = stated ^ (int) ByteSink.checksum(bytes, 0, end);
        if (difference == 0) {
            return bytes.clone();
        }
        for (int k = 0; k < ArchiveFormat.CHECKSUM_BYTES; k++) {
            if ((difference & ~(0xFF << 8 * k)) == 0) {
                return changed(bytes, end + k, difference >>> 8 * k);
            }
        }
        // A change x at a place changes the CRC by what x alone, with zeros after it, makes of a CRC without its
        // constants.
        int[] effects = TABLE.clone();
        for (int at = end - 1; at >= 0; at--) {
            for (int x = 1; x < effects.length; x++) {
                if (effects[x] == difference) {
                    return changed(bytes, at, x);
                }
                effects[x] = effects[x] >>> 8 ^ TABLE[effects[x] & 0xFF];
            }
        }
        return null;
    }

    private static byte[] changed(byte[] bytes, int at, int by) {
        byte[] changed = Arrays.copyOf(bytes, bytes.length);
        changed[at] ^= (byte) by;
        return changed;
    }
}
