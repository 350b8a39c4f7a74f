package dev.ardm.coding.format;

import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.internal.bytes.ByteCursor;
import dev.ardm.coding.internal.bytes.ByteSink;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an item in the payload. If the layout has side information: its length, then its bytes; of a sequence the number of
 * values; of an image height, width and layers. Then either the checked stream or the values as {@link ValuePacking} has them.
 */
public final class ItemPacking {
    /** Bytes at the start of an item that suffice for one of the numbers in them. */
    public static final int NUMBER_BYTES = 5;

    /** Height, width and layers of an image. */
    public static final int SHAPE_NUMBERS = 3;

    private static final String PART = "item";
    private static final int[] NO_SHAPE = {};

    private final ItemLayout.Kind kind;
    private final int values;
    private final int channels;
    private final int[] categories;

    /** The most values of an item. Without it, a few bytes could claim any number of values that take no room. */
    private final int mostValues;

    /**
     * The packing of a space.
     *
     * @param extents of the space
     * @param categories of value i at index i modulo its length
     */
    ItemPacking(ItemLayout layout, int[] extents, int[] categories) {
        this.kind = layout.kind();
        int product = 1;
        for (int extent : extents) {
            product *= extent;
        }
        this.values = product;
        this.channels = extents[extents.length - 1];
        this.categories = categories;
        boolean weightless = true;
        for (int count : categories) {
            weightless &= count == 1;
        }
        this.mostValues = weightless ? ArchiveFormat.MAX_VALUES : ArchiveFormat.MAX_ITEM_VALUES;
    }

    /** The length in bytes of that many values without a model. */
    public long storedLength(int length) {
        return values(length).length();
    }

    /** The length in bytes of an item of that many bytes kept whole. */
    public static long wholeLength(long bytes) {
        return bytes + ArchiveFormat.CHECKSUM_BYTES;
    }

    /** The number of bytes of an item before its stream or its values; errors as those of {@link #pack}. */
    public int headLength(byte[] side, int[] shape, int length) {
        return head(side, shape, length).size();
    }

    /**
     * The bytes of an item.
     *
     * @throws IllegalArgumentException if items of this layout have no such shape, number of values or side information
     */
    public byte[] pack(ArchivedItem item) {
        byte[] whole = item.whole();
        if (whole != null) {
            return new ByteSink().bytes(whole).checksum().toByteArray();
        }
        ByteSink sink = head(item.side(), item.shape(), item.length());
        int[] values = item.values();
        byte[] content = values == null
                ? Objects.requireNonNull(item.stream())
                : values(values.length).pack(values, CheckedStream.checkOf(item.side(), item.shape(), values));
        return sink.bytes(content).toByteArray();
    }

    private ByteSink head(byte[] side, int[] shape, int length) {
        requireShape(shape, length);
        ByteSink sink = new ByteSink();
        if (kind == ItemLayout.Kind.VALUES) {
            if (side.length > 0) {
                throw new IllegalArgumentException("items of this archive have no side information");
            }
            return sink;
        }
        sink.varint(side.length).bytes(side);
        if (kind == ItemLayout.Kind.SEQUENCES) {
            sink.varint(length);
        }
        for (int extent : shape) {
            sink.varint(extent);
        }
        return sink;
    }

    private void requireShape(int[] shape, int length) {
        boolean images = kind == ItemLayout.Kind.IMAGES;
        if (shape.length != (images ? SHAPE_NUMBERS : 0)) {
            throw new IllegalArgumentException(
                    images
                            ? "an image needs its height, width and number of layers"
                            : "only images have a shape of their own");
        }
        switch (kind) {
            case VALUES, ROWS -> require(length, length == values, String.valueOf(values));
            case SEQUENCES -> require(length, length <= mostValues, "at most " + mostValues);
            case RECORDS, VALUE_RECORDS -> throw new IllegalStateException("records are in groups");
            case IMAGES -> {
                long product = product(shape);
                if (product < 1) {
                    throw new IllegalArgumentException("an image of " + shape[0] + " x " + shape[1] + " pixels in "
                            + shape[2] + " layers, with more than " + mostValues
                            + " values or none");
                }
                require(length, length == product, String.valueOf(product));
            }
        }
    }

    private static void require(int length, boolean holds, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException("an item of " + length + " values where there are " + allowed);
        }
    }

    /** The number of values of an image; -1 if it can have no such shape. */
    private long product(int[] shape) {
        long product = channels;
        for (int extent : shape) {
            if (extent < 1 || extent > mostValues / product) {
                return -1;
            }
            product *= extent;
        }
        return product;
    }

    private ValuePacking values(int length) {
        return new ValuePacking(length, categories);
    }

    /** Reads what {@link #pack} made. */
    public ArchivedItem read(byte[] bytes, ItemForm form) throws DamagedException {
        if (form == ItemForm.WHOLE) {
            return ArchivedItem.whole(whole(bytes));
        }
        ByteCursor cursor = cursor(bytes);
        int sideLength =
                kind == ItemLayout.Kind.VALUES ? 0 : cursor.varint("length of its side information", 0, cursor.left());
        byte[] side = cursor.bytes(sideLength);
        Size size = size(cursor);
        byte[] rest = cursor.bytes(cursor.left());
        if (form == ItemForm.CODED) {
            return ArchivedItem.coded(side, size.shape, size.length, rest);
        }
        int[] values = values(size.length).unpack(rest, item -> CheckedStream.checkOf(side, size.shape, item));
        return ArchivedItem.stored(side, size.shape, values);
    }

    private static byte[] whole(byte[] bytes) throws DamagedException {
        ByteCursor cursor = cursor(bytes);
        if (bytes.length < ArchiveFormat.CHECKSUM_BYTES || !SegmentHeader.checksumHolds(bytes)) {
            throw cursor.damaged("the file that it is does not match its checksum");
        }
        return Arrays.copyOf(bytes, bytes.length - ArchiveFormat.CHECKSUM_BYTES);
    }

    /**
     * How much there is of an item.
     *
     * @param shape of an image its height, width and number of layers; else empty
     * @param length number of values
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on
    public record Size(int[] shape, int length) {
        /** Of an item that is kept whole, whose values are not known here. */
        public static final Size NONE = new Size(NO_SHAPE, 0);
    }

    private Size size(ByteCursor cursor) throws DamagedException {
        switch (kind) {
            case VALUES, ROWS -> {
                return new Size(NO_SHAPE, values);
            }
            case SEQUENCES -> {
                int length = cursor.varint("number of its values", 0, mostValues);
                return new Size(NO_SHAPE, length);
            }
            case IMAGES -> {
                int[] shape = new int[SHAPE_NUMBERS];
                for (int i = 0; i < shape.length; i++) {
                    shape[i] = cursor.varint("extent of an image", 1, mostValues);
                }
                long product = product(shape);
                if (product < 1) {
                    throw cursor.damaged("an image of more than " + mostValues + " values");
                }
                return new Size(shape, (int) product);
            }
            case RECORDS, VALUE_RECORDS -> throw new IllegalStateException("records are in groups");
        }
        throw new AssertionError(kind);
    }

    /** The size of every item, if all have the same; else null. */
    public @Nullable Size fixedSize() {
        return kind == ItemLayout.Kind.VALUES ? new Size(NO_SHAPE, values) : null;
    }

    private static ByteCursor cursor(byte[] bytes) {
        return new ByteCursor(DamagedException.STREAM, PART, 0, bytes, bytes.length);
    }

    /**
     * The number of bytes of an item before its size.
     *
     * @param start its first bytes
     * @param length of the whole item in bytes
     */
    public int sizeAt(byte[] start, int length) throws DamagedException {
        ByteCursor cursor = cursor(start);
        int side = cursor.varint("length of its side information", 0, length);
        return (int) cursor.position() + side;
    }

    /** The size, from the bytes that begin with it. */
    public Size size(byte[] bytes) throws DamagedException {
        return size(cursor(bytes));
    }
}
