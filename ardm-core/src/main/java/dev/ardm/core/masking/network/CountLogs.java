package dev.ardm.core.masking.network;

import dev.ardm.core.Space;
import dev.ardm.core.counts.NextValue;
import dev.ardm.core.counts.NextValueCounts;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * What a model of counts tells a network of the values of an item: how likely each is, given those before it. For several threads.
 */
public final class CountLogs {
    private final Supplier<NextValue> predictors;
    private final int categories;

    /**
     * What a model says.
     *
     * @param space of the network's items; of a category more than the model's if the last one ends an item
     * @throws IllegalArgumentException if the model has other values
     */
    public CountLogs(NextValueCounts counts, Space space) {
        int own = counts.space().maxCategories();
        categories = space.maxCategories();
        boolean ends = space.categories().length == 1 && categories == own + 1;
        if (!ends && !Arrays.equals(space.categories(), counts.space().categories())) {
            throw new IllegalArgumentException("counts of items of " + counts.space() + " for items of " + space);
        }
        predictors = counts.nextValues(categories > own);
    }

    /** At the beginning of an item. */
    public NextValue begin() {
        NextValue next = predictors.get();
        next.begin();
        return next;
    }

    /** Items, told of their places up to the last one of each that is wanted. */
    public NetworkInput tell(NetworkInput items, int[] wanted) {
        int dimensions = items.space().dimensions();
        int[] shown = items.shown(wanted);
        float[] logs = new float[Math.multiplyExact(items.batch() * dimensions, categories)];
        for (int n = 0; n < shown.length; n++) {
            int[] values = new int[shown[n]];
            for (int place = 0; place < values.length; place++) {
                values[place] = Math.max(0, items.least(n * dimensions + place));
            }
            write(values, 0, values.length, logs, n * dimensions * categories);
        }
        return items.withCountLogs(logs);
    }

    /**
     * The natural logarithms for the first places of an item.
     *
     * @param from where the item begins in {@code values}
     * @param places how many
     * @param at where they go in {@code out}, as many for each place as there are categories
     */
    public void write(int[] values, int from, int places, float[] out, int at) {
        NextValue next = begin();
        for (int place = 0; place < places; place++) {
            next.logs(out, at + place * categories);
            if (place + 1 < places) {
                next.append(values[from + place]);
            }
        }
    }
}
