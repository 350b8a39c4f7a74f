package dev.ardm.coding.internal.write;

import dev.ardm.coding.format.ArchiveFormat;
import dev.ardm.coding.format.FrameRecords;
import dev.ardm.coding.format.FrameRecordsBuilder;
import dev.ardm.coding.format.ItemLabel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/**
 * Joins what is wanted of frames of records to new frames, without their model. A group stays as it is while one of its records
 * is wanted; the others are dropped in it, so their bytes go only with the last one.
 */
final class RecordCopy {
    private static final int MOST_ENTRIES = 1 << 13;
    private static final int MOST_SKIPPED = 64;

    private final SegmentWriter to;
    private final List<ItemLabel> labels = new ArrayList<>();
    private final List<byte[]> groups = new ArrayList<>();
    private FrameRecordsBuilder frame = new FrameRecordsBuilder();
    private long bytes;

    RecordCopy(SegmentWriter to) {
        this.to = to;
    }

    /**
     * A group as it is copied.
     *
     * @param size number of its entries
     * @param only whether these are the wanted ones; otherwise others are there and dropped
     */
    @SuppressWarnings("ArrayRecordComponent") // A carrier, never compared.
    record Copied(byte[] bytes, int size, boolean stored, boolean side, boolean only) {}

    /**
     * Adds records of a frame.
     *
     * @param wanted the labels of the records that stay, by their number in the frame
     * @param contents the groups that they are in, by the number of the group
     */
    void add(FrameRecords from, NavigableMap<Integer, ItemLabel> wanted, Map<Integer, Copied> contents)
            throws IOException {
        if (wanted.isEmpty()) {
            return;
        }
        if (!joins(from, wanted)) {
            end();
        }
        int group = -1;
        int record = 0;
        for (int e = 0; e < from.entries(); e++) {
            ItemLabel label = from.dropped(e) ? null : wanted.get(record++);
            int learnt = from.learnt(e);
            if (learnt >= 0) {
                if (label != null) {
                    frame.learnt(learnt);
                }
            } else {
                int next = from.group(e);
                Copied content = contents.get(next);
                if (content == null) {
                    continue;
                }
                if (next != group) {
                    group = next;
                    frame.group(content.size, content.bytes.length, content.stored, content.side, from.most());
                    groups.add(content.bytes);
                    bytes += content.bytes.length;
                }
                if (label != null || !content.only) {
                    frame.grouped(label != null);
                }
            }
            if (label != null) {
                labels.add(label);
            }
        }
    }

    private boolean joins(FrameRecords from, NavigableMap<Integer, ItemLabel> wanted) {
        if (labels.isEmpty()) {
            return true;
        }
        if (bytes >= ArchiveFormat.FRAME_BYTES
                || frame.entries() + from.entries() > MOST_ENTRIES
                || labels.get(0).time().isPresent()
                        != wanted.firstEntry().getValue().time().isPresent()) {
            return false;
        }
        for (int i : wanted.keySet()) {
            int learnt = from.learnt(from.entry(i));
            if (learnt >= 0) {
                return !frame.anyLearnt() || learnt >= frame.cursor() - 1 && learnt <= frame.cursor() + MOST_SKIPPED;
            }
        }
        return true;
    }

    /** Writes what waits. */
    void end() throws IOException {
        if (!labels.isEmpty()) {
            to.add(new RecordFrame(frame.build(), List.copyOf(labels), List.copyOf(groups)));
        }
        labels.clear();
        groups.clear();
        frame = new FrameRecordsBuilder();
        bytes = 0;
    }
}
