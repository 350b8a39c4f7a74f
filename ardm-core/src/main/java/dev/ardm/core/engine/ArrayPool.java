package dev.ardm.core.engine;

import java.util.ArrayList;
import java.util.List;

/** Arrays that serve one evaluation after another, so that nothing is allocated but in the first. */
final class ArrayPool {
    // A network has few sizes: looking through them is quicker than a hash table of boxed numbers.
    private final List<Shelf> shelves = new ArrayList<>();
    private final boolean rounding;

    /** Arrays of exactly the sizes asked for. */
    ArrayPool() {
        this(false);
    }

    private ArrayPool(boolean rounding) {
        this.rounding = rounding;
    }

    /** Arrays of the next power of two, for sizes that are many: the values of an array may be more than its shape says. */
    static ArrayPool rounding() {
        return new ArrayPool(true);
    }

    /** All arrays of one size, those in use first. */
    private static final class Shelf {
        private final int size;
        private final List<float[]> arrays = new ArrayList<>();
        private int used;

        Shelf(int size) {
            this.size = size;
        }

        float[] take() {
            if (used == arrays.size()) {
                arrays.add(new float[size]);
            }
            return arrays.get(used++);
        }
    }

    /** An array of that shape with unspecified content. */
    ExactArray array(int... shape) {
        int size = 1;
        for (int extent : shape) {
            size = Math.multiplyExact(size, extent);
        }
        int kept = rounding && size > 1 ? Integer.highestOneBit(size - 1) << 1 : size;
        return new ExactArray(shelf(kept < size ? size : kept).take(), shape);
    }

    private Shelf shelf(int size) {
        for (Shelf shelf : shelves) {
            if (shelf.size == size) {
                return shelf;
            }
        }
        Shelf made = new Shelf(size);
        shelves.add(made);
        return made;
    }

    /** Takes back all arrays handed out since the last call. */
    void recycle() {
        for (Shelf shelf : shelves) {
            shelf.used = 0;
        }
    }
}
