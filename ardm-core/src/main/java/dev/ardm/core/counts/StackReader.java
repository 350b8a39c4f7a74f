package dev.ardm.core.counts;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.CheckedStream;

/**
 * Reads decisions off a stack.
 *
 * @param least of the head where no words are under it: a smaller one is not what a writer left
 */
record StackReader(AnsStack stack, long least) implements SymbolCoder {
    StackReader(AnsStack stack) {
        this(stack, 0);
    }

    /**
     * A reader of a {@link CheckedStream}.
     *
     * @return throws an {@link ExhaustedException} where the stream has ended before what is read
     */
    static StackReader checked(AnsStack stack) {
        return new StackReader(stack, 1L << CheckedStream.MIN_CHECK_BITS);
    }

    /** A stream ended before what was read off it. */
    static final class ExhaustedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        ExhaustedException() {
            super("the stream ends too early", null, false, false);
        }
    }

    private void require() {
        if (stack.head() < least && stack.words() == 0) {
            throw new ExhaustedException();
        }
    }

    @Override
    public boolean decide(int probability, boolean happens) {
        require();
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
        require();
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
