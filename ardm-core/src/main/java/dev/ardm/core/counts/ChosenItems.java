package dev.ardm.core.counts;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Items by their numbers, read one at a time. */
public final class ChosenItems implements Iterator<int[]> {
    private final Iterator<int[]> all;
    private final LongPredicate which;
    private long number;
    private int @Nullable [] next;

    private ChosenItems(Iterator<int[]> all, LongPredicate which) {
        this.all = all;
        this.which = which;
        advance();
    }

    /**
     * Some of the items.
     *
     * @param items the same whenever they are read
     * @param which by their numbers, from 0
     */
    public static Iterable<int[]> of(Iterable<int[]> items, LongPredicate which) {
        return () -> new ChosenItems(items.iterator(), which);
    }

    private void advance() {
        next = null;
        while (next == null && all.hasNext()) {
            int[] item = all.next();
            next = which.test(number++) ? item : null;
        }
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public int[] next() {
        int[] item = next;
        if (item == null) {
            throw new NoSuchElementException();
        }
        advance();
        return item;
    }
}
