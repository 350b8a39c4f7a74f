package dev.ardm.app.score;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.data.ItemSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Items that contain their end, to measure a model of such on.
 *
 * @param items without their ends
 * @param layout of records; of sequences if no item fits a window, so that these are windows
 */
public record HeldOutRecords(List<Item> items, ItemLayout layout) {
    /** The items of windows that fit one; all windows if none does. */
    public static HeldOutRecords of(ItemSet windows) {
        int end = windows.space().maxCategories() - 1;
        List<Item> whole = new ArrayList<>();
        List<Item> parts = new ArrayList<>();
        for (int i = 0; i < windows.size(); i++) {
            int[] values = windows.present(i);
            boolean ends = values[values.length - 1] == end;
            Item item = Item.of(ends ? Arrays.copyOf(values, values.length - 1) : values);
            (ends && windows.context(i) == 0 ? whole : parts).add(item);
        }
        return whole.isEmpty()
                ? new HeldOutRecords(parts, ItemLayout.sequences(0, 0))
                : new HeldOutRecords(whole, ItemLayout.RECORDS);
    }

    /** The exact cost of them, by the only plan of a causal model. */
    public Estimate measure(LikelihoodModel model) {
        return model.estimators(model.plan(1), layout, 1).get(0).measure(items, 0, LikelihoodModel.NO_PROGRESS);
    }

    /** Number of values of all of them. */
    public long values() {
        return items.stream().mapToLong(item -> item.values().length).sum();
    }
}
