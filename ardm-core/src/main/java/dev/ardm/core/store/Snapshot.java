package dev.ardm.core.store;

import dev.ardm.core.Item;
import dev.ardm.core.archive.DecodedItem;
import dev.ardm.core.archive.ItemArchive;
import dev.ardm.core.model.LikelihoodModel;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/** What is committed of an archive that grows; opened again where a number is asked for that came later. Thread-safe. */
final class Snapshot implements Closeable {
    private final Path file;
    private final LikelihoodModel model;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private @Nullable ItemArchive archive;

    Snapshot(Path file, LikelihoodModel model) {
        this.file = file;
        this.model = model;
    }

    /** Reads from an archive. */
    private interface Reading<R> {
        R from(ItemArchive archive) throws IOException;
    }

    private <R> R read(long upTo, Reading<R> reading) throws IOException {
        lock.readLock().lock();
        try {
            ItemArchive open = archive;
            if (open != null && open.size() >= upTo) {
                return reading.from(open);
            }
        } finally {
            lock.readLock().unlock();
        }
        lock.writeLock().lock();
        try {
            ItemArchive open = archive;
            if (open == null || open.size() < upTo) {
                ItemArchive newer = ItemArchive.openCommitted(file, model);
                archive = newer;
                if (open != null) {
                    open.close();
                }
                open = newer;
            }
            return reading.from(open);
        } finally {
            lock.writeLock().unlock();
        }
    }

    Optional<String> name(long number) throws IOException {
        return read(number + 1, open -> open.name((int) number));
    }

    Item get(long number) throws IOException {
        return read(number + 1, open -> open.item((int) number).item());
    }

    /** Puts in items, in the place of those with their numbers. */
    void fill(long from, long to, Map<Long, Item> items) throws IOException {
        if (from < to) {
            List<DecodedItem> decoded = read(to, open -> open.items((int) from, (int) to));
            for (int k = 0; k < decoded.size(); k++) {
                if (items.containsKey(from + k)) {
                    items.put(from + k, decoded.get(k).item());
                }
            }
        }
    }

    /** The number of items that are committed now. */
    long size() throws IOException {
        return read(0, open -> (long) open.size());
    }

    /** Opens it again at the next reading. */
    void refresh() throws IOException {
        lock.writeLock().lock();
        try {
            if (archive != null) {
                archive.close();
                archive = null;
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public void close() throws IOException {
        refresh();
    }
}
