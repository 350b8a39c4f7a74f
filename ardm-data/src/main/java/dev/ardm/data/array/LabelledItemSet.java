package dev.ardm.data.array;

import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemSet;
import dev.ardm.data.file.FileRemarks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The items of another set, each with the class it belongs to. */
public final class LabelledItemSet implements ItemSet {
    private final ItemSet set;
    private final int[] labels;

    private LabelledItemSet(ItemSet set, int[] labels) {
        this.set = set;
        this.labels = labels;
    }

    /**
     * @param labels the class of each item, at least 0, or {@link ItemSet#UNLABELLED}
     * @throws IllegalArgumentException if they are not as many as the items, or one is below {@link ItemSet#UNLABELLED}
     */
    public static LabelledItemSet of(ItemSet set, int[] labels) {
        if (labels.length != set.size()) {
            throw new IllegalArgumentException(labels.length + " labels for " + set.size() + " items");
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < UNLABELLED) {
                throw new IllegalArgumentException("item " + i + " has the label " + labels[i]);
            }
        }
        return new LabelledItemSet(set, labels.clone());
    }

    /**
     * Reads the labels of a set: an IDX or NPY file, plain or gzip, of one axis, with one integer for each item.
     *
     * @param data name of the set, for messages
     * @throws DataException if the file does not contain labels, or not one per item; names the file and the cause
     */
    public static LabelledItemSet read(ItemSet set, String data, Path path) throws IOException {
        int[] labels = LabelFiles.read(path);
        if (labels.length != set.size()) {
            throw DataException.in(
                    path.toString(), labels.length + " labels do not fit the " + set.size() + " items of " + data);
        }
        return new LabelledItemSet(set, labels);
    }

    /**
     * Reads the labels of a set for a model that knows that many classes.
     *
     * @throws DataException also if a label is not in {@code [0, classes)}
     */
    public static LabelledItemSet read(ItemSet set, String data, Path path, int classes) throws IOException {
        LabelledItemSet labelled = read(set, data, path);
        for (int i = 0; i < labelled.labels.length; i++) {
            if (labelled.labels[i] >= classes) {
                throw DataException.in(
                        path.toString(),
                        "item " + i + " has the label " + labelled.labels[i] + ", outside [0, " + (classes - 1) + "]");
            }
        }
        return labelled;
    }

    /** One more than the largest label: the number of classes, as far as can be seen here. */
    public int classes() {
        return Arrays.stream(labels).max().orElse(UNLABELLED) + 1;
    }

    @Override
    public Space space() {
        return set.space();
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
        return labels[Objects.checkIndex(index, labels.length)];
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
