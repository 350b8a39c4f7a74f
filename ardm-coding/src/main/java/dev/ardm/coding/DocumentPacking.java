package dev.ardm.coding;

/**
 * The bytes of a document in the payload: the length of its extra, its extra, of a sequence the number of its values, and then
 * either its checked stream or its values as {@link ItemPacking} has them.
 */
final class DocumentPacking {
    private static final String PART = "document";

    private final boolean sequences;
    private final int values;
    private final int[] categories;

    /**
     * The packing of a space.
     *
     * @param values in an item of the space
     * @param categories of value i at index i modulo its length
     */
    DocumentPacking(DocumentLayout layout, int values, int[] categories) {
        this.sequences = layout.sequences();
        this.values = values;
        this.categories = categories;
    }

    /** The length in bytes of so many values without a model. */
    long storedLength(int length) {
        return items(length).longLength();
    }

    byte[] coded(byte[] extra, int length, byte[] stream) {
        return head(extra, length).bytes(stream).toByteArray();
    }

    byte[] stored(byte[] extra, int[] document) {
        byte[] packed = items(document.length).pack(document, CheckedStream.checkOf(extra, document));
        return head(extra, document.length).bytes(packed).toByteArray();
    }

    private ByteSink head(byte[] extra, int length) {
        requireLength(length);
        ByteSink sink = new ByteSink().varint(extra.length).bytes(extra);
        return sequences ? sink.varint(length) : sink;
    }

    private void requireLength(int length) {
        if (sequences ? length > ArchiveFormat.MAX_DOCUMENT_VALUES : length != values) {
            throw new IllegalArgumentException("a document of " + length + " values where there are "
                    + (sequences ? "at most " + ArchiveFormat.MAX_DOCUMENT_VALUES : values));
        }
    }

    private ItemPacking items(int length) {
        return new ItemPacking(length, categories);
    }

    /** Reads what {@link #coded} or {@link #stored} made. */
    ArchivedDocument read(byte[] bytes, boolean stored) throws DamagedException {
        ByteCursor cursor = cursor(bytes);
        byte[] extra = cursor.bytes(cursor.varint("length of its extra", 0, cursor.left()));
        int length = length(cursor);
        byte[] rest = cursor.bytes(cursor.left());
        if (!stored) {
            return new ArchivedDocument(extra, length, rest, null);
        }
        int[] document = items(length).unpack(rest, item -> CheckedStream.checkOf(extra, item));
        return new ArchivedDocument(extra, length, null, document);
    }

    private int length(ByteCursor cursor) throws DamagedException {
        return sequences ? cursor.varint("number of its values", 0, ArchiveFormat.MAX_DOCUMENT_VALUES) : values;
    }

    private static ByteCursor cursor(byte[] bytes) {
        return new ByteCursor(DamagedException.STREAM, PART, 0, bytes, bytes.length);
    }

    /** Bytes at the start of a document that suffice for the number in them. */
    static final int NUMBER_BYTES = 5;

    /**
     * How many bytes from the start of a document on lie before the number of its values.
     *
     * @param start its first bytes
     * @param length of the whole document in bytes
     */
    int lengthAt(byte[] start, int length) throws DamagedException {
        ByteCursor cursor = cursor(start);
        int extra = cursor.varint("length of its extra", 0, length);
        return (int) cursor.position() + extra;
    }

    /** The number of values, from the bytes that begin with it. */
    int length(byte[] bytes) throws DamagedException {
        return length(cursor(bytes));
    }
}
