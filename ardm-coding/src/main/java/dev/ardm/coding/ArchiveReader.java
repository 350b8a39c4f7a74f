package dev.ardm.coding;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An archive open for reading. Header, index and footer are read and checked when it is opened; an item is read when it is
 * asked for, and but for some bytes of the index nothing else is read for it. Takes the same memory for any number of items,
 * less than a MiB. Several threads may use one reader.
 *
 * <p>A coded item carries its own check (see {@link CheckedStream#close}), a stored one its checksum; so reading an item does
 * not look at the checksums of the payload. {@link #verify} and {@link #blockDamaged} do, and need no model.
 */
public final class ArchiveReader implements Closeable {
    private final PositionalFile file;
    private final ArchiveHeader header;
    private final ArchiveIndex index;
    private volatile @Nullable Verdict last;

    private ArchiveReader(PositionalFile file, ArchiveHeader header, ArchiveIndex index) {
        this.file = file;
        this.header = header;
        this.index = index;
    }

    /**
     * Where an item lies.
     *
     * @param offset of its first byte in the file
     * @param length in bytes
     * @param stored whether it is stored without a model
     */
    public record Entry(long offset, int length, boolean stored) {}

    /**
     * Opens an archive.
     *
     * @throws NotAnArchiveException if the file is something else
     * @throws NewerVersionException if it needs a newer version of the program
     * @throws DamagedException if it is truncated, or its header, index or footer is corrupt
     * @throws IOException if it cannot be read
     */
    public static ArchiveReader open(Path path) throws IOException {
        return open(path, path.toString());
    }

    /** Opens an archive that messages call by another name. */
    static ArchiveReader open(Path path, String name) throws IOException {
        PositionalFile file = new PositionalFile(path, name);
        try {
            ArchiveHeader header = ArchiveHeader.read(file);
            return new ArchiveReader(file, header, ArchiveIndex.read(file, header));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** What holds for all items. */
    public ArchiveHeader header() {
        return header;
    }

    /** The number of items. */
    public int size() {
        return index.size();
    }

    /** Where item k lies. */
    public Entry entry(int k) throws IOException {
        return index.entry(Objects.checkIndex(k, size()));
    }

    /** The name of item k, if it has one. A name is a label: before it becomes a path, check where it leads. */
    public Optional<String> name(int k) throws IOException {
        Objects.checkIndex(k, size());
        NameTable names = index.names();
        return names == null ? Optional.empty() : Optional.of(names.name(k)).filter(name -> !name.isEmpty());
    }

    /**
     * The stream of a coded item, for {@link CheckedStream#open}. Damage in it shows when it is decoded; see {@link #damage}.
     *
     * @throws IllegalArgumentException if the item is stored without a model
     */
    public byte[] stream(int k) throws IOException {
        return bytes(k, false);
    }

    /**
     * The values of an item that is stored without a model.
     *
     * @throws IllegalArgumentException if the item is coded
     * @throws DamagedException if it does not match its checksum
     */
    public int[] stored(int k) throws IOException {
        byte[] bytes = bytes(k, true);
        try {
            return header.packing().unpack(bytes);
        } catch (DamagedException e) {
            throw damage(k, e);
        }
    }

    /**
     * A document; for archives whose header has {@link ArchiveHeader#documents}.
     *
     * @throws IllegalStateException if the items are no documents
     * @throws DamagedException if its bytes are none of a document, or it is stored without a model and does not match its
     *     checksum
     */
    public ArchivedDocument document(int k) throws IOException {
        Entry entry = entry(k);
        try {
            return documents().read(file.read(entry.offset(), entry.length()), entry.stored());
        } catch (DamagedException e) {
            throw damage(k, e);
        }
    }

    /**
     * The number of values of a document. Little of it is read, so its check is not looked at.
     *
     * @throws IllegalStateException if the items are no documents
     * @throws DamagedException if its bytes are none of a document
     */
    public int documentLength(int k) throws IOException {
        Entry entry = entry(k);
        try {
            int first = Math.min(entry.length(), DocumentPacking.NUMBER_BYTES);
            int at = documents().lengthAt(file.read(entry.offset(), first), entry.length());
            int number = Math.max(0, Math.min(entry.length() - at, DocumentPacking.NUMBER_BYTES));
            return documents().length(file.read(entry.offset() + at, number));
        } catch (DamagedException e) {
            throw damage(k, e);
        }
    }

    private DocumentPacking documents() {
        DocumentPacking packing = header.documentPacking();
        if (packing == null) {
            throw new IllegalStateException("the items of " + file.name() + " are no documents");
        }
        return packing;
    }

    private byte[] bytes(int k, boolean stored) throws IOException {
        if (header.documents() != null) {
            throw new IllegalStateException("the items of " + file.name() + " are documents");
        }
        Entry entry = entry(k);
        if (entry.stored() != stored) {
            throw new IllegalArgumentException("item " + k + " is " + (stored ? "coded" : "stored without a model"));
        }
        return file.read(entry.offset(), entry.length());
    }

    /** The damage that decoding item k's stream found, with file, item and place in the file. */
    public DamagedException damage(int k, DamagedException found) throws IOException {
        int others = size() - 1;
        String readable = others == 0
                ? ""
                : others == 1 ? "the other item is not affected" : "the other " + others + " items are not affected";
        return found.in(file.name(), k, entry(k).offset(), readable);
    }

    /** Whether a block of the payload that item k lies in does not match its checksum. The damage may be beside the item. */
    public boolean blockDamaged(int k) throws IOException {
        Entry entry = entry(k);
        for (int block = block(entry.offset()); block <= block(entry.offset() + entry.length() - 1); block++) {
            if (damaged(block)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Reads the whole payload and compares its checksums. Needs no model.
     *
     * @param damaged hears the items that lie in a damaged block, in order. Blocks have {@value ArchiveFormat#BLOCK_BYTES}
     *     bytes, so of many short items in one block most can still be decoded; those stored without a model are named only
     *     if their own checksum fails.
     * @return how many these are; 0 if all is well
     */
    public int verify(IntConsumer damaged) throws IOException {
        int count = 0;
        for (int k = 0; k < size(); k++) {
            if (blockDamaged(k) && !intact(k)) {
                damaged.accept(k);
                count++;
            }
        }
        return count;
    }

    /** The same as a list, for archives of which not too much is damaged. */
    public List<Integer> verify() throws IOException {
        List<Integer> items = new ArrayList<>();
        verify(items::add);
        return items;
    }

    private boolean intact(int k) throws IOException {
        if (!entry(k).stored()) {
            return false;
        }
        try {
            if (header.documents() == null) {
                stored(k);
            } else {
                document(k);
            }
            return true;
        } catch (DamagedException e) {
            return false;
        }
    }

    private int block(long offset) {
        return (int) ((offset - index.payloadAt()) / ArchiveFormat.BLOCK_BYTES);
    }

    private boolean damaged(int block) throws IOException {
        Verdict known = last;
        if (known != null && known.block == block) {
            return known.damaged;
        }
        long at = index.payloadAt() + (long) block * ArchiveFormat.BLOCK_BYTES;
        int length = (int) Math.min(ArchiveFormat.BLOCK_BYTES, index.payloadEnd() - at);
        boolean damaged = (int) ByteSink.checksum(file.read(at, length), 0, length) != index.sum(block);
        last = new Verdict(block, damaged);
        return damaged;
    }

    /** What came of looking at a block: kept, since the next item most often lies in the same one. */
    private record Verdict(int block, boolean damaged) {}

    @Override
    public void close() throws IOException {
        file.close();
    }
}
