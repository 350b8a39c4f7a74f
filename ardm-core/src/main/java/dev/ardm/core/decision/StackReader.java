package dev.ardm.core.decision;

import dev.ardm.coding.AnsStack;

/** Reads decisions off a stack. */
public record StackReader(AnsStack stack) implements SymbolCoder {
    @Override
    public boolean decide(int probability, boolean happens) {
        boolean read = stack.peek(Logistic.BITS) < probability;
        if (read) {
            stack.pop(0, probability, Logistic.BITS);
        } else {
            stack.pop(probability, Logistic.ONE - probability, Logistic.BITS);
        }
        return read;
    }

    @Override
    public int choose(int[] starts, int cases, int chosen) {
        int slot = stack.peek(Logistic.BITS);
        int low = 0;
        int high = cases - 1;
        while (low < high) { // The last case that begins at the slot or before it.
            int middle = low + high + 1 >>> 1;
            if (starts[middle] <= slot) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        stack.pop(starts[low], starts[low + 1] - starts[low], Logistic.BITS);
        return low;
    }
}
