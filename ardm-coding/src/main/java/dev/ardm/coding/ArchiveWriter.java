package dev.ardm.coding;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes an archive item by item. The file appears under its name at {@link #commit}, complete and read back, or not at all
 * (see {@link AtomicFile}). The bytes depend on the header, the items and the names only. Takes the same memory for any number
 * of items. For use by one thread.
 */
public final class ArchiveWriter implements Closeable {
    private static final byte[] NO_NAME = new byte[0];

    private final AtomicFile file;
    private final ItemPacking packing;
    private final @Nullable DocumentPacking documents;
    private final long payloadAt;
    private final IndexWriter index;
    private boolean finished;

    private ArchiveWriter(AtomicFile file, ArchiveHeader header, long mostIndexBytes) throws IOException {
        this.file = file;
        this.index = new IndexWriter(file.target(), mostIndexBytes);
        this.packing = header.packing();
        this.documents = header.documentPacking();
        byte[] bytes = header.encode();
        this.payloadAt = bytes.length;
        file.stream().write(bytes);
    }

    /**
     * Begins an archive.
     *
     * @param target where it shall appear
     * @param overwrite whether a file that is there may be replaced
     * @throws java.nio.file.FileAlreadyExistsException if there is one and it may not
     * @throws IOException if the archive cannot be written
     */
    public static ArchiveWriter create(Path target, ArchiveHeader header, boolean overwrite) throws IOException {
        return begin(AtomicFile.create(target, overwrite), header, ArchiveFormat.MAX_INDEX_BYTES);
    }

    static ArchiveWriter begin(AtomicFile file, ArchiveHeader header, long mostIndexBytes) throws IOException {
        try {
            return new ArchiveWriter(file, header, mostIndexBytes);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** The number of items so far. */
    public int size() {
        return index.count();
    }

    /**
     * Adds a coded item: the bytes of {@link CheckedStream#encode}.
     *
     * @throws IOException if it cannot be written, or the index would have more than
     *     {@value ArchiveFormat#MAX_INDEX_BYTES} bytes
     */
    public void add(byte[] stream) throws IOException {
        requireItems();
        put(stream, false, NO_NAME);
    }

    /** Adds a coded item with a name; an empty name counts as none. */
    public void add(byte[] stream, String name) throws IOException {
        requireItems();
        put(stream, false, NameTable.checked(name));
    }

    /**
     * Adds an item without a model.
     *
     * @throws IllegalArgumentException if its values are not of the header's space
     */
    public void addStored(int[] item) throws IOException {
        requireItems();
        put(packing.pack(item), true, NO_NAME);
    }

    /** Adds an item without a model, with a name; an empty name counts as none. */
    public void addStored(int[] item, String name) throws IOException {
        requireItems();
        put(packing.pack(item), true, NameTable.checked(name));
    }

    /** The length that every item has that is stored without a model, in bytes. */
    public int storedLength() {
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

    /**
     * Adds a coded document.
     *
     * @param extra bytes that belong to it beside its values
     * @param length number of its values
     * @param stream the bytes of {@link CheckedStream#encode}, with {@link CheckedStream#checkOf(byte[], int[])} as the check
     * @param name an empty one counts as none
     * @throws IllegalStateException if the header announces no documents
     * @throws IllegalArgumentException if documents of this archive do not have so many values
     */
    public void addDocument(byte[] extra, int length, byte[] stream, String name) throws IOException {
        put(documents().coded(extra, length, stream), false, NameTable.checked(name));
    }

    /**
     * Adds a document without a model.
     *
     * @throws IllegalStateException if the header announces no documents
     * @throws IllegalArgumentException if its values are not of the header's space
     */
    public void addStoredDocument(byte[] extra, int[] values, String name) throws IOException {
        put(documents().stored(extra, values), true, NameTable.checked(name));
    }

    /** The length in bytes of the values of a document, so many, without a model; what it has beside them not counted. */
    public long storedDocumentLength(int length) {
        return documents().storedLength(length);
    }

    private void put(byte[] bytes, boolean stored, byte[] name) throws IOException {
        if (finished) {
            throw new IllegalStateException("the archive is finished");
        }
        if (bytes.length == 0 || bytes.length > ArchiveFormat.MAX_STREAM_BYTES) {
            throw new IllegalArgumentException("a stream of " + bytes.length + " bytes");
        }
        index.add(bytes, stored, name);
        file.stream().write(bytes);
    }

    /**
     * Finishes the archive, forces it to the disk, reads it back and gives it its name.
     *
     * @throws IOException if any of that fails; {@link #close} then leaves nothing behind
     */
    public void commit() throws IOException {
        if (finished) {
            throw new IllegalStateException("the archive is finished");
        }
        finished = true;
        index.finish(file.stream(), payloadAt);
        index.close();
        file.commit(this::readBack);
    }

    private void readBack(Path temporary) throws IOException {
        try (ArchiveReader reader = ArchiveReader.open(temporary, file.target().toString())) {
            if (reader.size() != index.count() || reader.verify(k -> {}) > 0) {
                throw new IOException(file.target() + ": does not read back as it was written");
            }
        }
    }

    /** Deletes what was written unless it was committed. */
    @Override
    public void close() throws IOException {
        finished = true;
        try (index) {
            file.close();
        }
    }
}
