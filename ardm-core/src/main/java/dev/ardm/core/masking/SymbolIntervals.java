package dev.ardm.core.masking;

import dev.ardm.coding.CheckedStream;
import dev.ardm.core.Item;
import dev.ardm.core.arithmetic.UnitDistributions;
import java.util.ArrayList;
import java.util.List;

/**
 * The intervals of all symbols of several streams. Encoded items are known, so each network call writes the
 * intervals of its symbols, on any thread. A stream is written, last symbol first, when all are complete.
 */
final class SymbolIntervals {
    private final int[][] starts;
    private final int[][] frequencies;

    /**
     * @param symbols number of symbols of each stream
     */
    SymbolIntervals(int[] symbols) {
        this.starts = new int[symbols.length][];
        this.frequencies = new int[symbols.length][];
        for (int n = 0; n < symbols.length; n++) {
            starts[n] = new int[symbols[n]];
            frequencies[n] = new int[symbols[n]];
        }
    }

    /**
     * Evaluates a network call and notes its symbols.
     *
     * @param task how the item, or window, is generated
     * @param item its values
     * @param stream which stream they belong to
     * @param first place of the call's first symbol in that stream
     */
    void note(Generation generation, SequenceWindow.Task task, int[] item, int call, int stream, int first)
            throws Exception {
        UnitDistributions distributions = generation.distributions();
        int[] coded = item.clone(); // Coding a symbol writes its value, and other threads read the item.
        int[] next = {first};
        generation.call(
                coded,
                task.known(),
                task.order(),
                task.schedule(),
                call,
                (unit, stage, outputs, offset) ->
                        distributions.code(outputs, offset, coded, unit, stage, (distribution, symbol) -> {
                            starts[stream][next[0]] = distribution.start(symbol);
                            frequencies[stream][next[0]++] = distribution.frequency(symbol);
                            return symbol;
                        }));
    }

    /**
     * The bytes of all streams, when all symbols are noted.
     *
     * @param items what each stream decodes to
     */
    List<byte[]> encode(List<Item> items) {
        List<byte[]> streams = new ArrayList<>();
        for (int n = 0; n < starts.length; n++) {
            Item item = items.get(n);
            int check = CheckedStream.checkOf(item.side(), item.shape(), item.values());
            streams.add(CheckedStream.encode(
                    starts[n], frequencies[n], starts[n].length, UnitDistributions.PRECISION, check));
        }
        return streams;
    }
}
