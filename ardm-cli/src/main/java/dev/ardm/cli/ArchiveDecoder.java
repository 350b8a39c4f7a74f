package dev.ardm.cli;

import dev.ardm.coding.ArchiveReader;
import dev.ardm.coding.DamagedException;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.plan.Plan;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** An archive with its model, open for decoding. */
final class ArchiveDecoder implements Closeable {
    private final Path file;
    private final LikelihoodModel model;
    private final ArchiveReader reader;
    private final Plan plan;

    private ArchiveDecoder(Path file, LikelihoodModel model, ArchiveReader reader, Plan plan) {
        this.file = file;
        this.model = model;
        this.reader = reader;
        this.plan = plan;
    }

    /** Hears the items that can be read, in order. */
    interface Sink {
        void accept(int item, int[] values) throws IOException;
    }

    /**
     * Opens an archive.
     *
     * @throws dev.ardm.coding.ArchiveException if it is none, needs a newer program or another model, or is damaged
     */
    static ArchiveDecoder open(Path file, LikelihoodModel model, byte[] modelId) throws IOException {
        ArchiveReader reader = ArchiveReader.open(file);
        try {
            var header = reader.header();
            header.requireArithmetic(Model.ARITHMETIC_VERSION);
            if (header.arithmeticVersion() < 1) {
                throw ArchivePlan.damaged(file, "arithmetic version " + header.arithmeticVersion());
            }
            header.requireModel(modelId);
            if (!ArchivePlan.space(file, header).equals(model.space())) {
                throw ArchivePlan.damaged(
                        file,
                        "it says items of " + ArchivePlan.space(file, header) + ", its model is of " + model.space());
            }
            return new ArchiveDecoder(file, model, reader, ArchivePlan.of(file, header));
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    ArchiveReader reader() {
        return reader;
    }

    /** The name of an item: the one it was stored with, or its number. */
    String name(int item) {
        return reader.name(item).orElseGet(() -> FolderNames.numbered(item, reader.size()));
    }

    /**
     * Decodes and checks items.
     *
     * @param items increasing
     * @param progress hears how many items are done
     */
    ArchiveFindings decode(List<Integer> items, Sink sink, IntConsumer progress) throws IOException {
        List<DamagedException> damaged = new ArrayList<>();
        for (int from = 0; from < items.size(); from += ArchiveEncoder.CHUNK) {
            int done = from;
            List<Integer> chunk = items.subList(from, Math.min(items.size(), from + ArchiveEncoder.CHUNK));
            List<byte[]> streams = new ArrayList<>();
            for (int item : chunk) {
                if (!reader.entry(item).stored()) {
                    streams.add(reader.stream(item));
                }
            }
            var decoded =
                    model.decode(streams, plan, n -> progress.accept(done + n)).iterator();
            for (int item : chunk) {
                try {
                    sink.accept(
                            item, reader.entry(item).stored() ? reader.stored(item) : require(item, decoded.next()));
                } catch (DamagedException e) {
                    damaged.add(e);
                }
            }
            progress.accept(from + chunk.size());
        }
        return new ArchiveFindings(file, items.size(), List.copyOf(damaged), doubtful(items, damaged));
    }

    private int[] require(int item, Optional<int[]> decoded) throws DamagedException {
        if (decoded.isPresent()) {
            return decoded.get();
        }
        throw reader.damage(
                item,
                new DamagedException(
                        DamagedException.STREAM, -1, 0, "it does not decode to an item that matches its check", ""));
    }

    /** Items that decode, but lie in a part of the file that has changed: their few check bits alone do not vouch for them. */
    private List<Integer> doubtful(List<Integer> items, List<DamagedException> damaged) throws IOException {
        List<Integer> changed = new ArrayList<>();
        if (items.size() == reader.size()) {
            changed.addAll(reader.verify());
        } else {
            for (int item : items) {
                if (!reader.entry(item).stored() && reader.blockDamaged(item)) {
                    changed.add(item);
                }
            }
        }
        damaged.forEach(e -> changed.remove(Integer.valueOf(e.item())));
        return List.copyOf(changed);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
