package dev.ardm.coding.internal.read;

import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.FrameHead;
import dev.ardm.coding.format.FrameItems;
import dev.ardm.coding.format.FrameRecords;
import dev.ardm.coding.format.SegmentTable;
import dev.ardm.coding.internal.file.PositionalFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A frame of items whose head is known, from its copy or from where it stands. Immutable except for cached results. */
final class Frame {
    private final ArchiveHeader header;
    private final int firstItem;
    private final long at;
    private final FrameHead head;
    private final FrameItems items;
    private final @Nullable FramePlace next;
    private volatile @Nullable Boolean headIntact;
    private volatile @Nullable Boolean payloadIntact;

    /**
     * A frame.
     *
     * @param header the header of its items
     * @param firstItem number of its first item in the archive
     * @param at where it begins in the file, or should
     * @param next the place after it in the tables, where these are used
     */
    Frame(ArchiveHeader header, int firstItem, long at, FrameHead head, FrameItems items, @Nullable FramePlace next) {
        this.header = header;
        this.firstItem = firstItem;
        this.at = at;
        this.head = head;
        this.items = items;
        this.next = next;
    }

    ArchiveHeader header() {
        return header;
    }

    int firstItem() {
        return firstItem;
    }

    FrameItems items() {
        return items;
    }

    @Nullable
    FramePlace next() {
        return next;
    }

    boolean holds(int item) {
        return item >= firstItem && item - firstItem < items.count();
    }

    ArchiveReader.Entry entry(int item) {
        int i = item - firstItem;
        return new ArchiveReader.Entry(payloadAt() + items.start(i), items.length(i), items.form(i));
    }

    /** Where the records are. */
    FrameRecords records() {
        return Objects.requireNonNull(items.records());
    }

    /** The entry of a record in this frame. */
    int entryOf(int item) {
        return records().entry(item - firstItem);
    }

    private long payloadAt() {
        return at + head.bytes().length;
    }

    /** Whether the head stands where it should. */
    boolean headIntact(PositionalFile file) throws IOException {
        Boolean known = headIntact;
        if (known == null) {
            int length = head.bytes().length;
            known = at <= file.size() - length && Arrays.equals(file.read(at, length), head.bytes());
            headIntact = known;
        }
        return known;
    }

    /** Whether the payload matches its checksum. */
    boolean payloadIntact(PositionalFile file) throws IOException {
        Boolean known = payloadIntact;
        if (known == null) {
            known = head.payloadLength() <= file.size() - payloadAt()
                    && (int) SegmentTable.checksum(file, payloadAt(), payloadAt() + head.payloadLength())
                            == head.payloadSum();
            payloadIntact = known;
        }
        return known;
    }

    /** Whether this is the frame that is meant: what has neither its head nor its payload is something else. */
    boolean inPlace(PositionalFile file) throws IOException {
        return headIntact(file) || payloadIntact(file);
    }
}
