package dev.ardm.coding;

import java.io.Closeable;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Takes the items of an archive: a new one, or one that grows. For use by one thread. */
public abstract sealed class ItemOutput implements Closeable permits ArchiveWriter, ArchiveAppender {
    private static final int[] NO_SHAPE = {};

    private final ArchiveHeader header;
    private final ItemPacking packing;
    private final @Nullable DocumentPacking documents;

    ItemOutput(ArchiveHeader header) {
        this.header = header;
        this.packing = header.packing();
        this.documents = header.documentPacking();
    }

    /** What holds for the items that are added. */
    public final ArchiveHeader header() {
        return header;
    }

    /** The number of items in the archive, those included that were added. */
    public abstract int size();

    /**
     * Adds the bytes of an item.
     *
     * @throws IllegalStateException if nothing can be added any more
     */
    abstract void put(byte[] bytes, boolean stored, byte[] name, OptionalLong time) throws IOException;

    /**
     * Puts everything that was added on the disk.
     *
     * @throws IOException if it cannot be written
     */
    public abstract void commit() throws IOException;

    /**
     * Adds a coded item: the bytes of {@link CheckedStream#encode}.
     *
     * @throws IOException if it cannot be written
     */
    public final void add(byte[] stream) throws IOException {
        add(stream, ItemLabel.NONE);
    }

    /** Adds a coded item with a name; an empty name counts as none. */
    public final void add(byte[] stream, String name) throws IOException {
        add(stream, ItemLabel.named(name));
    }

    /** Adds a coded item with a name and a time. */
    public final void add(byte[] stream, ItemLabel label) throws IOException {
        requireItems();
        put(stream, false, label);
    }

    /**
     * Adds an item without a model.
     *
     * @throws IllegalArgumentException if its values are not of the header's space
     */
    public final void addStored(int[] item) throws IOException {
        addStored(item, ItemLabel.NONE);
    }

    /** Adds an item without a model, with a name; an empty name counts as none. */
    public final void addStored(int[] item, String name) throws IOException {
        addStored(item, ItemLabel.named(name));
    }

    /** Adds an item without a model, with a name and a time. */
    public final void addStored(int[] item, ItemLabel label) throws IOException {
        requireItems();
        put(packing.pack(item), true, label);
    }

    /** The length that every item has that is stored without a model, in bytes. */
    public final int storedLength() {
        return packing.length();
    }

    private void requireItems() {
        if (documents != null) {
            throw new IllegalStateException("the header announces documents");
        }
    }

    private DocumentPacking documents() {
        if (documents == null) {
            throw new IllegalStateException("the header announces no documents");
        }
        return documents;
    }

    /** Adds a coded row or sequence; see {@link #addDocument(byte[], int[], int, byte[], ItemLabel)}. */
    public final void addDocument(byte[] extra, int length, byte[] stream, String name) throws IOException {
        addDocument(extra, NO_SHAPE, length, stream, ItemLabel.named(name));
    }

    /**
     * Adds a coded document.
     *
     * @param extra bytes that belong to it beside its values
     * @param shape of an image its height, width and number of layers; else empty
     * @param length number of its values
     * @param stream the bytes of {@link CheckedStream#encode}, with {@link CheckedStream#checkOf(byte[], int[], int[])} as
     *     the check
     * @throws IllegalStateException if the header announces no documents
     * @throws IllegalArgumentException if documents of this archive have no such shape or number of values
     */
    public final void addDocument(byte[] extra, int[] shape, int length, byte[] stream, ItemLabel label)
            throws IOException {
        put(documents().coded(extra, shape, length, stream), false, label);
    }

    /** Adds a row or sequence without a model; see {@link #addStoredDocument(byte[], int[], int[], ItemLabel)}. */
    public final void addStoredDocument(byte[] extra, int[] values, String name) throws IOException {
        addStoredDocument(extra, NO_SHAPE, values, ItemLabel.named(name));
    }

    /**
     * Adds a document without a model.
     *
     * @param shape of an image its height, width and number of layers; else empty
     * @throws IllegalStateException if the header announces no documents
     * @throws IllegalArgumentException if its shape or its values are not of the header's space
     */
    public final void addStoredDocument(byte[] extra, int[] shape, int[] values, ItemLabel label) throws IOException {
        put(documents().stored(extra, shape, values), true, label);
    }

    /** The length in bytes of the values of a document, so many, without a model; what it has beside them not counted. */
    public final long storedDocumentLength(int length) {
        return documents().storedLength(length);
    }

    private void put(byte[] bytes, boolean stored, ItemLabel label) throws IOException {
        if (bytes.length == 0 || bytes.length > ArchiveFormat.MAX_STREAM_BYTES) {
            throw new IllegalArgumentException("a stream of " + bytes.length + " bytes");
        }
        put(bytes, stored, FrontCodedNames.checked(label.name()), label.time());
    }
}
