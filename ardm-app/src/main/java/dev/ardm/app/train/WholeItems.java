package dev.ardm.app.train;

import dev.ardm.app.FirstNames;
import dev.ardm.app.Listener;
import dev.ardm.core.Item;
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
     * @param listener is told what was skipped
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
     * @param read is told each time an item was read, of those that are in question or of others
     */
    Iterable<int[]> some(LongPredicate which, Runnable read) {
        return () -> new Iterator<>() {
            private final Iterator<int[]> all = kept != null ? kept.iterator() : new Reading(format, data);
            private long number;
            private int @Nullable [] next = advance();

            private int @Nullable [] advance() {
                while (all.hasNext()) {
                    int[] item = all.next();
                    read.run();
                    if (which.test(number++)) {
                        return item;
                    }
                }
                return null;
            }

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public int[] next() {
                int[] item = next;
                if (item == null) {
                    throw new NoSuchElementException();
                }
                next = advance();
                return item;
            }
        };
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
