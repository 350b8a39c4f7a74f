package dev.ardm.core.archive;

import dev.ardm.coding.error.ArchiveException;
import dev.ardm.coding.error.WrongModelException;
import dev.ardm.coding.internal.file.RangedBytes;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.coding.internal.read.DamageReport;
import dev.ardm.core.model.LikelihoodModel;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
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
 * An open archive with its model. Each item can be read on its own, by number or by name. An archive is a sequence of parts,
 * each of which names its model; see {@link PartModels}. Reading an item whose model is missing throws.
 *
 * <p>Safe for use by several threads. A single item is decoded on the calling thread. Several items are decoded on the
 * model's threads; if another caller uses these, on the calling thread alone. Memory does not depend on the number of items, except 8 bytes per item
 * after the first search for a name. Items appended later are not seen; open the archive again for them.
 *
 * <p>An interrupt does not disturb other threads. A thread that is interrupted while it decodes several items or a variable-length item gets a
 * {@link java.util.concurrent.CancellationException}; the archive can be used as before.
 *
 * <p>A damaged item does not affect others: reading it throws a {@link dev.ardm.coding.error.DamagedException} that names it.
 * {@link #recover} opens archives whose headers or tables are damaged, or whose end is missing.
 */
public final class ItemArchive implements Closeable {
    /** What messages call an archive that is no file. */
    private static final Path NO_FILE = Path.of("the archive");

    private final Path file;
    private final ArchiveReader reader;
    private final PartDecoders parts;
    private final ReentrantLock modelThreads = new ReentrantLock();
    private final ReentrantLock building = new ReentrantLock();
    private volatile @Nullable NameIndex names;

    private ItemArchive(Path file, ArchiveReader reader, PartModels models) {
        this.file = Objects.requireNonNull(file, "file");
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
        return of(given(file, model), ArchiveReader.open(file), model);
    }

    /**
     * Opens an archive that is no file, such as an object of a store; errors as those of {@link #open(Path, LikelihoodModel)}.
     *
     * @param bytes closed with the archive, or if this fails
     */
    public static ItemArchive open(RangedBytes bytes, LikelihoodModel model) throws IOException {
        return of(given(NO_FILE, model), ArchiveReader.open(bytes, NO_FILE.toString()), model);
    }

    /** Opens a growing archive up to its last commit; skips an unfinished append. Errors as those of {@link #open(Path, LikelihoodModel)}. */
    public static ItemArchive openCommitted(Path file, LikelihoodModel model) throws IOException {
        return of(given(file, model), ArchiveReader.openCommitted(file), model);
    }

    /**
     * Opens an archive that may be damaged, cut off or unfinished. If {@link #open} would refuse it, searches the whole
     * file for items. Items keep their numbers; some may be lost. {@link #damageReport} describes the damage of the file,
     * {@link #verify} the state of each item. Takes some bytes of memory for each part that is found.
     *
     * @throws dev.ardm.coding.error.WrongModelException if it needs another model
     * @throws dev.ardm.coding.error.ArchiveException as {@link #open} does, if nothing can be read
     * @throws IOException if it cannot be read
     */
    public static ItemArchive recover(Path file, LikelihoodModel model) throws IOException {
        return of(given(file, model), ArchiveReader.recover(file), model);
    }

    /** Refuses null before anything is opened. */
    private static Path given(Path file, LikelihoodModel model) {
        Objects.requireNonNull(model, "model");
        return Objects.requireNonNull(file, "file");
    }

    /**
     * An archive whose parts may need different models. Reading an item of a part whose model is not found throws.
     *
     * @param file for messages
     * @param reader closed with this archive, or if this fails
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
            if (model.parts().stream()
                    .noneMatch(part -> reader.modelIds().contains(HexFormat.of().formatHex(part.id())))) {
                archive.parts.decoder(reader.header()); // refused
            }
            return archive;
        } catch (IOException | RuntimeException e) {
            archive.close();
            throw e;
        }
    }

    /** The file, as it was named when it was opened; of an archive that is no file what messages call it. */
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

    /** The damage of the file, after {@link #recover}; empty otherwise. Does not look for damage within items. */
    public DamageReport damageReport() {
        return reader.damageReport();
    }

    /** The reason why {@link #open} refuses the archive; empty if it does not. */
    public Optional<ArchiveException> refusal() {
        return reader.refusal();
    }

    /**
     * Decodes every item and reports which are whole, in doubt, damaged or lost. Works for intact and damaged archives.
     *
     * @param progress receives the number of items done
     * @throws IOException if the archive cannot be read; neither damage nor a part whose model is missing is an error
     */
    public IntegrityReport verify(IntConsumer progress) throws IOException {
        Objects.requireNonNull(progress, "progress");
        IntegrityReport report =
                read(ItemRanges.of(0, size()), (number, item) -> progress.accept(number), LikelihoodModel.NO_PROGRESS);
        progress.accept(size());
        return report;
    }

    /** Receives the readable items in ascending order, each as soon as it is decoded. */
    @FunctionalInterface
    public interface Sink {
        /** @param item not damaged */
        void accept(int number, DecodedItem item) throws IOException;
    }

    /**
     * Reads items in order, as many at a time as may be in memory, and reports those that are unreadable or in doubt.
     *
     * @param progress receives the part of {@link #work} that is done; called from any thread
     * @throws IndexOutOfBoundsException if the item does not exist
     * @throws IOException if the archive cannot be read; neither damage nor a part whose model is missing is an error
     */
    public IntegrityReport read(ItemRanges items, Sink sink, IntConsumer progress) throws IOException {
        check(items);
        Objects.requireNonNull(sink, "sink");
        return new ItemReading(reader, parts, this::decode, sink)
                .read(items, Objects.requireNonNull(progress, "progress"));
    }

    /** The work to read items, in steps of progress: 1 for each item, or its number of windows; 0 for lost items. */
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
        Objects.requireNonNull(items, "items")
                .ranges()
                .forEach(range -> Objects.checkFromToIndex(range.from(), range.to(), size()));
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
     * The values of the first item with a name; empty if no item has it.
     *
     * @throws dev.ardm.coding.error.DamagedException if it is damaged
     */
    public Optional<int[]> get(String name) throws IOException {
        OptionalInt number = indexOf(name);
        return number.isPresent() ? Optional.of(get(number.getAsInt())) : Optional.empty();
    }

    /**
     * An item with its side information. A variable-length item is decoded on the model's threads unless they are in use.
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
     * Writes the values of an item to a stream, one byte each. For models of bytes.
     *
     * @throws dev.ardm.coding.error.DamagedException if it is damaged; then nothing is written
     * @throws IllegalArgumentException if it has values above 255
     */
    public void writeBytes(int number, OutputStream out) throws IOException {
        Objects.requireNonNull(out, "out").write(bytes(number));
    }

    /** The bytes of an item, whose values are one byte each. For models of bytes; errors as those of {@link #writeBytes}. */
    public byte[] bytes(int number) throws IOException {
        return item(number).bytes();
    }

    /**
     * The text of an item, whose values are bytes of UTF-8. For models of bytes; errors as those of {@link #writeBytes}.
     *
     * @throws java.nio.charset.CharacterCodingException if the bytes are not UTF-8
     */
    public String string(int number) throws IOException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes(number)))
                .toString();
    }

    /**
     * The values of several items, decoded in parallel.
     *
     * @param from the first one
     * @param to the end of the range, exclusive
     * @throws dev.ardm.coding.error.DamagedException for the first damaged item
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
     * Several items, decoded in parallel; some may be damaged.
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
     * The values of all items in order, some decoded ahead. The archive must stay open meanwhile. Errors are thrown
     * as {@link java.io.UncheckedIOException}.
     */
    public Stream<int[]> stream() {
        return new AllItems(this).stream();
    }

    /** Goes over all items; see {@link #stream}. For one thread. */
    public Iterator<int[]> iterator() {
        return new AllItems(this);
    }

    /** The end of the items from one on that are decoded together. */
    int chunkEnd(int from) throws IOException {
        return parts.chunkEnd(from, size());
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
     * When an item was last modified, to the millisecond; empty if unknown.
     *
     * @throws IndexOutOfBoundsException if the item does not exist
     * @throws dev.ardm.coding.error.DamagedException if it is lost
     */
    public Optional<Instant> time(int number) throws IOException {
        OptionalLong millis = reader.time(number);
        return millis.isPresent() ? Optional.of(Instant.ofEpochMilli(millis.getAsLong())) : Optional.empty();
    }

    /** The number of the first item with a name; an empty one counts as none. The first call reads all names. */
    public OptionalInt indexOf(String name) throws IOException {
        return Objects.requireNonNull(name, "name").isEmpty() ? OptionalInt.empty() : names().find(name);
    }

    /** The numbers of all items with a name, in ascending order. The first call reads all names. */
    public IntStream allOf(String name) throws IOException {
        return Objects.requireNonNull(name, "name").isEmpty() ? IntStream.empty() : names().findAll(name);
    }

    private NameIndex names() throws IOException {
        NameIndex built = names;
        if (built != null) {
            return built;
        }
        building.lock();
        try {
            built = names == null ? NameIndex.build(reader) : names;
            names = built;
            return built;
        } finally {
            building.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
