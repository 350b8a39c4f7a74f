package dev.ardm.data.array;

/** The values of an item as integers of one to eight bytes each. */
final class ValueBytes {
    private final int bytes;
    private final boolean bigEndian;
    private final byte[] row;

    /**
     * For items of that many values.
     *
     * @param bytes of a value
     */
    ValueBytes(int dimensions, int bytes, boolean bigEndian) {
        this.bytes = bytes;
        this.bigEndian = bigEndian;
        this.row = new byte[Math.multiplyExact(bytes, dimensions)];
    }

    /** The bytes of an item, in an array that is used again for the next. */
    byte[] of(int[] item) {
        // Values have at most 16 bits, so all bytes but two stay 0.
        int low = bigEndian ? bytes - 1 : 0;
        int high = bigEndian ? bytes - 2 : 1;
        for (int i = 0; i < item.length; i++) {
            row[i * bytes + low] = (byte) item[i];
            if (bytes > 1) {
                row[i * bytes + high] = (byte) (item[i] >>> 8);
            }
        }
        return row;
    }
}
