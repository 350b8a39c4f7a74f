package dev.ardm;

import dev.ardm.core.Item;
import dev.ardm.core.store.JournaledStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * An archive that records are put into for as long as a program runs. A record is written raw to a journal next to the archive, and can be read at
 * once; a thread of the store codes it, decodes it again, and moves it to the archive under the same number. Each record that {@code put} has
 * acknowledged is in one of the two, whatever happens to the process.
 *
 * <p>One store at a time has an archive open, among all processes; {@link RecordArchive} reads what is coded so far. Safe for use by several
 * threads. A store that is forgotten without {@link #close} gives thread and lock back when it is collected.
 *
 * @param <T> a record
 */
public final class RecordStore<T> implements Closeable {
    private static final Cleaner CLEANER = Cleaner.create();
    private static final int SIDE_BY_SIDE = 256;

    private final RecordModel<T> model;
    private final JournaledStore store;
    private final Cleaner.Cleanable forgotten;

    private RecordStore(RecordModel<T> model, JournaledStore store) {
        this.model = model;
        this.store = store;
        this.forgotten = CLEANER.register(this, () -> {
            try {
                store.close();
            } catch (IOException e) {
                System.getLogger("dev.ardm").log(System.Logger.Level.WARNING, e.getMessage(), e);
            }
        });
    }

    /** Opens a store whose records are durable one by one; see {@link #open(Path, RecordModel, StoreOptions)}. */
    public static <T> RecordStore<T> open(Path file, RecordModel<T> model) throws IOException {
        return open(file, model, StoreOptions.DURABLE);
    }

    /**
     * Opens a store.
     *
     * @param file an archive of this model, or where to create one, with the model inside
     * @throws dev.ardm.coding.error.ArchiveException if the file is not an archive, it or its journal is damaged, or of another model
     * @throws IOException if it cannot be written, or another store has it open
     */
    public static <T> RecordStore<T> open(Path file, RecordModel<T> model, StoreOptions options) throws IOException {
        if (!Files.exists(file)) {
            RecordArchive.write(file, model, List.of());
        }
        return new RecordStore<>(
                model,
                JournaledStore.open(
                        file,
                        model.model(),
                        model.plan(),
                        model.layout(),
                        new JournaledStore.Options(options.eachDurable(), options.waitingBytes())));
    }

    /** Opens a store that is there already, with its model inside; errors as those of {@link #open(Path, RecordModel, StoreOptions)}. */
    public static <T> RecordStore<T> open(Path file, RecordType<T> type) throws IOException {
        RecordModel<T> model;
        try (RecordArchive<T> archive = RecordArchive.openCommitted(file, type)) {
            model = archive.model();
        }
        return open(file, model);
    }

    /**
     * Puts a record.
     *
     * @return its number, from 0, which it keeps
     * @throws IllegalArgumentException if it is not of the type, or too large; the store goes on
     * @throws IllegalStateException if the store is closed
     * @throws IOException if the store has failed, as where the disk is full: close it, and open it again
     */
    public long put(T record) throws IOException {
        return store.put(model.form().item(Objects.requireNonNull(record, "the record is null")));
    }

    /**
     * Puts a record in the place of another one with its key; errors as those of {@link #put(Object)}.
     *
     * @param key not empty, at most some thousand bytes of UTF-8, not beginning with U+0001
     */
    public long put(String key, T record) throws IOException {
        if (key.isEmpty() || key.charAt(0) == 1) {
            throw new IllegalArgumentException("a key is not empty and does not begin with U+0001");
        }
        Item item = model.form().item(Objects.requireNonNull(record, "the record is null"));
        return store.put(new Item(
                key, item.modified(), OptionalInt.empty(), item.shape(), item.values(), item.side(), item.source()));
    }

    /**
     * Takes a key away; errors as those of {@link #put(Object)}.
     *
     * @return whether it was there
     */
    public boolean delete(String key) throws IOException {
        return store.delete(key);
    }

    /**
     * A record.
     *
     * @throws IndexOutOfBoundsException if there is none of that number
     * @throws java.util.NoSuchElementException if the number is that of a deletion
     * @throws dev.ardm.coding.error.DamagedException if it is damaged
     */
    public T get(long number) throws IOException {
        return model.form().record(store.get(number));
    }

    /** The newest record of a key; empty if there is none. */
    public Optional<T> get(String key) throws IOException {
        OptionalLong number = store.find(key);
        return number.isPresent() ? Optional.of(get(number.getAsLong())) : Optional.empty();
    }

    /** Records by their numbers, in the order in which they are asked for; those next to each other are decoded side by side. */
    public List<T> getAll(long... numbers) throws IOException {
        List<T> records = new ArrayList<>();
        for (int from = 0, to; from < numbers.length; from = to) {
            to = from + 1;
            while (to < numbers.length && to - from < SIDE_BY_SIDE && numbers[to] == numbers[to - 1] + 1) {
                to++;
            }
            if (to == from + 1) {
                records.add(get(numbers[from]));
                continue;
            }
            var items = store.get(numbers[from], numbers[to - 1] + 1);
            for (int k = from; k < to; k++) {
                Item item = items.get(numbers[k]);
                records.add(item == null ? get(numbers[k]) : model.form().record(item));
            }
        }
        return records;
    }

    /**
     * All records in the order of their numbers, as many as there are now; also those that others with the same key have replaced. A damaged one
     * ends the stream with an {@link UncheckedIOException}.
     */
    public Stream<T> stream() {
        long size = size();
        return LongStream.range(0, (size + SIDE_BY_SIDE - 1) / SIDE_BY_SIDE).boxed().flatMap(part -> {
            long from = part * SIDE_BY_SIDE;
            long[] numbers = LongStream.range(from, Math.min(size, from + SIDE_BY_SIDE))
                    .filter(store::holds)
                    .toArray();
            try {
                return getAll(numbers).stream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The number that the next record will have: how many there are, deletions included. */
    public long size() {
        return store.size();
    }

    /** Waits until all records are on the disk. */
    public void flush() throws IOException {
        store.flush();
    }

    /** Waits until all records are coded. */
    public void settle() throws IOException {
        store.settle();
    }

    /**
     * Codes what waits, and joins the many small commits of a store that grew slowly, so that it takes less space and opens faster. All records
     * keep their numbers; those that others have replaced stay.
     */
    public void compact() throws IOException {
        store.compact();
    }

    /** The model of the records. */
    public RecordModel<T> model() {
        return model;
    }

    /**
     * Codes what waits, and gives thread and lock back. A second call does nothing.
     *
     * @throws IOException if not all could be coded; it is in the journal then
     */
    @Override
    public void close() throws IOException {
        store.close();
        forgotten.clean();
    }
}
