package dev.ardm.cli;

import dev.ardm.coding.ArchiveHeader;
import dev.ardm.coding.ArchiveReader;
import dev.ardm.core.archive.ArchiveItems;
import dev.ardm.core.archive.DecodedItem;
import dev.ardm.core.model.LikelihoodModel;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** An archive with its model, or those of its parts, open for decoding. */
final class ArchiveDecoder implements Closeable {
    private static final String LOST = "lost: the part of the file that they were in is gone";

    private final Path file;
    private final ArchiveInput input;
    private final ArchiveReader reader;
    private final PartModels models;
    private final Map<String, Part> parts = new HashMap<>();
    private @Nullable ArchiveHeader lastHeader;
    private @Nullable Part lastPart;

    /**
     * What decodes the parts of one model.
     *
     * @param items null if nothing does
     * @param why there is nothing
     */
    private record Part(@Nullable ArchiveItems items, String why) {}

    private ArchiveDecoder(Path file, ArchiveInput input, PartModels models) {
        this.file = file;
        this.input = input;
        this.reader = input.reader();
        this.models = models;
    }

    /** Hears the items that can be read, in order. */
    interface Sink {
        /** @param decoded not damaged */
        void accept(int item, DecodedItem decoded) throws IOException;
    }

    /**
     * Opens an archive, or what can be recovered of it.
     *
     * @throws dev.ardm.coding.ArchiveException if it is none, needs a newer program or another model, or nothing can be read
     */
    static ArchiveDecoder open(Path file, LikelihoodModel model) throws IOException {
        return open(file, model, reader -> PartModels.NONE);
    }

    /** How models are found for parts that have another. */
    interface Finder {
        PartModels in(ArchiveReader reader);
    }

    /** The same of an archive whose parts may have different models. */
    static ArchiveDecoder open(Path file, LikelihoodModel model, Finder others) throws IOException {
        ArchiveInput input = ArchiveInput.open(file);
        try {
            ArchiveReader reader = input.reader();
            ArchiveDecoder decoder = new ArchiveDecoder(file, input, others.in(reader));
            if (reader.modelIds().size() == 1) {
                decoder.parts.put(
                        HexFormat.of().formatHex(reader.header().modelId()),
                        new Part(ArchiveItems.of(file, reader, model), ""));
            }
            return decoder;
        } catch (IOException | RuntimeException e) {
            input.close();
            throw e;
        }
    }

    ArchiveReader reader() {
        return reader;
    }

    ArchiveInput input() {
        return input;
    }

    /** The name of an item: the one it was stored with, or its number. */
    String name(int item) throws IOException {
        String number = FolderNames.numbered(item, reader.size());
        return reader.lost(item) ? number : reader.name(item).orElse(number);
    }

    private Part part(int item) throws IOException {
        ArchiveHeader header = reader.uniform() ? reader.header() : reader.header(item);
        Part last = lastPart;
        if (last != null && Objects.equals(header, lastHeader)) {
            return last;
        }
        String id = HexFormat.of().formatHex(header.modelId());
        Part part = parts.get(id);
        if (part == null) {
            PartModels.Found found = models.find(header);
            part = found.model() == null
                    ? new Part(null, found.why())
                    : new Part(ArchiveItems.ofPart(file, reader, header, found.model()), found.why());
            parts.put(id, part);
        }
        lastHeader = header;
        lastPart = part;
        return part;
    }

    /** Where the items end that follow one, are not lost, and have the same part; of many only some. */
    private int runEnd(int from, int to) throws IOException {
        if (!input.recovered() && reader.modelIds().size() == 1) {
            return to;
        }
        Part part = part(from);
        int end = from + 1;
        while (end < to && end - from < ArchiveItems.CHUNK && !reader.lost(end) && part(end) == part) {
            end++;
        }
        return end;
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
            int present = Math.min(to, reader.nextPresent(first));
            if (present > first) {
                findings.addLost(first, present, LOST);
                first = present;
                continue;
            }
            int end = runEnd(first, to);
            Part part = part(first);
            ArchiveItems items = part.items;
            if (items == null) {
                findings.addUnreadable(first, end, part.why);
            } else {
                end = items.chunkEnd(first, end);
                long before = done;
                decode(items, first, end, findings, sink, n -> progress.accept(bounded(before + n)));
            }
            done += work(first, end);
            first = end;
            progress.accept(bounded(done));
        }
        return findings;
    }

    private void decode(ArchiveItems items, int from, int to, ArchiveFindings findings, Sink sink, IntConsumer progress)
            throws IOException {
        List<DecodedItem> decoded = items.decode(from, to, progress);
        for (int k = from; k < to; k++) {
            DecodedItem item = decoded.get(k - from);
            if (item.values() == null) {
                findings.addDamaged(Objects.requireNonNull(item.damage()));
                continue;
            }
            if (!reader.entry(k).stored() && reader.blockDamaged(k)) {
                findings.addDoubtful(k); // Its few check bits alone do not vouch for it.
            }
            sink.accept(k, item);
        }
    }

    private static int bounded(long work) {
        return (int) Math.min(work, Integer.MAX_VALUE);
    }

    /** What decoding items takes, in the units that its progress is heard in: windows. */
    long work(int from, int to) throws IOException {
        long work = 0;
        for (int k = reader.nextPresent(from); k < to; k = reader.nextPresent(k + 1)) {
            ArchiveItems items = part(k).items;
            work += items == null ? 1 : items.work(k);
        }
        return work;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
