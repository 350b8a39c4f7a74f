package dev.ardm.cli;

import dev.ardm.cli.Failures.UserError;
import dev.ardm.coding.ArchiveReader;
import dev.ardm.core.archive.ArchiveItems;
import dev.ardm.core.archive.DecodedItem;
import dev.ardm.core.model.LikelihoodModel;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;

/** An archive with its model, open for decoding. */
final class ArchiveDecoder implements Closeable {
    private final Path file;
    private final ArchiveReader reader;
    private final ArchiveItems items;

    private ArchiveDecoder(Path file, ArchiveReader reader, ArchiveItems items) {
        this.file = file;
        this.reader = reader;
        this.items = items;
    }

    /** Hears the items that can be read, in order. */
    interface Sink {
        /** @param extra what the item has beside its values: nothing, unless it is a document */
        void accept(int item, int[] values, byte[] extra) throws IOException;
    }

    /**
     * Opens an archive.
     *
     * @throws dev.ardm.coding.ArchiveException if it is none, needs a newer program or another model, or is damaged
     */
    static ArchiveDecoder open(Path file, LikelihoodModel model, byte[] modelId) throws IOException {
        ArchiveReader reader = ArchiveReader.open(file);
        try {
            ArchiveItems items = ArchiveItems.of(file, reader, model, modelId);
            if (!reader.uniform()) {
                throw new UserError(file + ": holds archives of different models or plans, one behind the other");
            }
            return new ArchiveDecoder(file, reader, items);
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    ArchiveReader reader() {
        return reader;
    }

    /** The name of an item: the one it was stored with, or its number. */
    String name(int item) throws IOException {
        return reader.name(item).orElseGet(() -> FolderNames.numbered(item, reader.size()));
    }

    /**
     * Decodes and checks items, a part of them at a time.
     *
     * @param from the first item
     * @param to where to stop, before this item
     * @param progress hears how many windows are done, of {@link #work}
     */
    ArchiveFindings decode(int from, int to, Sink sink, IntConsumer progress) throws IOException {
        ArchiveFindings findings = new ArchiveFindings(file, to - from);
        long done = 0;
        int first = from;
        while (first < to) {
            int end = items.chunkEnd(first, to);
            long before = done;
            List<DecodedItem> decoded = items.decode(first, end, n -> progress.accept(bounded(before + n)));
            for (int k = first; k < end; k++) {
                DecodedItem item = decoded.get(k - first);
                int[] values = item.values();
                if (values == null) {
                    findings.addDamaged(Objects.requireNonNull(item.damage()));
                    continue;
                }
                if (!reader.entry(k).stored() && reader.blockDamaged(k)) {
                    findings.addDoubtful(k); // Its few check bits alone do not vouch for it.
                }
                sink.accept(k, values, item.extra());
            }
            done += work(first, end);
            first = end;
            progress.accept(bounded(done));
        }
        return findings;
    }

    private static int bounded(long work) {
        return (int) Math.min(work, Integer.MAX_VALUE);
    }

    /** What decoding items takes, in the units that its progress is heard in: windows. */
    long work(int from, int to) throws IOException {
        long work = 0;
        for (int k = from; k < to; k++) {
            work += items.work(k);
        }
        return work;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
