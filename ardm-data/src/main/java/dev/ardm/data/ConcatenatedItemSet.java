package dev.ardm.data;

import dev.ardm.core.Space;
import dev.ardm.data.file.FileRemarks;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Sets of one space, one after the other. */
public final class ConcatenatedItemSet implements ItemSet {
    private final List<ItemSet> sets;
    private final int[] starts;
    private final int size;
    private final List<String> names;
    private final List<String> skipped;

    private ConcatenatedItemSet(List<ItemSet> sets, int[] starts, int size, List<String> names, List<String> skipped) {
        this.sets = sets;
        this.starts = starts;
        this.size = size;
        this.names = names;
        this.skipped = skipped;
    }

    public static ItemSet of(List<ItemSet> sets, List<String> labels) {
        int[] starts = new int[sets.size()];
        int size = 0;
        List<List<String>> names = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        for (int s = 0; s < starts.length; s++) {
            ItemSet set = sets.get(s);
            starts[s] = size;
            size = Math.addExact(size, set.size());
            List<String> own = new ArrayList<>(set.size());
            for (int i = 0; i < set.size(); i++) {
                own.add(set.name(i));
            }
            names.add(own);
            skipped.addAll(set.skipped());
        }
        return new ConcatenatedItemSet(
                List.copyOf(sets), starts, size, Names.joined(labels, names), List.copyOf(skipped));
    }

    @Override
    public Space space() {
        return sets.get(0).space();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int[] item(int index) {
        int s = setOf(index);
        return sets.get(s).item(index - starts[s]);
    }

    private int setOf(int index) {
        Objects.checkIndex(index, size);
        int s = starts.length - 1;
        while (starts[s] > index) {
            s--;
        }
        return s;
    }

    @Override
    public int length(int index) {
        int s = setOf(index);
        return sets.get(s).length(index - starts[s]);
    }

    @Override
    public int label(int index) {
        int s = setOf(index);
        return sets.get(s).label(index - starts[s]);
    }

    @Override
    public String name(int index) {
        return names.get(index);
    }

    @Override
    public List<String> skipped() {
        return skipped;
    }

    @Override
    public FileRemarks remarks() {
        FileRemarks remarks = new FileRemarks();
        sets.forEach(set -> remarks.addAll(set.remarks()));
        return remarks;
    }
}
