package dev.ardm.app.pack;

import dev.ardm.core.Item;
import dev.ardm.data.ItemCursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Items from all over the input, in their order: all of them, or every n-th where they are more than may be in memory.
 *
 * @param items as many as were kept
 * @param every of how many items one was kept; items that are too long to be kept count, but are not here
 * @param count number of all items
 * @param symbols number of all values, with one more for each item
 * @param equal whether all items are equal
 * @param files whether items of another kind were skipped
 */
public record ItemSample(List<Item> items, int every, long count, long symbols, boolean equal, int files) {
    /**
     * Goes through all items once.
     *
     * @param most number of symbols that are kept, a value each and one more for each item
     */
    public static ItemSample of(ItemCursor cursor, long most) throws IOException {
        List<Item> kept = new ArrayList<>();
        int every = 1;
        long count = 0;
        long symbols = 0;
        long held = 0;
        int[] first = null;
        boolean equal = true;
        for (Item item = cursor.next(); item != null; item = cursor.next()) {
            long length = item.values().length + 1L;
            first = first == null ? item.values() : first;
            equal = equal && Arrays.equals(first, item.values());
            if (count % every == 0 && length <= most) {
                kept.add(item);
                held += length;
            }
            count++;
            symbols += length;
            while (held > most) {
                every *= 2;
                kept = thinned(kept);
                held = kept.stream().mapToLong(one -> one.values().length + 1L).sum();
            }
            if (Thread.interrupted()) {
                throw new java.util.concurrent.CancellationException();
            }
        }
        return new ItemSample(
                kept, every, count, symbols, equal, cursor.skipped().count());
    }

    /** Every second one, and the first. */
    private static List<Item> thinned(List<Item> items) {
        List<Item> fewer = new ArrayList<>();
        for (int k = 0; k < items.size(); k += 2) {
            fewer.add(items.get(k));
        }
        return fewer;
    }

    /** Whether these are all items. */
    public boolean complete() {
        return items.size() == count;
    }
}
