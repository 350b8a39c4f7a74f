package dev.ardm.data;

import java.io.IOException;
import java.io.OutputStream;

/** Writes the values of a set one after the other. */
final class ValueBytes {
    private ValueBytes() {}

    /** One byte per value. */
    static void writeBytes(OutputStream out, ItemSet set) throws IOException {
        byte[] row = new byte[set.space().dimensions()];
        for (int n = 0; n < set.size(); n++) {
            int[] item = set.item(n);
            for (int i = 0; i < row.length; i++) {
                row[i] = (byte) item[i];
            }
            out.write(row);
        }
    }

    /** Two little-endian bytes per value. */
    static void writeShorts(OutputStream out, ItemSet set) throws IOException {
        byte[] row = new byte[Math.multiplyExact(2, set.space().dimensions())];
        for (int n = 0; n < set.size(); n++) {
            int[] item = set.item(n);
            for (int i = 0; i < item.length; i++) {
                row[2 * i] = (byte) item[i];
                row[2 * i + 1] = (byte) (item[i] >>> 8);
            }
            out.write(row);
        }
    }
}
