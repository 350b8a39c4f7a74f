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
            return new ArchiveDecoder(file, model, reader, ArchivePlan.of(file, header, model.process()));
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
     * @param progress hears how many items are done
     */
    ArchiveFindings decode(int from, int to, Sink sink, IntConsumer progress) throws IOException {
        ArchiveFindings findings = new ArchiveFindings(file, to - from);
        for (int first = from; first < to; first += ArchiveEncoder.CHUNK) {
            int end = Math.min(to, first + ArchiveEncoder.CHUNK);
            int done = first - from;
            List<byte[]> streams = new ArrayList<>();
            for (int k = first; k < end; k++) {
                if (!reader.entry(k).stored()) {
                    streams.add(reader.stream(k));
                }
            }
            var decoded =
                    model.decode(streams, plan, n -> progress.accept(done + n)).iterator();
            for (int k = first; k < end; k++) {
                boolean stored = reader.entry(k).stored();
                int[] values;
                try {
                    values = stored ? reader.stored(k) : require(k, decoded.next());
                } catch (DamagedException e) {
                    findings.addDamaged(e);
                    continue;
                }
                if (!stored && reader.blockDamaged(k)) {
                    findings.addDoubtful(k); // Its few check bits alone do not vouch for it.
                }
                sink.accept(k, values);
            }
            progress.accept(end - from);
        }
        return findings;
    }

    private int[] require(int item, Optional<int[]> decoded) throws IOException {
        if (decoded.isPresent()) {
            return decoded.get();
        }
        throw reader.damage(
                item,
                new DamagedException(
                        DamagedException.STREAM, -1, 0, "it does not decode to an item that matches its check", ""));
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
