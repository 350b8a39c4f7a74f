package dev.ardm.core.decision;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.CheckedStream;
import java.util.Arrays;

/**
 * Collects decisions, and then puts them on a stack so that they pop in the order in which they came.
 *
 * <p>A reader is {@link StackReader}.
 */
public final class StackWriter implements SymbolCoder {
    // Start in the upper half, number of slots less one in the lower.
    private int[] intervals = new int[256];
    private int size;

    @Override
    public boolean decide(int probability, boolean happens) {
        if (happens) {
            add(0, probability);
        } else {
            add(probability, Logistic.ONE - probability);
        }
        return happens;
    }

    @Override
    public int choose(int[] starts, int cases, int chosen) {
        add(starts[chosen], starts[chosen + 1] - starts[chosen]);
        return chosen;
    }

    private void add(int start, int frequency) {
        if (size == intervals.length) {
            intervals = Arrays.copyOf(intervals, Math.multiplyExact(size, 2));
        }
        intervals[size++] = start << 16 | frequency - 1;
    }

    /**
     * The stream of the decisions of one item with its check, which pop in the order in which they came; forgets them.
     *
     * @param check see {@link CheckedStream#encode(int[], int[], int, int, int)}
     */
    public byte[] checked(int check) {
        int[] starts = new int[size];
        int[] frequencies = new int[size];
        for (int k = 0; k < size; k++) {
            starts[k] = intervals[k] >>> 16;
            frequencies[k] = (intervals[k] & 0xFFFF) + 1;
        }
        byte[] stream = CheckedStream.encode(starts, frequencies, size, Logistic.BITS, check);
        size = 0;
        return stream;
    }

    /** Forgets the room that is not needed. */
    public void trim() {
        intervals = Arrays.copyOf(intervals, size);
    }

    /** Pushes all decisions, the last one first. */
    public void copy(AnsStack stack) {
        for (int k = size - 1; k >= 0; k--) {
            stack.push(intervals[k] >>> 16, (intervals[k] & 0xFFFF) + 1, Logistic.BITS);
        }
    }

    /** Pushes all decisions, the last one first, and forgets them. */
    public void push(AnsStack stack) {
        copy(stack);
        size = 0;
    }
}
