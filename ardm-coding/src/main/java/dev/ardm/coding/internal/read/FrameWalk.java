package dev.ardm.coding.internal.read;

import dev.ardm.coding.error.ArchiveException;
import dev.ardm.coding.format.ArchiveFormat;
import dev.ardm.coding.format.FrameHead;
import dev.ardm.coding.format.FrameItems;
import dev.ardm.coding.format.SegmentTable;
import dev.ardm.coding.internal.bytes.ByteSink;
import dev.ardm.coding.internal.file.PositionalFile;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Goes through the entries of one table, front to back. */
final class FrameWalk {
    private static final int LONGEST_GAP = 8;
    private static final int LONGEST_SHORT = 24; // Before the fields of a short head.

    private final PositionalFile file;
    private final WindowCursor cursor;
    private final @Nullable Integer shortTag;
    private long headAt;
    private long at;
    private long before;
    private FrameHead head;

    /**
     * Starts before an entry.
     *
     * @param entryAt where it is
     * @param before where the frame before ends
     * @param window how many bytes to read at a time
     */
    FrameWalk(PositionalFile file, SegmentTable table, long entryAt, long before, int window) {
        this.file = file;
        this.cursor = new WindowCursor(file, "table", entryAt, table.entriesEnd(), window);
        this.shortTag = table.shortTag();
        this.before = before;
        this.head = new FrameHead(new byte[0], 0, 0, 0, 0);
    }

    /** Where the next entry is. */
    long entryAt() {
        return cursor.position();
    }

    /** Where the frame that was read last ends. */
    long before() {
        return before;
    }

    boolean hasNext() {
        return cursor.rest() > 0;
    }

    /** Reads the next entry, and checks it. */
    FrameHead next() throws IOException {
        cursor.prepare(LONGEST_GAP + FrameHead.LENGTH_AT + 4);
        long gap = cursor.varint("gap before a frame", 0L, file.size());
        headAt = cursor.position();
        byte[] bytes = shortTag == null ? fullHead() : shortHead(shortTag);
        head = FrameHead.parse(file.name(), headAt, bytes);
        at = before + gap;
        if (head.payloadLength() > file.size() - bytes.length - at) {
            throw cursor.damaged("a frame reaches beyond the end");
        }
        before = at + bytes.length + head.payloadLength();
        return head;
    }

    private byte[] shortHead(int tag) throws IOException {
        cursor.prepare(LONGEST_SHORT);
        int type = (int) cursor.number(1);
        long payload = cursor.varint("length of a payload", 0L, file.size());
        long sum = cursor.number(4);
        int length = cursor.varint("length of the fields of a head", 0, (int)
                Math.min(cursor.rest(), ArchiveFormat.MAX_FRAME_HEAD_BYTES - FrameHead.LEAST_BYTES));
        cursor.prepare(length);
        return FrameHead.encode(type, tag, payload, sum, cursor.bytes(length));
    }

    private byte[] fullHead() throws IOException {
        cursor.prepare(FrameHead.LENGTH_AT + 4);
        byte[] sync = cursor.bytes(FrameHead.LENGTH_AT);
        if (!Arrays.equals(sync, FrameHead.sync())) {
            throw cursor.damaged("no head of a frame is there");
        }
        int length = FrameHead.length(cursor);
        if (length > cursor.rest() + FrameHead.LENGTH_AT + 4) {
            throw cursor.damaged("the head of a frame is incomplete");
        }
        byte[] start = new ByteSink().bytes(FrameHead.sync()).number(length, 4).toByteArray();
        byte[] bytes = Arrays.copyOf(start, length);
        cursor.prepare(length - start.length);
        cursor.copy(length - start.length, bytes, start.length);
        return bytes;
    }

    /** The bytes of the last head that was read; null if they stand in the table as they are. */
    byte @Nullable [] madeHead() {
        return shortTag == null ? null : head.bytes();
    }

    /** Where the frame that was read last begins. */
    long at() {
        return at;
    }

    /** The items of the last frame that was read. */
    FrameItems items() throws ArchiveException {
        return FrameItems.parse(file.name(), headAt, head);
    }
}
