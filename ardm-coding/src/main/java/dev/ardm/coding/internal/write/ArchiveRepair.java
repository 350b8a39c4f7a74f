package dev.ardm.coding.internal.write;

import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.EmbeddedModel;
import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.coding.internal.read.ArchiveReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a whole archive from what can be read of a damaged one, without its model: the bytes of the items are copied as they are.
 * Items that cannot be whole are left out, so that those after them get other numbers.
 */
public final class ArchiveRepair {
    private final ArchiveReader reader;
    private final AtomicFile file;
    private final Listener listener;
    private final Set<String> embedded = new HashSet<>();
    private @Nullable PartWriter part;
    private int partTag;
    private int copied;
    private int doubtful;
    private int lostModels;

    private ArchiveRepair(ArchiveReader reader, AtomicFile file, Listener listener) {
        this.reader = reader;
        this.file = file;
        this.listener = listener;
    }

    /** Hears of items that are not known to be whole. */
    public interface Listener {
        /** An item is copied, but what it is in does not match its checksum, so that only decoding it can show. */
        void doubtful(int item) throws IOException;

        /** An item cannot be whole, and is left out. */
        void leftOut(DamagedException why) throws IOException;
    }

    /**
     * The result of a repair.
     *
     * @param copied items in the new archive
     * @param doubtful those of them that may be damaged
     * @param lostModels embedded models that were damaged and left out
     */
    public record Report(int copied, int doubtful, int lostModels) {}

    /**
     * Writes an archive.
     *
     * @param from an archive, most often opened by {@link ArchiveReader#recover}
     * @param target where it appears, complete and read back
     * @param overwrite whether an existing file may be replaced
     * @throws IOException if the archive cannot be read or the target not written; nothing remains
     */
    public static Report write(ArchiveReader from, Path target, boolean overwrite, Listener listener)
            throws IOException {
        try (AtomicFile file = AtomicFile.create(target, overwrite)) {
            ArchiveRepair repair = new ArchiveRepair(from, file, listener);
            try {
                repair.copy();
            } finally {
                repair.closePart();
            }
            return new Report(repair.copied, repair.doubtful, repair.lostModels);
        }
    }

    private void copy() throws IOException {
        for (int k = reader.nextPresent(0); k < reader.size(); k = reader.nextPresent(k + 1)) {
            byte[] bytes;
            try {
                bytes = whole(k);
            } catch (DamagedException e) {
                listener.leftOut(e);
                continue;
            }
            part(reader.header(k)).segment().add(bytes, reader.entry(k).form(), reader.label(k));
            copied++;
            if (reader.blockDamaged(k)) {
                doubtful++;
                listener.doubtful(k);
            }
        }
        if (part == null) {
            part(reader.header());
        }
        endPart();
        file.commit(this::readBack);
    }

    /** The bytes of an item, unless it is plain without the model that they are not. */
    private byte[] whole(int k) throws IOException {
        byte[] bytes = reader.bytes(k);
        byte[] stream = reader.item(k).stream();
        if (stream != null) {
            requireStream(k, stream);
        }
        return bytes;
    }

    private void requireStream(int k, byte[] stream) throws IOException {
        try {
            CheckedStream.open(stream, 0, stream.length);
        } catch (DamagedException e) {
            throw reader.damage(k, e);
        }
    }

    private PartWriter part(ArchiveHeader header) throws IOException {
        PartWriter current = part;
        int tag = header.tag();
        if (current != null && tag == partTag) {
            return current;
        }
        endPart();
        OutputStream out = file.stream();
        PartWriter next = new PartWriter(file.target(), out, header);
        part = next;
        partTag = tag;
        embedModel(next, HexFormat.of().formatHex(header.modelId()));
        return next;
    }

    /** Once is enough for all parts that need it. */
    private void embedModel(PartWriter to, String id) throws IOException {
        Optional<EmbeddedModel> model = reader.embeddedModels().stream()
                .filter(each -> each.modelId().equals(id))
                .findFirst();
        if (model.isEmpty() || !embedded.add(id)) {
            return;
        }
        try {
            reader.copyEmbeddedModel(model.get(), OutputStream.nullOutputStream());
        } catch (DamagedException e) {
            lostModels++;
            return;
        }
        to.segment()
                .addModel(
                        model.get().length(),
                        model.get().checksum(),
                        out -> reader.copyEmbeddedModel(model.get(), out));
    }

    private void endPart() throws IOException {
        if (part != null) {
            part.end();
        }
    }

    private void closePart() throws IOException {
        if (part != null) {
            part.close();
        }
    }

    private void readBack(Path temporary) throws IOException {
        try (ArchiveReader written = ArchiveReader.open(temporary, file.target().toString())) {
            if (written.size() != copied || written.verify(k -> {}) > 0) {
                throw new IOException(file.target() + ": reads back differently than it was written");
            }
        }
    }
}
