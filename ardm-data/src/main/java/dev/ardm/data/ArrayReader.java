package dev.ardm.data;

import dev.ardm.core.Space;
import java.io.IOException;
import java.util.Arrays;

/** Reads the items of an array file (IDX, NPY) once its header is known, with every bound checked before allocation. */
final class ArrayReader {
    /** How the numbers of an array are stored. */
    enum Element {
        U1(1),
        I1(1),
        BOOL(1),
        U2(2),
        I2(2),
        U4(4),
        I4(4),
        U8(8),
        I8(8);

        final int bytes;

        Element(int bytes) {
            this.bytes = bytes;
        }

        /** The value as a signed long; unsigned 64-bit values above the signed range come out negative. */
        long value(byte[] from, int at, boolean bigEndian) {
            long bits = 0;
            for (int i = 0; i < bytes; i++) {
                bits = bits << 8 | (from[at + (bigEndian ? i : bytes - 1 - i)] & 0xFF);
            }
            return switch (this) {
                case U1, BOOL, U2, U4, U8, I8 -> bits;
                case I1 -> (byte) bits;
                case I2 -> (short) bits;
                case I4 -> (int) bits;
            };
        }
    }

    private ArrayReader() {}

    /** Product of the item axes, refused when empty or beyond what a space may have. */
    static int itemDimensions(ByteSource in, long[] shape) throws DataException {
        if (shape.length < 2) {
            throw DataException.in(
                    in.file(),
                    "holds an array of " + shape.length
                            + (shape.length == 1 ? " axis" : " axes")
                            + " (labels?); items need a shape of [n,d], [n,h,w] or [n,h,w,c]");
        }
        if (shape.length > 4) {
            throw DataException.in(
                    in.file(),
                    "holds an array of " + shape.length + " axes; items need a shape of [n,d], [n,h,w] or [n,h,w,c]");
        }
        if (shape[0] == 0) {
            throw DataException.in(in.file(), "holds no items");
        }
        if (shape[0] > Integer.MAX_VALUE - 8) {
            throw DataException.in(in.file(), "claims " + shape[0] + " items, more than can be held");
        }
        long dimensions = 1;
        for (int axis = 1; axis < shape.length; axis++) {
            if (shape[axis] < 1 || shape[axis] > Space.MAX_DIMENSIONS) {
                throw DataException.in(
                        in.file(),
                        "claims items of " + text(shape) + ", not between 1 and " + Space.MAX_DIMENSIONS
                                + " values each");
            }
            dimensions *= shape[axis];
            if (dimensions > Space.MAX_DIMENSIONS) {
                throw DataException.in(
                        in.file(),
                        "claims items of " + text(shape) + ", not between 1 and " + Space.MAX_DIMENSIONS
                                + " values each");
            }
        }
        return (int) dimensions;
    }

    private static String text(long[] shape) {
        return Spaces.shapeText(Arrays.stream(shape)
                .skip(1)
                .mapToInt(x -> (int) Math.min(x, Integer.MAX_VALUE))
                .toArray());
    }

    /**
     * Reads all items to the end of the file.
     *
     * @param shape with the items along the first axis
     * @return a builder that holds the items; its largest value may decide the number of categories
     */
    static PackedItemSet.Builder items(ByteSource in, long[] shape, Element element, boolean bigEndian)
            throws IOException {
        int dimensions = itemDimensions(in, shape);
        int count = (int) shape[0];
        Memory.require(in.file(), (double) count * (dimensions + 24.0));
        PackedItemSet.Builder builder = PackedItemSet.builder(dimensions);
        byte[] row = new byte[Math.multiplyExact(dimensions, element.bytes)];
        int[] item = new int[dimensions];
        for (int n = 0; n < count; n++) {
            long start = in.position();
            in.read(row, row.length, "item " + n + " of " + count);
            for (int i = 0; i < dimensions; i++) {
                long value = element.value(row, i * element.bytes, bigEndian);
                if (value < 0 || value >= Space.MAX_CATEGORIES) {
                    throw DataException.at(
                            in.file(),
                            start + (long) i * element.bytes,
                            "item " + n + " has the value "
                                    + (element == Element.U8 ? Long.toUnsignedString(value) : Long.toString(value))
                                    + ", outside [0, " + (Space.MAX_CATEGORIES - 1) + "]");
                }
                item[i] = (int) value;
            }
            builder.add(item, null);
        }
        in.requireEnd();
        return builder;
    }

    /** The shape of one item as ints. */
    static int[] itemShape(long[] shape) {
        return Arrays.stream(shape).skip(1).mapToInt(Math::toIntExact).toArray();
    }
}
