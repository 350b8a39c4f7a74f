package dev.ardm.core.family;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Space;
import dev.ardm.core.counts.CountsModel;
import dev.ardm.core.counts.internal.PrimerModel;
import dev.ardm.core.counts.pixel.PixelCountsModel;
import dev.ardm.core.counts.row.RowCountsModel;
import dev.ardm.core.model.Model;
import java.util.List;

/** Learns items by counts: sequences, images of one size or rows, each by the family that takes them. */
public final class CountsModels {
    private CountsModels() {}

    /** Whether items are learnt as items of one size: images, or rows whose values are not all alike or of many categories. */
    public static boolean ofOneSize(Space space, ItemLayout layout) {
        return images(space, layout) || rows(space, layout);
    }

    private static boolean images(Space space, ItemLayout layout) {
        return !layout.anySize() && PixelCountsModel.takes(space);
    }

    private static boolean rows(Space space, ItemLayout layout) {
        int most = space.maxCategories();
        for (int categories : space.categories()) {
            if (categories < most) {
                return true;
            }
        }
        return layout.equals(ItemLayout.ROWS) || most > CountsModel.MOST_CATEGORIES;
    }

    /**
     * Learns items.
     *
     * @param data how files become items, as JSON of the data format; empty if the space suffices
     * @param items values
     * @throws IllegalArgumentException if no model of counts takes such items
     */
    public static Model learn(Space space, ItemLayout layout, String data, List<int[]> items) {
        if (images(space, layout)) {
            return PixelCountsModel.learn(space, data, items);
        }
        return rows(space, layout)
                ? RowCountsModel.learn(space, data, items)
                : CountsModel.learn(space, data, items);
    }

    /** How many of so many items a model of {@link #learn} has learnt. */
    public static int learnt(Model model, int items) {
        return model instanceof PrimerModel some ? some.items() : items;
    }
}
