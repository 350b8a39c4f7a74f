package dev.ardm.app.train;

import dev.ardm.app.FirstNames;
import dev.ardm.app.Listener;
import dev.ardm.core.Item;
import dev.ardm.core.counts.ChosenItems;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.ItemSet;
import dev.ardm.data.format.DataFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The items of files, in memory if they have few values, otherwise read again each time. */
final class WholeItems {
    private final DataFormat format;
    private final Path data;
    private final @Nullable List<int[]> kept;
    private final long size;

    private WholeItems(DataFormat format, Path data, @Nullable List<int[]> kept, long size) {
        this.format = format;
        this.data = data;
        this.kept = kept;
        this.size = size;
    }

    /**
     * Reads the items of files.
     *
     * @param most values that are kept in memory, with one more for each item
     * @param listener receives the files that were skipped
     */
    static WholeItems of(DataFormat format, Path data, long most, Listener listener) throws IOException {
        List<int[]> kept = new ArrayList<>();
        long size = 0;
        long symbols = 0;
        try (ItemCursor cursor = format.wholeItems(List.of(data))) {
            for (Item item = cursor.next(); item != null; item = cursor.next()) {
                size++;
                symbols += item.values().length + 1L;
                if (symbols <= most) {
                    kept.add(item.values());
                } else {
                    kept.clear();
                }
            }
            FirstNames.tellSkipped(cursor.skipped(), listener);
            FirstNames.tellRemarks(cursor.remarks(), listener);
        }
        return new WholeItems(format, data, symbols <= most ? kept : null, size);
    }

    /** Reads the items of files, all of one size. */
    static WholeItems ofOneSize(DataFormat format, Path data) throws IOException {
        ItemSet items = format.items(List.of(data));
        List<int[]> kept =
                IntStream.range(0, items.size()).mapToObj(items::item).toList();
        return new WholeItems(format, data, kept, kept.size());
    }

    /** Number of items. */
    long size() {
        return size;
    }

    /** Whether they are in memory. */
    boolean inMemory() {
        return kept != null;
    }

    /**
     * Items by their numbers.
     *
     * @param read runs after each item that was read, chosen or not
     */
    Iterable<int[]> some(LongPredicate which, Runnable read) {
        return ChosenItems.of(() -> new Told(kept != null ? kept.iterator() : new Reading(format, data), read), which);
    }

    private record Told(Iterator<int[]> items, Runnable read) implements Iterator<int[]> {
        @Override
        public boolean hasNext() {
            return items.hasNext();
        }

        @Override
        public int[] next() {
            int[] item = items.next();
            read.run();
            return item;
        }
    }

    /** Reads files to their end. Throws {@link UncheckedIOException}. */
    private static final class Reading implements Iterator<int[]> {
        private final ItemCursor cursor;
        private @Nullable Item next;

        Reading(DataFormat format, Path data) {
            try {
                cursor = format.wholeItems(List.of(data));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            advance();
        }

        private void advance() {
            try {
                next = cursor.next();
                if (next == null) {
                    cursor.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public int[] next() {
            Item item = next;
            if (item == null) {
                throw new NoSuchElementException();
            }
            advance();
            return item.values();
        }
    }
}
