package dev.ardm.core.store;

import dev.ardm.core.Item;
import dev.ardm.core.model.LikelihoodModel;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What was acknowledged of a {@link JournaledStore} that another process may have open, when this was made: coded items, and those of the journal.
 * Not safe for use by several threads.
 */
public final class StoreView implements Closeable {
    private static final int TRIES = 100;

    private final Snapshot snapshot;
    private final TreeMap<Long, JournalEntry> raw;
    private final Keys keys;

    private StoreView(Snapshot snapshot, TreeMap<Long, JournalEntry> raw, Keys keys) {
        this.snapshot = snapshot;
        this.raw = raw;
        this.keys = keys;
    }

    /**
     * Looks at a store.
     *
     * @throws dev.ardm.coding.error.ArchiveException if the file is not an archive, it or its journal is damaged, or of another model
     * @throws IOException if it cannot be read
     */
    public static StoreView of(Path file, LikelihoodModel model) throws IOException {
        Snapshot snapshot = new Snapshot(file, model);
        try {
            for (int k = 0; k < TRIES; k++) {
                TreeMap<Long, JournalEntry> raw = entries(file);
                snapshot.refresh();
                // Entries go only after their items were committed, so an archive that is read later has what is gone.
                long size = snapshot.size();
                raw.headMap(size).clear();
                if (raw.isEmpty() || raw.firstKey() == size && raw.lastKey() == size + raw.size() - 1) {
                    Keys keys = Keys.of(snapshot, size);
                    raw.values().forEach(entry -> keys.take(entry.number(), entry.key(), entry.deleted()));
                    return new StoreView(snapshot, raw, keys);
                }
            }
            throw new IOException(file + ": its journal changes too fast to be read");
        } catch (IOException | RuntimeException e) {
            snapshot.close();
            throw e;
        }
    }

    private static TreeMap<Long, JournalEntry> entries(Path file) throws IOException {
        TreeMap<Long, JournalEntry> raw = new TreeMap<>();
        for (Path segment : Journal.of(file)) {
            try {
                Journal.read(segment).forEach(entry -> raw.put(entry.number(), entry));
            } catch (NoSuchFileException e) {
                // It went meanwhile, because all its items are coded.
            }
        }
        return raw;
    }

    /** The number of items, those that say that a key is gone included. */
    public long size() {
        return keys.next();
    }

    /** The number of the newest item of a key. */
    public OptionalLong find(String key) {
        return keys.find(key);
    }

    /** An item; errors as those of {@link JournaledStore#get(long)}. */
    public Item get(long number) throws IOException {
        Objects.checkIndex(number, size());
        if (keys.isDeletion(number)) {
            throw new NoSuchElementException("number " + number + " is that of a deletion");
        }
        JournalEntry entry = raw.get(number);
        return entry != null ? entry.item() : snapshot.get(number);
    }

    @Override
    public void close() throws IOException {
        snapshot.close();
    }
}
