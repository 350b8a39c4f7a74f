package dev.ardm.core.archive;

import dev.ardm.coding.ArchiveReader;
import java.io.IOException;
import java.util.List;
import java.util.function.IntConsumer;

/** Decodes all items of an archive and sorts them by what can be said of them. For one thread. */
final class IntegrityCheck {
    private final ArchiveReader reader;
    private final Chunks chunks;
    private final ItemRanges.Builder whole = new ItemRanges.Builder();
    private final ItemRanges.Builder doubtful = new ItemRanges.Builder();
    private final ItemRanges.Builder damaged = new ItemRanges.Builder();
    private final ItemRanges.Builder lost = new ItemRanges.Builder();

    /** Decodes as many items from one on as may be in memory at a time, at least one. */
    interface Chunks {
        List<DecodedItem> from(int number) throws IOException;
    }

    IntegrityCheck(ArchiveReader reader, Chunks chunks) {
        this.reader = reader;
        this.chunks = chunks;
    }

    /**
     * Looks at all items.
     *
     * @param progress hears how many of them have been looked at
     */
    IntegrityReport run(IntConsumer progress) throws IOException {
        int next = 0;
        while (next < reader.size()) {
            int present = reader.nextPresent(next);
            if (present > next) { // What is lost may be claimed to be billions of items.
                lost.add(next, present);
                next = present;
            } else {
                for (DecodedItem item : chunks.from(next)) {
                    add(next++, item);
                }
            }
            progress.accept(next);
        }
        return new IntegrityReport(
                whole.build(), doubtful.build(), damaged.build(), lost.build(), reader.damageReport());
    }

    private void add(int number, DecodedItem item) throws IOException {
        if (reader.lost(number)) {
            lost.add(number);
        } else if (item.values() == null) {
            damaged.add(number);
        } else if (!reader.entry(number).stored() && reader.blockDamaged(number)) {
            doubtful.add(number);
        } else {
            whole.add(number);
        }
    }
}
