package dev.ardm.train;

import dev.ardm.core.Space;
import dev.ardm.core.masking.network.CountLogs;
import dev.ardm.data.ItemSet;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Items with models of counts that did not learn them, to train and measure networks that are told what counts say. Counts of an item that
 * they learnt would be much surer of it than of a new one, and a network would learn to trust them too far. Counting takes longer than a
 * step of a small network, so what was counted is kept as far as there is room.
 */
public final class CountedItems implements ItemSet {
    /** Logarithms that are kept, at most: 128 MiB. */
    private static final long MOST_KEPT = 1 << 25;

    private final ItemSet items;
    private final List<CountLogs> folds;
    private final Map<Integer, float[]> kept = new ConcurrentHashMap<>();
    private final AtomicLong room = new AtomicLong(MOST_KEPT);

    /**
     * @param folds item k has the counts of number k modulo their number, which have not learnt it
     */
    public CountedItems(ItemSet items, List<CountLogs> folds) {
        this.items = items;
        this.folds = List.copyOf(folds);
    }

    /** Number of folds of items that have counts of their own. */
    public int folds() {
        return folds.size();
    }

    /**
     * What counts say of the values of items: their natural logarithms, 0 beyond the categories of a column.
     *
     * @param indices of the items
     * @param lengths values of each
     * @param values of the items, {@code [items, places]}
     * @return {@code [items, places, categories]}
     */
    float[] logs(int[] indices, int[] lengths, int[] values) {
        int places = values.length / indices.length;
        int categories = space().maxCategories();
        float[] logs = new float[Math.multiplyExact(values.length, categories)];
        IntStream.range(0, indices.length).parallel().forEach(n -> {
            float[] own = kept.get(indices[n]);
            if (own == null) {
                own = counted(indices[n], Arrays.copyOfRange(values, n * places, n * places + lengths[n]));
            }
            int from = 0;
            for (int place = 0; place < lengths[n]; place++) {
                int count = space().categories(place);
                System.arraycopy(own, from, logs, (n * places + place) * categories, count);
                from += count;
            }
        });
        return logs;
    }

    /** What counts say of the categories of each column of an item, one column after the other. */
    private float[] counted(int index, int[] item) {
        int categories = space().maxCategories();
        float[] all = new float[Math.multiplyExact(item.length, categories)];
        folds.get(index % folds.size()).write(item, 0, item.length, all, 0);
        int size = 0;
        for (int place = 0; place < item.length; place++) {
            int count = space().categories(place);
            System.arraycopy(all, place * categories, all, size, count);
            size += count;
        }
        float[] own = Arrays.copyOf(all, size);
        if (room.addAndGet(-size) >= 0) {
            kept.put(index, own);
        }
        return own;
    }

    @Override
    public Space space() {
        return items.space();
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public int[] item(int index) {
        return items.item(index);
    }

    @Override
    public int length(int index) {
        return items.length(index);
    }

    @Override
    public int label(int index) {
        return items.label(index);
    }

    @Override
    public String name(int index) {
        return items.name(index);
    }

    /** {@inheritDoc} Each keeps the counts that it has here. */
    @Override
    public ItemSet subset(int[] indices) {
        List<CountLogs> own = IntStream.of(indices)
                .mapToObj(index -> folds.get(index % folds.size()))
                .toList();
        return new CountedItems(items.subset(indices), own);
    }
}
