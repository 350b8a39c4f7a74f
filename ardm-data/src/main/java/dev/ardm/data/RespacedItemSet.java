package dev.ardm.data;

import dev.ardm.core.Space;
import dev.ardm.data.file.FileRemarks;
import java.util.Arrays;
import java.util.List;

/** The items of another set, read as items of a space that they were checked to fit. */
final class RespacedItemSet implements ItemSet {
    private final ItemSet set;
    private final Space space;

    private RespacedItemSet(ItemSet set, Space space) {
        this.set = set;
        this.space = space;
    }

    static ItemSet of(ItemSet set, Space wanted) throws DataException {
        if (set.space().equals(wanted)) {
            return set;
        }
        Spaces.requireShape("the data", set.space().shape(), wanted);
        if (!Arrays.equals(set.space().categories(), wanted.categories())) {
            for (int i = 0; i < set.size(); i++) {
                int index = i;
                Spaces.requireValues(() -> "item " + index + " (" + set.name(index) + ")", set.item(i), wanted);
            }
        }
        return new RespacedItemSet(set, wanted);
    }

    @Override
    public Space space() {
        return space;
    }

    @Override
    public int size() {
        return set.size();
    }

    @Override
    public int[] item(int index) {
        return set.item(index);
    }

    @Override
    public String name(int index) {
        return set.name(index);
    }

    @Override
    public int length(int index) {
        return set.length(index);
    }

    @Override
    public int label(int index) {
        return set.label(index);
    }

    @Override
    public List<String> skipped() {
        return set.skipped();
    }

    @Override
    public FileRemarks remarks() {
        return set.remarks();
    }
}
