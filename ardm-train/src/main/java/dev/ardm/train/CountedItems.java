package dev.ardm.train;

import dev.ardm.core.Space;
import dev.ardm.core.masking.network.CountLogs;
import dev.ardm.data.ItemSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Items with models of counts that did not learn them, to train and measure networks that are told what counts say. Counts of an item that
 * they learnt would be much surer of it than of a new one, and a network would learn to trust them too far.
 */
public final class CountedItems implements ItemSet {
    private final ItemSet items;
    private final List<CountLogs> folds;

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
     * What counts say of the values of items: their natural logarithms.
     *
     * @param indices of the items
     * @param lengths values of each
     * @param values {@code [items, places]}
     * @return {@code [items, places, categories]}
     */
    float[] logs(int[] indices, int[] lengths, int[] values) {
        int places = values.length / indices.length;
        int categories = space().maxCategories();
        float[] logs = new float[Math.multiplyExact(values.length, categories)];
        IntStream.range(0, indices.length).parallel().forEach(n -> folds.get(indices[n] % folds.size())
                .write(values, n * places, lengths[n], logs, n * places * categories));
        return logs;
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
