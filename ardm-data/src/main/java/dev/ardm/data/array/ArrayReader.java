package dev.ardm.data.array;

import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.HeapLimit;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.Spaces;
import dev.ardm.data.file.ByteSource;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the items of an array file (IDX, NPY) once its header is known, with every bound checked before allocation. */
public final class ArrayReader implements Closeable {
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

    /** Number of values read at a time, so that a wrong header cannot claim memory. */
    private static final int PIECE_VALUES = 1 << 14;

    private final ByteSource in;
    private final Element element;
    private final boolean bigEndian;
    private final int[] itemShape;
    private final int dimensions;
    private final int count;
    private final byte[] piece;
    private int next;

    /**
     * Stands before the first item.
     *
     * @param in after the header; closed with this
     * @param shape with the items along the first axis
     * @throws DataException if it is not the shape of items
     */
    ArrayReader(ByteSource in, long[] shape, Element element, boolean bigEndian) throws DataException {
        this.in = in;
        this.element = element;
        this.bigEndian = bigEndian;
        this.dimensions = itemDimensions(in, shape);
        this.itemShape = Arrays.stream(shape).skip(1).mapToInt(Math::toIntExact).toArray();
        this.count = (int) shape[0];
        HeapLimit.require(in.file(), (double) dimensions * (element.bytes + Integer.BYTES));
        this.piece = new byte[Math.min(dimensions, PIECE_VALUES) * element.bytes];
    }

    /** Reads what a kind of file has before its items. */
    interface Header {
        ArrayReader after(ByteSource in) throws IOException;
    }

    /** What an array of a shape is read as. */
    interface Shape {
        /** Items of any shape. */
        Shape ITEMS = (file, shape) -> shape;

        /**
         * The shape, with the items along the first axis.
         *
         * @throws DataException if the array is not what is wanted
         */
        long[] of(String file, long[] shape) throws DataException;
    }

    /** Opens a file, plain or gzip. */
    static ArrayReader open(Path path, Header header) throws IOException {
        ByteSource in = ByteSource.open(path);
        try {
            return header.after(in);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** Product of the item axes, refused when empty or beyond what a space may have. */
    private static int itemDimensions(ByteSource in, long[] shape) throws DataException {
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
            throw DataException.in(in.file(), "contains no items");
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

    /** How many items the header promises. */
    public int count() {
        return count;
    }

    Element element() {
        return element;
    }

    /** The space of these items if they have a number of categories. */
    public Space space(int categories) {
        return Spaces.ofItemShape(itemShape, categories);
    }

    /**
     * The next item, in a fresh array; null after the last one, which has to be the end of the file.
     *
     * @throws DataException if the file ends too early or too late, or a value is outside [0, 65535]
     */
    public int @Nullable [] next() throws IOException {
        if (next == count) {
            in.requireEnd();
            return null;
        }
        int[] item = {};
        for (int from = 0; from < dimensions; from += PIECE_VALUES) {
            int values = Math.min(PIECE_VALUES, dimensions - from);
            long start = in.position();
            long behind = (long) (dimensions - from - values) * element.bytes;
            in.read(piece, values * element.bytes, behind, "item " + next + " of " + count);
            if (from + values > item.length) {
                item = Arrays.copyOf(item, Math.min(dimensions, Math.max(PIECE_VALUES, 2 * item.length)));
            }
            for (int i = 0; i < values; i++) {
                item[from + i] = value(i, start);
            }
        }
        next++;
        return item;
    }

    /** Value i of the piece, which begins at a byte of the file. */
    private int value(int i, long start) throws DataException {
        long value = element.value(piece, i * element.bytes, bigEndian);
        if (value < 0 || value >= Space.MAX_CATEGORIES) {
            throw DataException.at(
                    in.file(),
                    start + (long) i * element.bytes,
                    "item " + next + " has the value "
                            + (element == Element.U8 ? Long.toUnsignedString(value) : Long.toString(value))
                            + ", outside [0, " + (Space.MAX_CATEGORIES - 1) + "]");
        }
        return (int) value;
    }

    /** Reads all items into memory; the largest value may decide the number of categories. */
    PackedItemSet.Builder pack() throws IOException {
        HeapLimit.require(in.file(), (double) count * (dimensions + 24.0));
        PackedItemSet.Builder builder = PackedItemSet.builder(dimensions);
        for (int[] item = next(); item != null; item = next()) {
            builder.add(item, null);
        }
        return builder;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
