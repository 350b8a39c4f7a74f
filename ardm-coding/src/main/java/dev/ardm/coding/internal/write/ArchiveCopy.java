package dev.ardm.coding.internal.write;

import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.EmbeddedModel;
import dev.ardm.coding.format.FrameRecords;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.format.RecordGroup;
import dev.ardm.coding.internal.file.AppendLock;
import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.coding.internal.read.ArchiveReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes an archive from what can be read of another one, without its model: the bytes of the items are copied as they are. So a
 * damaged archive becomes a whole one, without the items that cannot be whole; and what many additions have made becomes one segment
 * for each part, also without items that are not wanted. The items after those left out get other numbers.
 */
public final class ArchiveCopy {
    private final ArchiveReader reader;
    private final AtomicFile file;
    private final Listener listener;
    private final IntPredicate wanted;
    private final GroupRewriter rewriter;
    private final Set<String> embedded = new HashSet<>();
    private @Nullable PartWriter part;
    private int partTag;
    private int copied;
    private int doubtful;
    private int lostModels;

    private ArchiveCopy(
            ArchiveReader reader, IntPredicate wanted, GroupRewriter rewriter, AtomicFile file, Listener listener) {
        this.rewriter = rewriter;
        this.reader = reader;
        this.wanted = wanted;
        this.file = file;
        this.listener = listener;
    }

    /** Hears of items that are not known to be whole. */
    public interface Listener {
        /** An item is copied, but what it is in does not match its checksum, so that only decoding it can show. */
        void doubtful(int item) throws IOException;

        /** An item cannot be whole, and is left out. */
        void leftOut(DamagedException why) throws IOException;

        /** The model in the archive is damaged, and is left out. */
        default void lostModel(DamagedException why) throws IOException {}
    }

    /** Stops at the first item that is not known to be whole: it would look whole in the new archive. */
    private static final class Strict implements Listener {
        private final ArchiveReader reader;

        Strict(ArchiveReader reader) {
            this.reader = reader;
        }

        @Override
        public void doubtful(int item) throws IOException {
            leftOut(reader.damage(
                    item,
                    DamagedException.inStream(
                            0, "its part of the file fails its checksum, so the archive is left unchanged")));
        }

        @Override
        public void leftOut(DamagedException why) throws IOException {
            throw why;
        }

        @Override
        public void lostModel(DamagedException why) throws IOException {
            throw why;
        }
    }

    /**
     * The result of a copy.
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
        return write(from, item -> true, GroupRewriter.NONE, OptionalInt.empty(), target, overwrite, listener);
    }

    /**
     * The same. @param mode the permissions that it may have at most, those of an archive that it is a copy of
     */
    public static Report write(ArchiveReader from, OptionalInt mode, Path target, boolean overwrite, Listener listener)
            throws IOException {
        return write(from, item -> true, GroupRewriter.NONE, mode, target, overwrite, listener);
    }

    private static Report write(
            ArchiveReader from,
            IntPredicate wanted,
            GroupRewriter rewriter,
            OptionalInt mode,
            Path target,
            boolean overwrite,
            Listener listener)
            throws IOException {
        try (AtomicFile file = AtomicFile.create(target, overwrite)) {
            mode.ifPresent(file::restrict);
            ArchiveCopy copy = new ArchiveCopy(from, wanted, rewriter, file, listener);
            try {
                copy.copy();
            } finally {
                copy.closePart();
            }
            return new Report(copy.copied, copy.doubtful, copy.lostModels);
        }
    }

    /**
     * Replaces an archive that nothing else appends to by one with a single segment for each part.
     *
     * @param appender that has the archive open; of no use afterwards
     * @param wanted the items that stay
     * @param rewriter makes groups of records without those that do not stay
     * @throws DamagedException if anything is damaged, because it would look whole in the new file
     * @throws IOException if it cannot be written, or another file has taken its name; the archive is then unchanged
     */
    public static void replace(Path archive, ArchiveAppender appender, IntPredicate wanted, GroupRewriter rewriter)
            throws IOException {
        appender.requireSame();
        try (ArchiveReader reader = ArchiveReader.openCommitted(archive)) {
            write(reader, wanted, rewriter, OptionalInt.empty(), archive, true, new Strict(reader));
        }
    }

    /** The same with an archive that is not open, and without its model. */
    public static void replace(Path archive, IntPredicate wanted) throws IOException {
        replace(archive, wanted, GroupRewriter.NONE);
    }

    /** The same with the rewriter of one who has the model. */
    public static void replace(Path archive, IntPredicate wanted, GroupRewriter rewriter) throws IOException {
        try (AppendLock lock = AppendLock.acquire(archive);
                ArchiveAppender appender = ArchiveAppender.open(archive, lock)) {
            replace(archive.toRealPath(), appender, wanted, rewriter);
        }
    }

    private void copy() throws IOException {
        for (int k = reader.nextPresent(0); k < reader.size(); k = reader.nextPresent(k + 1)) {
            if (reader.header(k).layout().records()) {
                k = copyRecords(k);
                continue;
            }
            if (!wanted.test(k)) {
                continue;
            }
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

    /** Copies the wanted records of a frame. Returns the last one in it. */
    private int copyRecords(int k) throws IOException {
        int first = reader.firstOfFrame(k);
        FrameRecords from = reader.records(k);
        NavigableMap<Integer, ItemLabel> labels = new TreeMap<>();
        Map<Integer, RecordCopy.Copied> contents = new HashMap<>();
        Map<Integer, RecordGroup> groups = new HashMap<>();
        Map<Integer, boolean[]> stay = new HashMap<>();
        for (int i = 0; i < from.count(); i++) {
            if (!wanted.test(first + i)) {
                continue;
            }
            int entry = from.entry(i);
            boolean learnt = from.learnt(entry) >= 0;
            try {
                if (!learnt && !contents.containsKey(from.group(entry))) {
                    RecordGroup content = reader.group(first + i);
                    contents.put(from.group(entry), copied(from, from.group(entry), first + i, content));
                    groups.put(from.group(entry), content);
                }
                if (!learnt) {
                    int group = from.group(entry);
                    stay.computeIfAbsent(group, g -> new boolean[from.size(g)])[from.slot(entry)] = true;
                }
            } catch (DamagedException e) {
                listener.leftOut(e);
                continue;
            }
            labels.put(i, reader.label(first + i));
            copied++;
            if (!learnt && reader.blockDamaged(first + i)) {
                doubtful++;
                listener.doubtful(first + i);
            }
        }
        for (Map.Entry<Integer, boolean[]> group : stay.entrySet()) {
            rewrite(reader.header(k), group.getValue(), Objects.requireNonNull(groups.get(group.getKey())))
                    .ifPresent(anew -> contents.put(group.getKey(), anew));
        }
        if (!labels.isEmpty()) {
            part(reader.header(k)).records().add(from, labels, contents);
        }
        return first + from.count() - 1;
    }

    private RecordCopy.Copied copied(FrameRecords from, int group, int k, RecordGroup content) throws IOException {
        if (content.stream() != null) {
            requireStream(k, content.stream());
        }
        return new RecordCopy.Copied(reader.bytes(k), from.size(group), from.stored(group), from.side(group), false);
    }

    /** The group without what does not stay, if that can be made. */
    private Optional<RecordCopy.Copied> rewrite(ArchiveHeader header, boolean[] stays, RecordGroup group)
            throws IOException {
        boolean all = true;
        for (boolean one : stays) {
            all &= one;
        }
        return all
                ? Optional.empty()
                : rewriter.only(header, group, stays)
                        .map(only -> new RecordCopy.Copied(
                                only.pack(header.categories()[0]),
                                only.size(),
                                only.values() != null,
                                only.hasSide(),
                                true));
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
            listener.lostModel(e);
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
