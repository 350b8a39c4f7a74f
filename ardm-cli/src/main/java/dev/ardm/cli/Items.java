package dev.ardm.cli;

import dev.ardm.data.ItemSet;
import java.util.ArrayList;
import java.util.List;

/** Small helpers on item sets. */
final class Items {
    private Items() {}

    /** All items of a set in memory. */
    static List<int[]> list(ItemSet set) {
        List<int[]> items = new ArrayList<>(set.size());
        for (int i = 0; i < set.size(); i++) {
            items.add(set.item(i));
        }
        return items;
    }
}
