package dev.ardm.coding.internal.read;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.FrameRecords;
import dev.ardm.coding.format.ItemForm;
import dev.ardm.coding.format.ItemPacking;
import dev.ardm.coding.format.RecordGroup;
import dev.ardm.coding.internal.file.PositionalFile;
import java.io.IOException;
import java.util.Objects;

/** Reads the bytes of an item from the frames of an archive. Errors name file, item and place. Thread-safe. */
final class ItemBytes {
    private final PositionalFile file;
    private final ArchiveIndex index;

    ItemBytes(PositionalFile file, ArchiveIndex index) {
        this.file = file;
        this.index = index;
    }

    /** The frame that holds item k. */
    Frame frame(int k) throws IOException {
        return index.frame(Objects.checkIndex(k, index.size()));
    }

    /** See {@link ArchiveReader#item}. */
    ArchivedItem item(int k) throws IOException {
        Frame frame = frame(k);
        if (frame.header().layout().records()) {
            throw new IllegalStateException("records are read with their group");
        }
        ItemPacking packing = frame.header().packing();
        ArchiveReader.Entry entry = frame.entry(k);
        byte[] bytes = read(frame, k, entry.offset(), entry.length());
        try {
            return packing.read(bytes, entry.form());
        } catch (DamagedException e) {
            throw damage(k, e);
        }
    }

    /** See {@link ArchiveReader#place}. */
    RecordPlace place(int k) throws IOException {
        Frame frame = frame(k);
        FrameRecords records = frame.records();
        int entry = frame.entryOf(k);
        int learnt = records.learnt(entry);
        return learnt >= 0
                ? new RecordPlace(learnt, -1, 0)
                : new RecordPlace(-1, frame.entry(k).offset(), records.slot(entry));
    }

    /** See {@link ArchiveReader#group}. */
    RecordGroup group(int k) throws IOException {
        Frame frame = frame(k);
        FrameRecords records = frame.records();
        ArchiveReader.Entry entry = frame.entry(k);
        byte[] bytes = read(frame, k, entry.offset(), entry.length());
        try {
            RecordGroup group = records.group(
                    records.group(frame.entryOf(k)), bytes, frame.header().categories()[0]);
            requireLengths(group, frame.header());
            return group;
        } catch (DamagedException e) {
            throw damage(k, e);
        }
    }

    /** Records without side information have the values of the space. Those that are coded have what the model says. */
    private static void requireLengths(RecordGroup group, ArchiveHeader header) throws DamagedException {
        if (!header.layout().hasSide()) {
            if (group.hasSide()) {
                throw DamagedException.inStream(0, "records of this archive have no side information");
            }
            for (int[] record : group.values() == null ? new int[0][] : group.values()) {
                if (record.length != header.values()) {
                    throw DamagedException.inStream(
                            0, "a record of " + record.length + " values where each has " + header.values());
                }
            }
        }
    }

    /** The shape and number of values of an item. Reads only its first bytes. */
    ItemPacking.Size size(int k) throws IOException {
        Frame frame = frame(k);
        if (frame.entry(k).form() == ItemForm.WHOLE || frame.header().layout().records()) {
            return ItemPacking.Size.NONE;
        }
        ItemPacking packing = frame.header().packing();
        ItemPacking.Size fixed = packing.fixedSize();
        if (fixed != null) {
            return fixed;
        }
        ArchiveReader.Entry entry = frame.entry(k);
        try {
            int first = Math.min(entry.length(), ItemPacking.NUMBER_BYTES);
            int at = packing.sizeAt(read(frame, k, entry.offset(), first), entry.length());
            int most = ItemPacking.NUMBER_BYTES * ItemPacking.SHAPE_NUMBERS;
            int number = Math.max(0, Math.min(entry.length() - at, most));
            return packing.size(read(frame, k, entry.offset() + at, number));
        } catch (DamagedException e) {
            throw e.item() == k ? e : damage(k, e);
        }
    }

    /** The bytes of an item as they stand in the file, whether they are whole or not. */
    byte[] raw(int k) throws IOException {
        Frame frame = frame(k);
        ArchiveReader.Entry entry = frame.entry(k);
        return read(frame, k, entry.offset(), entry.length());
    }

    private byte[] read(Frame frame, int k, long offset, int length) throws IOException {
        if (!frame.inPlace(file)) {
            throw new DamagedException(
                    file.name(),
                    k,
                    offset,
                    "something else stands in the place of its frame",
                    ArchiveOpening.RECOVERABLE);
        }
        if (length > file.size() - offset) {
            throw new DamagedException(file.name(), k, offset, "truncated: incomplete", others());
        }
        return file.read(offset, length);
    }

    /** See {@link ArchiveReader#damage}. */
    DamagedException damage(int k, DamagedException found) throws IOException {
        Frame frame = frame(k);
        return found.in(
                file.name(),
                k,
                frame.entry(k).offset(),
                frame.items().records() == null ? others() : group(frame, frame.entryOf(k)));
    }

    private static String group(Frame frame, int entry) {
        FrameRecords records = frame.records();
        int size = records.learnt(entry) >= 0 ? 1 : records.size(records.group(entry));
        return size == 1
                ? "no other item is affected"
                : "the group of " + size + " items that it is in cannot be read; no other item is affected";
    }

    private String others() {
        int others = index.size() - 1;
        return others == 0
                ? ""
                : others == 1 ? "the other item is not affected" : "the other " + others + " items are not affected";
    }

    /** See {@link ArchiveReader#blockDamaged}. */
    boolean frameDamaged(int k) throws IOException {
        Frame frame = frame(k);
        return !frame.headIntact(file) || !frame.payloadIntact(file);
    }

    /** Whether an item matches the checksum of its frame, or its own if it is stored without a model. */
    boolean vouchedFor(int k) throws IOException {
        try {
            if (!frameDamaged(k)) {
                return true;
            }
            Frame frame = frame(k);
            ItemForm form = frame.entry(k).form();
            if (form == ItemForm.CODED) {
                return false;
            }
            if (form == ItemForm.LEARNT) {
                return true; // All that there is of it was in a head that matches its checksum.
            }
            if (frame.items().records() != null) {
                group(k);
            } else {
                item(k);
            }
            return true;
        } catch (DamagedException e) {
            return false;
        }
    }
}
