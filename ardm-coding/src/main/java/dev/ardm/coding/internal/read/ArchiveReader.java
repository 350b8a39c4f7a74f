package dev.ardm.coding.internal.read;

import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.error.ArchiveException;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.error.NewerVersionException;
import dev.ardm.coding.error.NotAnArchiveException;
import dev.ardm.coding.format.ArchiveFormat;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.EmbeddedModel;
import dev.ardm.coding.format.FrameRecords;
import dev.ardm.coding.format.ItemForm;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.format.RecordGroup;
import dev.ardm.coding.internal.file.PositionalFile;
import dev.ardm.coding.internal.file.RangedBytes;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An archive open for reading. Headers, tables and footers are read and checked when it is opened; an item is read when it is
 * asked for. Takes the same memory for any number of items, about a MiB (but {@link #recover} some bytes for each frame).
 * Several threads may use one reader.
 *
 * <p>A coded item carries its own check (see {@link CheckedStream#close}), a stored one its checksum. {@link #verify} and
 * {@link #blockDamaged} look at the checksums of the frames, and need no model.
 */
public final class ArchiveReader implements Closeable {
    private final PositionalFile file;
    private final ArchiveIndex index;
    private final DamageReport report;
    private final @Nullable ArchiveException refusal;
    private final ItemBytes bytes;

    private ArchiveReader(ArchiveOpening.Opened opened) {
        this.file = opened.file();
        this.index = opened.index();
        this.report = opened.report();
        this.refusal = opened.refusal();
        this.bytes = new ItemBytes(file, index);
    }

    /**
     * Where an item is.
     *
     * @param offset of its first byte in the file; of a record that of its group
     * @param length in bytes; of a record that of its group, which it shares with the others there, and 0 of one that is learnt
     * @param form how it is kept
     */
    public record Entry(long offset, int length, ItemForm form) {
        /** Whether it is kept without a model, so that it has a checksum of its own. */
        public boolean stored() {
            return form != ItemForm.CODED;
        }
    }

    /**
     * Opens an archive.
     *
     * @throws NotAnArchiveException if the file is something else
     * @throws NewerVersionException if it needs a newer version of the program
     * @throws DamagedException if it is truncated, an append was not finished, or a header, table or footer is corrupt; it
     *     states what can still be read
     * @throws IOException if it cannot be read
     */
    public static ArchiveReader open(Path path) throws IOException {
        return open(path, path.toString());
    }

    /** Opens an archive that messages call by another name. */
    public static ArchiveReader open(Path path, String name) throws IOException {
        return new ArchiveReader(ArchiveOpening.WHOLE.open(path, name));
    }

    /**
     * Opens an archive that is no file; errors as those of {@link #open(Path)}.
     *
     * @param bytes closed with the reader, or if this fails
     * @param name what messages call it
     */
    public static ArchiveReader open(RangedBytes bytes, String name) throws IOException {
        return new ArchiveReader(ArchiveOpening.WHOLE.open(new PositionalFile(bytes, name)));
    }

    /**
     * Opens an archive up to the end of its last commit. Skips an append that is unfinished or still running.
     *
     * @throws ArchiveException as {@link #open} does, if no commit is whole, or the last one is damaged
     */
    public static ArchiveReader openCommitted(Path path) throws IOException {
        return new ArchiveReader(ArchiveOpening.COMMITTED.open(path, path.toString()));
    }

    /**
     * Opens an archive that may be damaged, cut off or unfinished. If {@link #open} would refuse it, searches the whole
     * file for intact items. See {@link #refusal} and {@link #damageReport}.
     *
     * @throws ArchiveException as {@link #open} does, if nothing can be read
     */
    public static ArchiveReader recover(Path path) throws IOException {
        return new ArchiveReader(ArchiveOpening.RECOVERING.open(path, path.toString()));
    }

    /** Why the archive was {@link #recover}ed, because {@link #open} refuses it; empty if nothing is wrong. */
    public Optional<ArchiveException> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** The damage found by {@link #recover}; empty otherwise. */
    public DamageReport damageReport() {
        return report;
    }

    /** The header of all items, or of the first ones if this is several concatenated archives. */
    public ArchiveHeader header() {
        return index.header();
    }

    /** The header of item k. */
    public ArchiveHeader header(int k) throws IOException {
        return frame(k).header();
    }

    /** Whether {@link #header()} holds for all items. */
    public boolean uniform() {
        return index.uniform();
    }

    /** The number of concatenated archives that this is. */
    public int parts() {
        return index.parts();
    }

    /** The number of tables that find the items: one for each part, and more after additions; 0 after {@link #recover}. */
    public int tables() {
        return index.tables();
    }

    /** The number of items, lost ones included if others after them are there. */
    public int size() {
        return index.size();
    }

    private Frame frame(int k) throws IOException {
        return bytes.frame(k);
    }

    /** Where item k is. */
    public Entry entry(int k) throws IOException {
        return frame(k).entry(k);
    }

    /** The name of item k, if it has one. A name is a label: before it becomes a path, check where it leads. */
    public Optional<String> name(int k) throws IOException {
        Frame frame = frame(k);
        return Optional.of(frame.items().name(k - frame.firstItem())).filter(name -> !name.isEmpty());
    }

    /** When item k was modified last, in milliseconds since 1970 (UTC), if that is known. */
    public OptionalLong time(int k) throws IOException {
        Frame frame = frame(k);
        return frame.items().time(k - frame.firstItem());
    }

    /** The name, time and permissions of item k, as far as they are known. */
    public ItemLabel label(int k) throws IOException {
        Frame frame = frame(k);
        int i = k - frame.firstItem();
        return new ItemLabel(
                frame.items().name(i), frame.items().time(i), frame.items().mode(i));
    }

    /** The header of the last of several concatenated archives, which is the one that grows; else the only one. */
    public ArchiveHeader lastHeader() throws IOException {
        return index.lastHeader();
    }

    /** The ids of the models that the items need, in hexadecimal, in the order in which they come. */
    public Set<String> modelIds() {
        return index.modelIds();
    }

    /** The files of models that are in the archive, at most one of an id. */
    public List<EmbeddedModel> embeddedModels() {
        return List.copyOf(index.models());
    }

    /** The first item from one on that is not known to be lost; {@link #size()} if there is none. */
    public int nextPresent(int k) {
        return k >= size() ? size() : index.nextPresent(k);
    }

    /** Whether an item was in a part of the file that is gone; only after {@link #recover}. */
    public boolean lost(int k) {
        return nextPresent(k) != k;
    }

    /**
     * Copies the file of a model out of the archive.
     *
     * @param model one of {@link #embeddedModels()}
     * @throws DamagedException if it does not match its checksum; the copy is then useless
     */
    public void copyEmbeddedModel(EmbeddedModel model, OutputStream out) throws IOException {
        model.copy(file, out);
    }

    /**
     * An item that is no record: its checked stream, its values if it is stored without a model, or its bytes if it is kept whole. Damage within a stream shows when it is decoded;
     * see {@link #damage}.
     *
     * @throws DamagedException if something else stands in the place of its frame, its bytes cannot be those of an item, or it is
     *     stored without a model and does not match its checksum
     */
    public ArchivedItem item(int k) throws IOException {
        return bytes.item(k);
    }

    /**
     * Where a record is.
     *
     * @throws DamagedException if the frame that it was in is lost
     */
    public RecordPlace place(int k) throws IOException {
        return bytes.place(k);
    }

    /**
     * The group that a record is in, unless it is learnt.
     *
     * @throws DamagedException if something else stands in the place of its frame, its bytes cannot be those of a group, or it is
     *     stored without a model and does not match its checksum
     */
    public RecordGroup group(int k) throws IOException {
        return bytes.group(k);
    }

    /** All records of the frame that record k is in. */
    public FrameRecords records(int k) throws IOException {
        return frame(k).records();
    }

    /** The number of the first item in the frame of item k. */
    public int firstOfFrame(int k) throws IOException {
        return frame(k).firstItem();
    }

    /**
     * The number of values of an item; 0 of one that is kept whole, whose values are known to the format of its data, and of a
     * record, whose values are known to its model. Little of it is read, so its check is not looked at.
     *
     * @throws DamagedException if its bytes cannot be those of an item
     */
    public int length(int k) throws IOException {
        return bytes.size(k).length();
    }

    /** The height, width and number of layers of an image of any size, else nothing; errors as those of {@link #length}. */
    public int[] shape(int k) throws IOException {
        return bytes.size(k).shape();
    }

    /** The bytes of an item, or of the group of a record, as they stand in the file, whether they are whole or not. */
    public byte[] bytes(int k) throws IOException {
        return bytes.raw(k);
    }

    /** The damage that decoding item k's stream found, with file, item and place in the file. */
    public DamagedException damage(int k, DamagedException found) throws IOException {
        return bytes.damage(k, found);
    }

    /** Whether the frame that item k is in does not match its checksums. The damage may be outside the item. */
    public boolean blockDamaged(int k) throws IOException {
        return bytes.frameDamaged(k);
    }

    /**
     * Reads all frames of items and compares their checksums. Needs no model.
     *
     * @param damaged receives the items in a damaged frame, in order, and those that are lost. Frames have about
     *     {@value ArchiveFormat#FRAME_BYTES} bytes, so of many short items in one frame most can still be decoded; those
     *     stored without a model are named only if their own checksum fails.
     * @return how many these are; 0 if all is well
     */
    public int verify(IntConsumer damaged) throws IOException {
        int count = 0;
        for (int k = 0; k < size(); k++) {
            // A damaged number in a head can claim any number of lost items.
            for (int present = nextPresent(k); k < present; k++) {
                damaged.accept(k);
                count++;
            }
            if (k < size() && !bytes.vouchedFor(k)) {
                damaged.accept(k);
                count++;
            }
        }
        return count;
    }

    /** The same as a list, for archives with little damage. */
    public List<Integer> verify() throws IOException {
        List<Integer> items = new ArrayList<>();
        verify(items::add);
        return items;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
