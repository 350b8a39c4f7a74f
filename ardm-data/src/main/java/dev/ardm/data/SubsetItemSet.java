package dev.ardm.data;

import dev.ardm.core.Space;
import dev.ardm.data.file.FileRemarks;
import java.util.List;
import java.util.Objects;

/** Some items of another set. */
final class SubsetItemSet implements ItemSet {
    private final ItemSet whole;
    private final int[] indices;

    private SubsetItemSet(ItemSet whole, int[] indices) {
        this.whole = whole;
        this.indices = indices;
    }

    static ItemSet of(ItemSet set, int[] indices) {
        int[] own = indices.clone();
        for (int index : own) {
            Objects.checkIndex(index, set.size());
        }
        if (set instanceof SubsetItemSet inner) {
            for (int i = 0; i < own.length; i++) {
                own[i] = inner.indices[own[i]];
            }
            return new SubsetItemSet(inner.whole, own);
        }
        return new SubsetItemSet(set, own);
    }

    @Override
    public Space space() {
        return whole.space();
    }

    @Override
    public int size() {
        return indices.length;
    }

    @Override
    public int[] item(int index) {
        return whole.item(indices[Objects.checkIndex(index, indices.length)]);
    }

    @Override
    public String name(int index) {
        return whole.name(indices[Objects.checkIndex(index, indices.length)]);
    }

    @Override
    public int length(int index) {
        return whole.length(indices[Objects.checkIndex(index, indices.length)]);
    }

    @Override
    public int context(int index) {
        return whole.context(indices[Objects.checkIndex(index, indices.length)]);
    }

    @Override
    public int label(int index) {
        return whole.label(indices[Objects.checkIndex(index, indices.length)]);
    }

    @Override
    public List<String> skipped() {
        return whole.skipped();
    }

    @Override
    public FileRemarks remarks() {
        return whole.remarks();
    }
}
