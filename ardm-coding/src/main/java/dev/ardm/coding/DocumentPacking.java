package dev.ardm.coding;

/**
 * The bytes of a document in the payload: the length of its extra, its extra, of a sequence the number of its values, of an
 * image its height, width and layers, and then either its checked stream or its values as {@link ItemPacking} has them.
 */
final class DocumentPacking {
    /** Bytes at the start of a document that suffice for one of the numbers in them. */
    static final int NUMBER_BYTES = 5;

    /** Height, width and layers of an image. */
    static final int SHAPE_NUMBERS = 3;

    private static final String PART = "document";
    private static final int[] NO_SHAPE = {};

    private final DocumentLayout.Kind kind;
    private final int values;
    private final int channels;
    private final int[] categories;

    /** The most values a document may have: where a value takes no room, nothing else bounds what a few bytes can claim. */
    private final int mostValues;

    /**
     * The packing of a space.
     *
     * @param extents of the space
     * @param categories of value i at index i modulo its length
     */
    DocumentPacking(DocumentLayout layout, int[] extents, int[] categories) {
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
        this.mostValues = weightless ? ArchiveFormat.MAX_VALUES : ArchiveFormat.MAX_DOCUMENT_VALUES;
    }

    /** The length in bytes of so many values without a model. */
    long storedLength(int length) {
        return items(length).longLength();
    }

    byte[] coded(byte[] extra, int[] shape, int length, byte[] stream) {
        return head(extra, shape, length).bytes(stream).toByteArray();
    }

    byte[] stored(byte[] extra, int[] shape, int[] document) {
        byte[] packed = items(document.length).pack(document, CheckedStream.checkOf(extra, shape, document));
        return head(extra, shape, document.length).bytes(packed).toByteArray();
    }

    private ByteSink head(byte[] extra, int[] shape, int length) {
        requireShape(shape, length);
        ByteSink sink = new ByteSink().varint(extra.length).bytes(extra);
        if (kind == DocumentLayout.Kind.SEQUENCES) {
            sink.varint(length);
        }
        for (int extent : shape) {
            sink.varint(extent);
        }
        return sink;
    }

    private void requireShape(int[] shape, int length) {
        boolean images = kind == DocumentLayout.Kind.IMAGES;
        if (shape.length != (images ? SHAPE_NUMBERS : 0)) {
            throw new IllegalArgumentException(
                    images
                            ? "an image needs its height, width and number of layers"
                            : "documents that are no images have no shape of their own");
        }
        switch (kind) {
            case ROWS -> require(length, length == values, String.valueOf(values));
            case SEQUENCES -> require(length, length <= mostValues, "at most " + mostValues);
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
            throw new IllegalArgumentException("a document of " + length + " values where there are " + allowed);
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

    private ItemPacking items(int length) {
        return new ItemPacking(length, categories);
    }

    /** Reads what {@link #coded} or {@link #stored} made. */
    ArchivedDocument read(byte[] bytes, boolean stored) throws DamagedException {
        ByteCursor cursor = cursor(bytes);
        byte[] extra = cursor.bytes(cursor.varint("length of its extra", 0, cursor.left()));
        Size size = size(cursor);
        byte[] rest = cursor.bytes(cursor.left());
        if (!stored) {
            return new ArchivedDocument(extra, size.shape, size.length, rest, null);
        }
        int[] document = items(size.length).unpack(rest, item -> CheckedStream.checkOf(extra, size.shape, item));
        return new ArchivedDocument(extra, size.shape, size.length, null, document);
    }

    /**
     * How much there is of a document.
     *
     * @param shape of an image its height, width and number of layers; else empty
     * @param length number of values
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on
    record Size(int[] shape, int length) {}

    private Size size(ByteCursor cursor) throws DamagedException {
        switch (kind) {
            case ROWS -> {
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
        }
        throw new AssertionError(kind);
    }

    private static ByteCursor cursor(byte[] bytes) {
        return new ByteCursor(DamagedException.STREAM, PART, 0, bytes, bytes.length);
    }

    /**
     * How many bytes from the start of a document on lie before what tells its size.
     *
     * @param start its first bytes
     * @param length of the whole document in bytes
     */
    int sizeAt(byte[] start, int length) throws DamagedException {
        ByteCursor cursor = cursor(start);
        int extra = cursor.varint("length of its extra", 0, length);
        return (int) cursor.position() + extra;
    }

    /** The size, from the bytes that begin with it. */
    Size size(byte[] bytes) throws DamagedException {
        return size(cursor(bytes));
    }
}
