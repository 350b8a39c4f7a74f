package dev.ardm.core.masking;

import dev.ardm.core.masking.arithmetic.UnitDistributions.SymbolCoder;
import dev.ardm.core.masking.call.Call;
import dev.ardm.core.masking.call.Policy;
import dev.ardm.core.masking.plan.Order;
import dev.ardm.core.masking.window.EndedWindows;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

/** An item that contains its end, on its way until the end is decided: window by window, one value a call. For one thread. */
final class EndedWalk {
    private final Generation generation;
    private final EndedWindows windows;
    private final int end;
    /** Of which {@link #count} are there: how long the item becomes is not known. */
    private int[] values;

    private int count;
    private int index;
    private Walk walk;

    /**
     * Begins with what is not known.
     *
     * @param windows of the network
     * @param end the value that ends an item
     * @param beginning values that are known, none of which is the end
     */
    EndedWalk(Generation generation, EndedWindows windows, int end, int[] beginning) {
        this.generation = generation;
        this.windows = windows;
        this.end = end;
        this.values = beginning.clone();
        this.count = beginning.length;
        this.index = windows.count(count + 1) - 1;
        this.walk = window();
    }

    /** Begins with the window that decides the next value. */
    private Walk window() {
        int start = windows.start(index);
        int[] item = new int[windows.dimensions()];
        System.arraycopy(values, start, item, 0, count - start);
        return generation.walk(item, new UntilEnd(item.length, count - start, end));
    }

    Walk walk() {
        return walk;
    }

    /** Number of values that are known or decided, the end not counted. */
    int count() {
        return count;
    }

    /** The values that are known or decided. */
    int[] values() {
        return Arrays.copyOf(values, count);
    }

    /** Decides the next value. @return it, or the end, after which no call is left */
    <E extends Exception> int decide(Call call, SymbolCoder<E> coder) throws E {
        int[] item = walk.item();
        int place = walk.decide(call, coder)[0];
        int value = item[place];
        if (value == end) {
            return end;
        }
        if (count == values.length) {
            values = Arrays.copyOf(values, Math.max(windows.dimensions(), Math.addExact(count, count / 2)));
        }
        values[count++] = value;
        if (!walk.more()) {
            index++;
            walk = window();
        }
        return value;
    }

    /**
     * One value after the other until the end, or until the window is full.
     *
     * @param places of the window
     * @param from how many are known
     * @param end the value that ends an item
     */
    private record UntilEnd(int places, int from, int end) implements Policy {
        @Override
        public boolean[] known() {
            boolean[] known = new boolean[places];
            Arrays.fill(known, 0, from, true);
            return known;
        }

        @Override
        public Order order() {
            return Order.of(IntStream.range(0, places).toArray());
        }

        @Override
        public Iterator<Step> steps(int[] item) {
            return new Iterator<>() {
                private int next = from;

                @Override
                public boolean hasNext() {
                    return next < places && (next == from || item[next - 1] != end);
                }

                @Override
                public Step next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    return new Step(0, new int[] {next++});
                }
            };
        }
    }
}
