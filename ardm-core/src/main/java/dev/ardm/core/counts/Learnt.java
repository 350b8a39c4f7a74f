package dev.ardm.core.counts;

import java.util.ArrayList;
import java.util.List;

/**
 * What was learnt from items: what followed each context, and how far each kind of context can be trusted. Threads may share it
 * while nothing learns.
 */
final class Learnt {
    private static final int LEAST_RATE = 24;
    private static final int MORE_AT_FIRST = 60;
    private static final int HALF_AFTER = 20_000;

    final Settings settings;
    final CountTable counts = new CountTable();
    final Evidence evidence = new Evidence();
    final Mixer mixer = new Mixer();

    /** The items themselves, in the order in which they were learnt; not to be changed. */
    final List<int[]> items = new ArrayList<>();

    final Certainty certainty = new Certainty();
    private final int[] frequencies = new int[SymbolPredictor.SYMBOLS];
    private int decisions;

    Learnt() {
        this(Settings.COMMON);
    }

    Learnt(Settings settings) {
        this.settings = settings;
    }

    /**
     * Numbers that were learnt from decisions.
     *
     * @param bits of the unit if they are probabilities, 0 if they are weights
     */
    record Trained(int[] values, int bits) {}

    /**
     * All that was learnt from decisions, always in the same order: it starts from the same values in each object. Who writes
     * there says so by {@link #refresh}.
     */
    List<Trained> trained() {
        return List.of(
                new Trained(mixer.weights, 0),
                new Trained(mixer.corrected, Mixer.CORRECTED_BITS),
                new Trained(evidence.probabilities, Evidence.BITS),
                new Trained(certainty.probabilities, Certainty.BITS));
    }

    /** Takes what was written into {@link #trained}. */
    void refresh() {
        evidence.refresh();
    }

    /** How often a symbol occurs at all. */
    int frequency(int symbol) {
        return frequencies[symbol];
    }

    /** Counts a symbol. */
    void occurs(int symbol) {
        frequencies[symbol]++;
    }

    /** Counts a symbol that occurred several times. */
    void occurs(int symbol, int times) {
        frequencies[symbol] += times;
    }

    /** The rate of the mixer's weights, in 1/4,096: it falls with the number of decisions that were learnt from. */
    int rate() {
        decisions = Math.min(decisions + 1, Integer.MAX_VALUE - 1);
        return LEAST_RATE + (int) ((long) MORE_AT_FIRST * HALF_AFTER / (HALF_AFTER + (long) decisions));
    }
}
