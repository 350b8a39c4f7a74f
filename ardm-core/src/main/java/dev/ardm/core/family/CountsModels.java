package dev.ardm.core.family;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Space;
import dev.ardm.core.counts.CountsForm;
import dev.ardm.core.counts.CountsModel;
import dev.ardm.core.counts.CountsOptions;
import dev.ardm.core.counts.NextValueCounts;
import dev.ardm.core.counts.internal.PrimerModel;
import dev.ardm.core.counts.pixel.PixelCountsModel;
import dev.ardm.core.counts.row.RowCountsModel;
import dev.ardm.core.model.Model;
import java.util.ArrayList;
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
     * @param options how the model is stored; of images the size of the primer
     * @throws IllegalArgumentException if no model of counts takes such items, or none with such options
     */
    public static Model learn(
            Space space, ItemLayout layout, String data, Iterable<int[]> items, CountsOptions options) {
        if (!ofOneSize(space, layout)) {
            return CountsModel.learn(space, data, items, options);
        }
        if (options.form().filter(form -> form != CountsForm.PRIMER).isPresent()) {
            throw new IllegalArgumentException("items of one size are learnt as a primer only");
        }
        List<int[]> list = listed(items);
        if (images(space, layout)) {
            return PixelCountsModel.learn(
                    space, data, list, options.bytes() == 0 ? PixelCountsModel.USUAL_BYTES : options.bytes());
        }
        if (options.bytes() != 0) {
            throw new IllegalArgumentException("a model of counts of rows has no size to choose");
        }
        return RowCountsModel.learn(space, data, list);
    }

    /**
     * Learns items so that {@link NextValueCounts#nextValues} tells most of them.
     *
     * @param items values
     * @param options how the model is stored; of rows without a size
     * @throws IllegalArgumentException as {@link #learn}, or if the model would not go from the first value to the last
     */
    public static NextValueCounts learnNextValues(
            Space space, ItemLayout layout, Iterable<int[]> items, CountsOptions options) {
        if (!images(space, layout) && rows(space, layout)) {
            return RowCountsModel.learnLeftToRight(space, "", listed(items));
        }
        if (learn(space, layout, "", items, options) instanceof NextValueCounts counts) {
            return counts;
        }
        throw new IllegalArgumentException("counts of " + space + " do not go from the first value to the last");
    }

    private static List<int[]> listed(Iterable<int[]> items) {
        if (items instanceof List<int[]> given) {
            return given;
        }
        List<int[]> list = new ArrayList<>();
        items.forEach(list::add);
        return list;
    }

    /** How many of so many items a model of {@link #learn} has learnt. */
    public static long learnt(Model model, long items) {
        return model instanceof PrimerModel some ? some.items() : items;
    }
}
