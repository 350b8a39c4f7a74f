package dev.ardm.data.file;

import java.util.ArrayList;
import java.util.List;

/** Files that share a fate, for example that they were skipped: their number, and the names of the first. */
public final class SkippedFiles {
    private static final int SHOWN = 10;

    private final List<String> first = new ArrayList<>();
    private int count;

    /** Counts a file. */
    public void add(String name) {
        if (count < SHOWN) {
            first.add(name);
        }
        count++;
    }

    /** Counts all of others. */
    void addAll(SkippedFiles others) {
        int known = Math.min(SHOWN - Math.min(SHOWN, count), others.first.size());
        first.addAll(others.first.subList(0, known));
        count += others.count;
    }

    /** Those of a list. */
    public static SkippedFiles of(List<String> names) {
        SkippedFiles skipped = new SkippedFiles();
        names.forEach(skipped::add);
        return skipped;
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** The names of the first {@value #SHOWN}. */
    public List<String> first() {
        return List.copyOf(first);
    }
}
