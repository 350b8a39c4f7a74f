package dev.ardm.core.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

/** Goes over the values of all items of an archive, decoding as many ahead as may be in memory together. For one thread. */
final class AllItems implements Iterator<int[]> {
    private final ItemArchive archive;
    private Iterator<DecodedItem> chunk = List.<DecodedItem>of().iterator();
    private int next;

    AllItems(ItemArchive archive) {
        this.archive = archive;
    }

    /** All of them, whatever was taken from this iterator. */
    Stream<int[]> stream() {
        return Stream.iterate(range(0), range -> range.from < archive.size(), range -> range(range.to))
                .flatMap(range -> items(range).stream())
                .map(AllItems::intact);
    }

    /** A range of items that are decoded together. */
    private record Range(int from, int to) {}

    private Range range(int from) {
        try {
            return new Range(from, archive.chunkEnd(from));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<DecodedItem> items(Range range) {
        try {
            return archive.items(range.from, range.to);
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

    @Override
    public boolean hasNext() {
        return chunk.hasNext() || next < archive.size();
    }

    @Override
    public int[] next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (!chunk.hasNext()) {
            Range range = range(next);
            chunk = items(range).iterator();
            next = range.to;
        }
        return intact(chunk.next());
    }
}
