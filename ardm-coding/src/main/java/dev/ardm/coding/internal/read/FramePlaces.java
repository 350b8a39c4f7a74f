package dev.ardm.coding.internal.read;

import java.util.Arrays;

/** The places of some frames of an archive, at most {@value #MOST}: of every one, or every second, fourth and so on. */
public final class FramePlaces {
    public static final int MOST = 1 << 14;

    private static final int LEAST = 16;

    private int[] tables = new int[LEAST];
    private int[] firstItems = new int[LEAST];
    private long[] entries = new long[LEAST];
    private long[] befores = new long[LEAST];
    private int size;
    private long stride = 1;
    private long seen;

    /** Takes the place of the next frame. */
    public void add(FramePlace place) {
        if (seen % stride == 0 && size == MOST) {
            halve();
        }
        if (seen % stride == 0) {
            if (size == tables.length) {
                grow();
            }
            tables[size] = place.table();
            firstItems[size] = place.firstItem();
            entries[size] = place.entryAt();
            befores[size] = place.before();
            size++;
        }
        seen++;
    }

    private void grow() {
        tables = Arrays.copyOf(tables, 2 * size);
        firstItems = Arrays.copyOf(firstItems, 2 * size);
        entries = Arrays.copyOf(entries, 2 * size);
        befores = Arrays.copyOf(befores, 2 * size);
    }

    private void halve() {
        size /= 2;
        stride *= 2;
        for (int i = 0; i < size; i++) {
            tables[i] = tables[2 * i];
            firstItems[i] = firstItems[2 * i];
            entries[i] = entries[2 * i];
            befores[i] = befores[2 * i];
        }
    }

    public int size() {
        return size;
    }

    /** The last place that was kept whose frame begins with this item or one before it. */
    public FramePlace before(int item) {
        int found = Arrays.binarySearch(firstItems, 0, size, item);
        int i = found >= 0 ? found : -found - 2;
        return new FramePlace(tables[i], entries[i], befores[i], firstItems[i]);
    }
}
