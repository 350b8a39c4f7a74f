package dev.ardm.core.archive;

import dev.ardm.coding.error.ArchiveException;
import dev.ardm.coding.error.WrongModelException;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.coding.internal.read.DamageReport;
import dev.ardm.core.model.LikelihoodModel;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An archive open with its model: every item can be read alone, by its number or by its name. An archive is a sequence of parts,
 * each of which names its model; see {@link PartModels}. Items whose model is not at hand are refused when they are asked for.
 *
 * <p>Any number of threads may use one archive. A single item is decoded on the thread that asks for it; of threads that ask for
 * several items, one at a time has the model's threads, and the others decode theirs alone, so that no more threads run
 * than ask, and the model's. Takes the same memory for any number of items, but 8 bytes for each from the first
 * search for a name on. What others append meanwhile is not seen; open the archive again for that.
 *
 * <p>An interrupt does not disturb other threads. A thread that is interrupted while it decodes several items or a document gets a
 * {@link java.util.concurrent.CancellationException}; the archive can be used as before.
 *
 * <p>A damaged item does not affect the others: what reads it throws a {@link dev.ardm.coding.error.DamagedException} that names it.
 * An archive that cannot be opened since its headers or tables are damaged, or its end is missing, can be {@link #recover}ed.
 */
public final class ItemArchive implements Closeable {
    private final Path file;
    private final ArchiveReader reader;
    private final PartDecoders parts;
    private final ReentrantLock modelThreads = new ReentrantLock();
    private final ReentrantLock building = new ReentrantLock();
    private volatile @Nullable NameIndex names;

    private ItemArchive(Path file, ArchiveReader reader, PartModels models) {
        this.file = file;
        this.reader = reader;
        this.parts = new PartDecoders(file, reader, models);
    }

    /**
     * Opens an archive.
     *
     * @throws dev.ardm.coding.error.NotAnArchiveException if the file is something else
     * @throws dev.ardm.coding.error.NewerVersionException if it needs a newer version of the program
     * @throws dev.ardm.coding.error.WrongModelException if it needs another model
     * @throws dev.ardm.coding.error.DamagedException if it is truncated or corrupt
     * @throws IOException if it cannot be read
     */
    public static ItemArchive open(Path file, LikelihoodModel model) throws IOException {
        return of(file, ArchiveReader.open(file), model);
    }

    /**
     * Opens an archive that grows, as far as it was committed: what an append has not finished is skipped. Errors as above.
     */
    public static ItemArchive openCommitted(Path file, LikelihoodModel model) throws IOException {
        return of(file, ArchiveReader.openCommitted(file), model);
    }

    /**
     * Opens an archive of which anything may be damaged, missing or unfinished: what {@link #open} refuses is looked for in all
     * of the file. Numbers are those that items had; some of them may be lost. What the file says is wrong is in
     * {@link #damageReport}, what became of each item in {@link #verify}. Takes some bytes of memory for each part of the file that is found.
     *
     * @throws dev.ardm.coding.error.WrongModelException if it needs another model
     * @throws dev.ardm.coding.error.ArchiveException as {@link #open} does, if nothing can be read
     * @throws IOException if it cannot be read
     */
    public static ItemArchive recover(Path file, LikelihoodModel model) throws IOException {
        return of(file, ArchiveReader.recover(file), model);
    }

    /**
     * An archive whose parts may need different models. Items of parts whose models are not found are refused when they are asked
     * for.
     *
     * @param file for messages
     * @param reader is closed with this archive, and if this fails
     * @throws dev.ardm.coding.error.ArchiveException if all items need one model, and it is not found or does not fit
     */
    public static ItemArchive of(Path file, ArchiveReader reader, PartModels models) throws IOException {
        try {
            ItemArchive archive = new ItemArchive(file, reader, models);
            if (reader.modelIds().size() == 1) {
                archive.parts.decoder(reader.header());
            }
            return archive;
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private static ItemArchive of(Path file, ArchiveReader reader, LikelihoodModel model) throws IOException {
        ItemArchive archive = of(file, reader, part -> model);
        try {
            if (!reader.modelIds().contains(HexFormat.of().formatHex(model.id()))) {
                archive.parts.decoder(reader.header()); // refused
            }
            return archive;
        } catch (IOException | RuntimeException e) {
            archive.close();
            throw e;
        }
    }

    /** The file, as it was named when it was opened. */
    public Path file() {
        return file;
    }

    /** The container, which needs no model: headers, and where items are. It is closed with this archive. */
    public ArchiveReader reader() {
        return reader;
    }

    /** The number of items, lost ones included if others after them are there. */
    public int size() {
        return reader.size();
    }

    /** What is wrong with the file, after {@link #recover}; else nothing. Damage within items is not looked for. */
    public DamageReport damageReport() {
        return reader.damageReport();
    }

    /** Why the archive was {@link #recover}ed, because {@link #open} refuses it; empty if nothing is wrong. */
    public Optional<ArchiveException> refusal() {
        return reader.refusal();
    }

    /**
     * Decodes every item, of a damaged archive or any other, and says which are whole, in doubt, damaged or lost.
     *
     * @param progress receives how many of them have been looked at
     * @throws IOException if the archive cannot be read; neither damage nor a part whose model is missing is an error
     */
    public IntegrityReport verify(IntConsumer progress) throws IOException {
        IntegrityReport report =
                read(ItemRanges.of(0, size()), (number, item) -> progress.accept(number), LikelihoodModel.NO_PROGRESS);
        progress.accept(size());
        return report;
    }

    /** Receives items in ascending order, each that can be read as soon as it is decoded. */
    @FunctionalInterface
    public interface Sink {
        /** @param item not damaged */
        void accept(int number, DecodedItem item) throws IOException;
    }

    /**
     * Reads items in order, as many at a time as may be in memory, and says what of them cannot be read, or not without doubt.
     *
     * @param progress receives how much is done of {@link #work}; called from any thread
     * @throws IndexOutOfBoundsException if the item does not exist
     * @throws IOException if the archive cannot be read; neither damage nor a part whose model is missing is an error
     */
    public IntegrityReport read(ItemRanges items, Sink sink, IntConsumer progress) throws IOException {
        check(items);
        return new ItemReading(reader, parts, this::decode, sink).read(items, progress);
    }

    /** What reading items takes, in the steps of its progress: 1 each, or the windows of a longer item; nothing of lost items. */
    public long work(ItemRanges items) throws IOException {
        check(items);
        long work = 0;
        for (ItemRanges.Range range : items.ranges()) {
            for (int k = reader.nextPresent(range.from()); k < range.to(); k = reader.nextPresent(k + 1)) {
                try {
                    work += parts.work(k);
                } catch (WrongModelException e) {
                    work++;
                }
            }
        }
        return work;
    }

    private void check(ItemRanges items) {
        items.ranges().forEach(range -> Objects.checkFromToIndex(range.from(), range.to(), size()));
    }

    /** Decodes items of one chunk, on the model's threads unless they are in use. */
    private List<DecodedItem> decode(int from, int to, IntConsumer progress) throws IOException {
        if (modelThreads.tryLock()) {
            try {
                return parts.decode(from, to, progress);
            } finally {
                modelThreads.unlock();
            }
        }
        List<DecodedItem> decoded = new ArrayList<>();
        for (int k = from; k < to; k++) {
            decoded.add(parts.decode(k));
        }
        return decoded;
    }

    /**
     * The values of an item.
     *
     * @param number of the item, from 0
     * @throws dev.ardm.coding.error.DamagedException if it is damaged
     * @throws IndexOutOfBoundsException if the item does not exist
     */
    public int[] get(int number) throws IOException {
        return item(number).intact();
    }

    /**
     * The values of the first item of a name; empty if there is none.
     *
     * @throws dev.ardm.coding.error.DamagedException if it is damaged
     */
    public Optional<int[]> get(String name) throws IOException {
        OptionalInt number = indexOf(name);
        return number.isPresent() ? Optional.of(get(number.getAsInt())) : Optional.empty();
    }

    /**
     * An item with what it has in addition to its values, which documents do. A document is decoded on the model's threads unless they decode
     * something else.
     *
     * @throws IndexOutOfBoundsException if the item does not exist
     * @throws IOException if the archive cannot be read; damage of the item is not an error
     */
    public DecodedItem item(int number) throws IOException {
        Objects.checkIndex(number, size());
        return parts.anySize(number)
                ? decode(number, number + 1, LikelihoodModel.NO_PROGRESS).get(0)
                : parts.decode(number);
    }

    /**
     * Writes the values of an item to a stream, a byte each: what a model of bytes is given and gives back.
     *
     * @throws dev.ardm.coding.error.DamagedException if it is damaged; nothing is written then
     * @throws IllegalArgumentException if it has values above 255
     */
    public void writeBytes(int number, OutputStream out) throws IOException {
        int[] values = get(number);
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            if (values[i] > 0xFF) {
                throw new IllegalArgumentException(
                        "item " + number + " has value " + values[i] + ", which is not a byte");
            }
            bytes[i] = (byte) values[i];
        }
        out.write(bytes);
    }

    /**
     * The values of several items, decoded in parallel.
     *
     * @param from the first one
     * @param to where to stop, before this item
     * @throws dev.ardm.coding.error.DamagedException if one is damaged: the first one of them
     * @throws IndexOutOfBoundsException if that is not a range of items
     */
    public List<int[]> get(int from, int to) throws IOException {
        List<int[]> values = new ArrayList<>();
        for (DecodedItem item : items(from, to)) {
            values.add(item.intact());
        }
        return values;
    }

    /**
     * Several items, decoded in parallel, also if some are damaged.
     *
     * @throws IndexOutOfBoundsException if that is not a range of items
     * @throws IOException if the archive cannot be read; damage of items is not an error
     */
    public List<DecodedItem> items(int from, int to) throws IOException {
        Objects.checkFromToIndex(from, to, size());
        List<DecodedItem> all = new ArrayList<>(to - from);
        for (int first = from, end; first < to; first = end) {
            end = parts.chunkEnd(first, to);
            all.addAll(decode(first, end, LikelihoodModel.NO_PROGRESS));
        }
        return all;
    }

    /**
     * The values of all items in their order, some decoded ahead. The archive must stay open meanwhile. What goes wrong comes
     * as an {@link UncheckedIOException}.
     */
    public Stream<int[]> stream() {
        return Stream.iterate(range(0), range -> range.from < size(), range -> range(range.to))
                .flatMap(range -> chunk(range.from, range.to).stream())
                .map(ItemArchive::intact);
    }

    /** Items that are decoded together: from one on and before another. */
    private record Range(int from, int to) {}

    private Range range(int from) {
        try {
            return new Range(from, parts.chunkEnd(from, size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<DecodedItem> chunk(int from, int to) {
        try {
            return items(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int[] intact(DecodedItem item) {
        try {
            return item.intact();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Goes over all items; see {@link #stream}. For one thread. */
    public Iterator<int[]> iterator() {
        return new Chunks();
    }

    private final class Chunks implements Iterator<int[]> {
        private Iterator<DecodedItem> chunk = List.<DecodedItem>of().iterator();
        private int next;

        @Override
        public boolean hasNext() {
            return chunk.hasNext() || next < size();
        }

        @Override
        public int[] next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            if (!chunk.hasNext()) {
                Range range = range(next);
                chunk = ItemArchive.this.chunk(range.from, range.to).iterator();
                next = range.to;
            }
            return intact(chunk.next());
        }
    }

    /**
     * The name of an item; empty if it has none. It is a label: before it becomes a path, check where it leads.
     *
     * @throws IndexOutOfBoundsException if the item does not exist
     * @throws dev.ardm.coding.error.DamagedException if it is lost
     */
    public Optional<String> name(int number) throws IOException {
        return reader.name(number);
    }

    /**
     * When an item was modified last, to the millisecond; empty if that is not known.
     *
     * @throws IndexOutOfBoundsException if the item does not exist
     * @throws dev.ardm.coding.error.DamagedException if it is lost
     */
    public Optional<Instant> time(int number) throws IOException {
        OptionalLong millis = reader.time(number);
        return millis.isPresent() ? Optional.of(Instant.ofEpochMilli(millis.getAsLong())) : Optional.empty();
    }

    /** The number of the first item of a name. The first call reads all names. */
    public OptionalInt indexOf(String name) throws IOException {
        if (name.isEmpty()) {
            return OptionalInt.empty(); // an empty name counts as none
        }
        return names().find(name);
    }

    /** The numbers of all items of a name, in ascending order. The first call reads all names. */
    public IntStream allOf(String name) throws IOException {
        return name.isEmpty() ? IntStream.empty() : names().findAll(name);
    }

    private NameIndex names() throws IOException {
        NameIndex built = names;
        if (built == null) {
            building.lock();
            try {
                built = names;
                if (built == null) {
                    built = NameIndex.build(reader);
                    names = built;
                }
            } finally {
                building.unlock();
            }
        }
        return built;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
