package dev.ardm.core.store;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.archive.ItemStore;
import dev.ardm.core.archive.StoreOptions;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An archive that grows, and a {@link Journal} of what is not coded yet. An item is written raw to the journal, and is durable and readable at
 * once; a thread of the store codes it, decodes it again, and commits it to the archive under the same number, and what the journal has of it
 * goes. At any moment, whatever happens to the process, each item that was acknowledged is in one of the two.
 *
 * <p>One store at a time has an archive open, among all processes; for readers see {@link StoreView}. Safe for use by several threads.
 */
public final class JournaledStore implements Closeable {
    /** The name of an item that says that a key is there no more begins with this. */
    static final String DELETED = "\u0001deleted\u0001";

    private static final long SEGMENT_BYTES = 8 << 20;
    private static final int BATCH = 4096;
    private static final long LAZY_NANOS = 500_000_000;

    private final Path file;
    private final LikelihoodModel model;
    private final Options options;
    private final ItemStore coded;
    private final int[] empty;
    private final Snapshot snapshot;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition left = lock.newCondition();
    private final ReentrantLock syncing = new ReentrantLock();
    private final Condition forced = syncing.newCondition();

    // Guarded by the lock.
    private final TreeMap<Long, JournalEntry> pending = new TreeMap<>();
    private final Keys keys;
    private final Deque<Segment> segments = new ArrayDeque<>();
    private Journal active;
    private long pendingBytes;
    private boolean closed;
    private int hurrying;
    private @Nullable IOException failure;

    /** Number of bytes and files that were written, and of those that are durable; each under its own lock. */
    private volatile long written;

    private long synced; // guarded by syncing
    private boolean forcing; // guarded by syncing
    private final Thread coder;

    /**
     * How a store works.
     *
     * @param eachDurable whether an item is durable when {@code put} returns; else when {@link #flush} does, or soon
     * @param waitingBytes about how many bytes of items wait to be coded before {@code put} waits
     */
    public record Options(boolean eachDurable, long waitingBytes) {}

    /** A segment that is not written to any more. */
    private record Segment(Path file, long next) {}

    private JournaledStore(
            Path file,
            LikelihoodModel model,
            ItemLayout layout,
            Options options,
            ItemStore coded,
            Snapshot snapshot,
            Keys keys)
            throws IOException {
        this.file = file;
        this.model = model;
        this.options = options;
        this.coded = coded;
        this.snapshot = snapshot;
        this.keys = keys;
        this.empty = layout.records() && layout.hasSide() || layout.sequences()
                ? new int[0]
                : new int[model.space().dimensions()];
        for (Path segment : Journal.of(file)) {
            List<JournalEntry> entries = Journal.read(segment);
            for (JournalEntry entry : entries) {
                if (entry.number() >= coded.size()) {
                    requireNext(segment, entry.number());
                    remember(entry);
                }
            }
            if (!entries.isEmpty()) {
                segments.add(
                        new Segment(segment, entries.get(entries.size() - 1).number() + 1));
            } else {
                Files.deleteIfExists(segment);
            }
        }
        this.active = Journal.create(file, next());
        this.coder = new Thread(this::code, "ardm-store " + file.getFileName());
        coder.setDaemon(true);
        coder.start();
    }

    private void requireNext(Path segment, long number) throws DamagedException {
        if (number != next()) {
            throw new DamagedException(
                    segment.toString(),
                    (int) Math.min(next(), Integer.MAX_VALUE),
                    0,
                    "the journal lacks the items from " + next() + " to " + (number - 1),
                    "");
        }
    }

    /**
     * Opens a store of items.
     *
     * @param file an archive of items of this model, or where to create one
     * @param plan how the items of a new archive are coded
     * @param layout of the items of a new archive
     * @throws dev.ardm.coding.error.ArchiveException if the file is not an archive, it or its journal is damaged, or of another model
     * @throws IOException if it cannot be written, or is open already
     */
    public static JournaledStore open(Path file, LikelihoodModel model, Plan plan, ItemLayout layout, Options options)
            throws IOException {
        ItemStore coded =
                ItemStore.open(file, model, plan, layout, new StoreOptions(BATCH, Duration.ofSeconds(1), 2 * BATCH));
        Snapshot snapshot = new Snapshot(file, model);
        try {
            return new JournaledStore(file, model, layout, options, coded, snapshot, Keys.of(snapshot, coded.size()));
        } catch (IOException | RuntimeException e) {
            snapshot.close();
            coded.close();
            throw e;
        }
    }

    /** Puts an entry where it is found; the lock is held, or nobody else knows of this. */
    private void remember(JournalEntry entry) {
        pending.put(entry.number(), entry);
        pendingBytes += entry.bytes();
        keys.take(entry.number(), entry.key(), entry.deleted());
    }

    private long next() {
        return pending.isEmpty() ? Math.max(coded.size(), keys.next()) : pending.lastKey() + 1;
    }

    /**
     * Puts an item.
     *
     * @param item whose name is its key, or empty; its arrays are not changed any more
     * @return its number
     * @throws IllegalArgumentException if it does not fit; the store goes on
     * @throws IllegalStateException if the store is closed
     * @throws IOException if the store has failed: close it, and open it again
     */
    public long put(Item item) throws IOException {
        coded.check(item);
        Written entry = write(item, item.name(), false);
        durable(entry);
        return entry.number();
    }

    private void durable(Written entry) throws IOException {
        if (options.eachDurable()) {
            sync(entry.ticket());
        }
    }

    /** An entry of the journal, and what must be durable for it to be. */
    private record Written(long number, long ticket) {}

    /**
     * Takes a key away.
     *
     * @return whether it was there
     */
    public boolean delete(String key) throws IOException {
        Written entry;
        lock.lock();
        try {
            if (keys.find(key).isEmpty()) {
                return false;
            }
            entry = write(new Item(key, empty, new byte[0]), key, true);
        } finally {
            lock.unlock();
        }
        durable(entry);
        return true;
    }

    private Written write(Item item, String key, boolean deleted) throws IOException {
        lock.lock();
        try {
            if (pendingBytes > options.waitingBytes()) {
                hurrying++;
                arrived.signalAll();
                while (pendingBytes > options.waitingBytes() && failure == null && !closed) {
                    left.awaitUninterruptibly();
                }
                hurrying--;
            }
            requireGood();
            long number = next();
            JournalEntry entry = new JournalEntry(number, key, deleted, item);
            byte[] bytes = entry.toBytes();
            try {
                active.append(bytes);
            } catch (IOException e) {
                throw failed(e);
            }
            written += bytes.length;
            Written done = new Written(number, written);
            remember(entry);
            if (active.size() > SEGMENT_BYTES) {
                rotate();
            }
            arrived.signal();
            return done;
        } finally {
            lock.unlock();
        }
    }

    private void rotate() throws IOException {
        try {
            active.force();
            active.close();
            segments.add(
                    new Segment(file.resolveSibling(file.getFileName() + ".journal-" + active.first()), active.next()));
            active = Journal.create(file, active.next());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * Makes durable what was written up to a ticket. One thread at a time asks the disk, for all that was written until then; the others wait
     * for it, and one of them asks for the rest.
     */
    private void sync(long ticket) throws IOException {
        syncing.lock();
        try {
            while (synced < ticket) {
                if (forcing) {
                    forced.awaitUninterruptibly();
                    continue;
                }
                forcing = true;
                syncing.unlock();
                long upTo = -1;
                try {
                    upTo = force();
                } finally {
                    syncing.lock();
                    forcing = false;
                    synced = Math.max(synced, upTo);
                    forced.signalAll();
                }
            }
        } finally {
            syncing.unlock();
        }
    }

    /** Forces the segment that is written to. @return the ticket up to which all is durable */
    private long force() throws IOException {
        Journal now;
        long upTo;
        lock.lock();
        try {
            requireNotFailed();
            now = active;
            upTo = written;
        } finally {
            lock.unlock();
        }
        try {
            now.force();
        } catch (ClosedChannelException e) {
            return upTo; // A segment is durable when it is closed, or its items are in the archive.
        } catch (IOException e) {
            lock.lock();
            try {
                throw failed(e);
            } finally {
                lock.unlock();
            }
        }
        return upTo;
    }

    private IOException failed(IOException e) {
        if (failure == null) {
            failure = e;
        }
        arrived.signalAll();
        left.signalAll();
        return new IOException(
                file + ": the store has failed and takes nothing more; open it again: " + e.getMessage(), e);
    }

    private void requireNotFailed() throws IOException {
        if (failure != null) {
            throw failed(failure);
        }
    }

    private void requireGood() throws IOException {
        if (closed) {
            throw new IllegalStateException(file + ": the store is closed");
        }
        requireNotFailed();
    }

    private void code() {
        try {
            for (List<JournalEntry> batch = batch(); !batch.isEmpty(); batch = batch()) {
                for (JournalEntry entry : batch) {
                    Item item = entry.item();
                    String name = entry.deleted() ? DELETED + entry.key() : entry.key();
                    long number = coded.append(new Item(
                            name,
                            item.modified(),
                            item.mode(),
                            item.shape(),
                            item.values(),
                            item.side(),
                            item.source()));
                    if (number != entry.number()) {
                        throw new IOException("item " + entry.number() + " would have the number " + number);
                    }
                }
                coded.flush();
                forget(batch);
            }
        } catch (IOException | RuntimeException | Error e) {
            lock.lock();
            try {
                failed(e instanceof IOException known ? known : new IOException(e.toString(), e));
            } finally {
                lock.unlock();
            }
        }
    }

    private List<JournalEntry> batch() {
        lock.lock();
        try {
            while (pending.isEmpty() && !closed && failure == null) {
                left.signalAll();
                arrived.awaitUninterruptibly();
            }
            // Many items share the head of a commit; until then they are in the journal.
            long nanos = LAZY_NANOS;
            while (pending.size() < BATCH && hurrying == 0 && !closed && failure == null && nanos > 0) {
                nanos = waited(nanos);
            }
            List<JournalEntry> batch = new ArrayList<>();
            for (JournalEntry entry : pending.values()) {
                if (batch.size() == BATCH || failure != null) {
                    break;
                }
                batch.add(entry);
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private long waited(long nanos) {
        try {
            return arrived.awaitNanos(nanos);
        } catch (InterruptedException e) {
            return 0; // Nobody interrupts it but to hurry.
        }
    }

    private void forget(List<JournalEntry> batch) throws IOException {
        lock.lock();
        try {
            for (JournalEntry entry : batch) {
                pending.remove(entry.number());
                pendingBytes -= entry.bytes();
            }
            long committed = batch.get(batch.size() - 1).number() + 1;
            keys.committed(committed);
            while (!segments.isEmpty() && segments.peek().next() <= committed) {
                Files.deleteIfExists(segments.remove().file());
            }
            if (pending.isEmpty() && active.next() > active.first()) {
                Journal before = active;
                active = Journal.create(file, before.next());
                before.delete();
            }
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The number of items, those that say that a key is gone included. */
    public long size() {
        lock.lock();
        try {
            return next();
        } finally {
            lock.unlock();
        }
    }

    /** The number of items that are coded. */
    public long coded() {
        return coded.size();
    }

    /** The number of the newest item of a key. */
    public OptionalLong find(String key) {
        lock.lock();
        try {
            return keys.find(Objects.requireNonNull(key));
        } finally {
            lock.unlock();
        }
    }

    /** Whether a number is that of an item, and not of one that says that a key is gone. */
    public boolean holds(long number) {
        lock.lock();
        try {
            return number >= 0 && number < next() && !keys.isDeletion(number);
        } finally {
            lock.unlock();
        }
    }

    /**
     * An item.
     *
     * @throws IndexOutOfBoundsException if there is none of that number
     * @throws NoSuchElementException if the number is that of a deletion
     * @throws DamagedException if it is damaged
     */
    public Item get(long number) throws IOException {
        lock.lock();
        try {
            Objects.checkIndex(number, next());
            if (keys.isDeletion(number)) {
                throw new NoSuchElementException(file + ": number " + number + " is that of a deletion");
            }
            JournalEntry entry = pending.get(number);
            if (entry != null) {
                return entry.item();
            }
        } finally {
            lock.unlock();
        }
        return snapshot.get(number);
    }

    /**
     * Items next to each other, decoded side by side.
     *
     * @return by their numbers, without deletions
     */
    public Map<Long, Item> get(long from, long to) throws IOException {
        Map<Long, Item> items = new TreeMap<>();
        long first;
        lock.lock();
        try {
            Objects.checkFromToIndex(from, to, next());
            first = pending.isEmpty() ? to : Math.min(to, Math.max(from, pending.firstKey()));
            for (long number = first; number < to; number++) {
                JournalEntry entry = pending.get(number);
                if (entry != null && !entry.deleted()) {
                    items.put(number, entry.item());
                }
            }
        } finally {
            lock.unlock();
        }
        for (long number = from; number < first; number++) {
            if (holds(number)) {
                items.put(number, Item.of(new int[0]));
            }
        }
        snapshot.fill(from, first, items);
        return items;
    }

    /** Waits until all that was put is durable. */
    public void flush() throws IOException {
        sync(written);
        lock.lock();
        try {
            requireNotFailed();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all that was put is coded. */
    public void settle() throws IOException {
        lock.lock();
        try {
            hurrying++;
            arrived.signalAll();
            while (!pending.isEmpty() && failure == null && coder.isAlive()) {
                left.awaitUninterruptibly();
            }
            hurrying--;
            requireNotFailed();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Codes what waits, and joins the commits of the archive, so that it takes less space and opens faster. All items keep their numbers.
     *
     * @throws IOException if it cannot be written; the archive is then unchanged
     */
    public void compact() throws IOException {
        settle();
        coded.compact();
        snapshot.refresh();
    }

    /** Codes what waits, and gives everything back. A second call does nothing. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            arrived.signalAll();
            left.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (coder.isAlive()) {
            try {
                coder.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        try (coded;
                snapshot) {
            if (failure == null) {
                active.delete();
            } else {
                active.close();
            }
        }
        if (failure != null) {
            throw new IOException(
                    file + ": not everything that was put could be coded; it is in the journal: "
                            + failure.getMessage(),
                    failure);
        }
    }
}
