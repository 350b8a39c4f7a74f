package dev.ardm.core.archive;

import dev.ardm.coding.error.WrongModelException;
import dev.ardm.coding.internal.read.ArchiveReader;
import java.io.IOException;
import java.util.List;
import java.util.function.IntConsumer;

/** Reads items of an archive in order, as many at a time as may be in memory, and sorts them by their state. For one thread. */
final class ItemReading {
    private static final String LOST = "lost: the part of the file that they were in is gone";

    private final ArchiveReader reader;
    private final PartDecoders parts;
    private final Decoding decoding;
    private final ItemArchive.Sink sink;
    private final IntegrityReport.Builder report = new IntegrityReport.Builder();
    private long done;

    /** Decodes a chunk of items, which may be in memory together. */
    interface Decoding {
        List<DecodedItem> decode(int from, int to, IntConsumer progress) throws IOException;
    }

    ItemReading(ArchiveReader reader, PartDecoders parts, Decoding decoding, ItemArchive.Sink sink) {
        this.reader = reader;
        this.parts = parts;
        this.decoding = decoding;
        this.sink = sink;
    }

    /**
     * Reads items.
     *
     * @param progress receives how much of the work is done
     */
    IntegrityReport read(ItemRanges items, IntConsumer progress) throws IOException {
        for (ItemRanges.Range range : items.ranges()) {
            int next = range.from();
            while (next < range.to()) {
                int present = Math.min(range.to(), reader.nextPresent(next));
                if (present > next) { // A damaged file may claim billions of lost items.
                    report.lost(next, present, LOST);
                    next = present;
                } else {
                    next = chunk(next, range.to(), progress);
                }
                progress.accept(bounded(done));
            }
        }
        return report.build(reader.damageReport());
    }

    private int chunk(int from, int to, IntConsumer progress) throws IOException {
        int end;
        try {
            end = parts.chunkEnd(from, to);
        } catch (WrongModelException e) {
            report.refused(from, e.reason());
            done++;
            return from + 1;
        }
        long before = done;
        List<DecodedItem> decoded = decoding.decode(from, end, n -> progress.accept(bounded(before + n)));
        for (int k = from; k < end; k++) {
            add(k, decoded.get(k - from));
            done += parts.work(k);
        }
        return end;
    }

    private void add(int number, DecodedItem item) throws IOException {
        if (reader.lost(number)) {
            report.lost(number, number + 1, LOST);
        } else if (item.damage() != null) {
            report.damaged(number, item.damage());
        } else {
            // The few check bits of a stream do not suffice if its part of the file has changed.
            if (!reader.entry(number).stored() && reader.blockDamaged(number)) {
                report.doubtful(number);
            } else {
                report.whole(number);
            }
            sink.accept(number, item);
        }
    }

    private static int bounded(long work) {
        return (int) Math.min(work, Integer.MAX_VALUE);
    }
}
