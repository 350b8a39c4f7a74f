package dev.ardm.data;

/** The values of an item as bytes: one for each, or two little-endian ones. */
final class ValueBytes {
    private final boolean wide;
    private final byte[] row;

    ValueBytes(int dimensions, boolean wide) {
        this.wide = wide;
        this.row = new byte[wide ? Math.multiplyExact(2, dimensions) : dimensions];
    }

    /** The bytes of an item, in an array that is used again for the next. */
    byte[] of(int[] item) {
        if (wide) {
            for (int i = 0; i < item.length; i++) {
                row[2 * i] = (byte) item[i];
                row[2 * i + 1] = (byte) (item[i] >>> 8);
            }
        } else {
            for (int i = 0; i < row.length; i++) {
                row[i] = (byte) item[i];
            }
        }
        return row;
    }
}
