package dev.ardm.coding.internal.write;

import dev.ardm.coding.format.ArchiveFormat;
import dev.ardm.coding.format.FrameHead;
import dev.ardm.coding.format.FrameRecords;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.internal.bytes.ByteSink;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A frame of records.
 *
 * @param records where they are
 * @param labels of each record; all have times or none
 * @param groups the bytes of each group
 */
public record RecordFrame(FrameRecords records, List<ItemLabel> labels, List<byte[]> groups) {
    /** Checks the numbers. */
    public RecordFrame {
        if (labels.size() != records.count() || groups.size() != records.groups()) {
            throw new IllegalArgumentException(records.count() + " records in " + records.groups() + " groups with "
                    + labels.size() + " labels and " + groups.size() + " groups");
        }
        if (labels.isEmpty() || labels.size() > ArchiveFormat.MAX_FRAME_ITEMS) {
            throw new IllegalArgumentException("a frame of " + labels.size() + " records");
        }
    }

    /** The length of all groups, in bytes. */
    long length() {
        return groups.stream().mapToLong(group -> group.length).sum();
    }

    /**
     * The head.
     *
     * @param first the number of the first record, counted from the beginning of the part
     */
    byte[] head(int tag, int first) {
        CRC32C sum = new CRC32C();
        groups.forEach(group -> sum.update(group, 0, group.length));
        int labelFlags = FrameBuilder.labelFlags(labels);
        ByteSink rest = new ByteSink().varint(first).varint(labels.size()).number(labelFlags | records.flags(), 1);
        records.write(rest);
        FrameBuilder.putLabels(rest, labels, labelFlags);
        return FrameHead.encode(FrameHead.RECORDS, tag, length(), sum.getValue(), rest.toByteArray());
    }
}
