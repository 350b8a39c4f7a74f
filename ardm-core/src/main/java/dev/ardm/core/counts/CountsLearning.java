package dev.ardm.core.counts;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.core.Space;
import dev.ardm.core.counts.internal.Measure;
import org.jspecify.annotations.Nullable;

/** Learns items into one of the forms in which a model of counts is stored. */
final class CountsLearning {
    /** Symbols of a primer that is chosen where entries are to be had: so many are learnt again soon when the model opens. */
    static final int AT_ONCE = 1 << 19;

    private static final int HELD_OUT = 1 << 16; // Symbols on which forms are compared, about.
    private static final int EVERY = 8; // At most one of so many items is held out.
    private static final int RELEARNT = 32; // Where there are fewer to one that is, all are learnt in the end.

    private final Iterable<int[]> items;
    private final long symbols;
    private final int most;
    private final int atOnce;
    private @Nullable Settings settings; // Of primers.

    private CountsLearning(Iterable<int[]> items, long symbols, int most, int atOnce, @Nullable Settings settings) {
        this.items = items;
        this.symbols = symbols;
        this.most = most;
        this.atOnce = atOnce;
        this.settings = settings;
    }

    /**
     * What is stored.
     *
     * @param symbols of a primer, with one end an item; 0 for entries
     * @param learnt what comes of reading the bytes; null if they were not read
     */
    record Stored(
            CountsForm form,
            byte[] bytes,
            int symbols,
            @Nullable Learnt learnt) {
        /** What was learnt, read if need be. */
        Learnt ready() throws DamagedException {
            if (learnt != null) {
                return learnt;
            }
            return form == CountsForm.PRIMER ? Primer.decode(bytes, symbols) : Entries.read(bytes);
        }
    }

    /**
     * Learns items.
     *
     * @param atOnce the most symbols of a primer that is not asked for, see {@link #AT_ONCE}
     * @param settings of a primer; null to choose them
     * @throws IllegalArgumentException if a value is outside the space, or a primer is asked for that is too large
     */
    static Stored learn(
            Space space, Iterable<int[]> items, CountsOptions options, int atOnce, @Nullable Settings settings) {
        long symbols = 0;
        for (int[] item : items) {
            CountsModel.requireValues(space, item);
            symbols += item.length + 1L;
        }
        CountsLearning learning = new CountsLearning(items, symbols, options.bytes(), atOnce, settings);
        if (options.form().isPresent()) {
            return options.form().get() == CountsForm.PRIMER ? learning.primer() : learning.entries();
        }
        if (symbols <= atOnce) {
            Stored primer = learning.primer(items);
            return learning.fits(primer) ? primer : learning.smaller();
        }
        return learning.smaller();
    }

    private boolean fits(Stored stored) {
        return most == 0 || stored.bytes().length <= most;
    }

    private Stored primer() {
        if (symbols > CountsModel.MOST_SYMBOLS) {
            throw new IllegalArgumentException("items of " + symbols
                    + " symbols with their ends; a model of counts learns at most " + CountsModel.MOST_SYMBOLS
                    + " as a primer, and any number as entries");
        }
        Stored primer = primer(items);
        return fits(primer) ? primer : primerOf(items, (long) (0.95 * symbols * most / primer.bytes().length));
    }

    /** A primer of some of the items, spread evenly. */
    private Stored primerOf(Iterable<int[]> some, long part) {
        long left = Math.min(part, symbols);
        while (true) {
            long now = left;
            Stored primer = primer(ChosenItems.of(some, k -> (k + 1) * now / symbols > k * now / symbols));
            if (fits(primer) || left == 0) {
                return primer;
            }
            left = Math.min(left - 1, (long) (0.95 * left * most / primer.bytes().length));
        }
    }

    private Stored primer(Iterable<int[]> some) {
        if (settings == null) {
            settings = SettingsChoice.choose(items, symbols);
        }
        Learnt learnt = new Learnt(settings);
        byte[] bytes = Primer.encode(some, learnt);
        long symbolsOfSome = 0;
        for (int[] item : some) {
            symbolsOfSome += item.length + 1L;
        }
        return new Stored(CountsForm.PRIMER, bytes, Math.toIntExact(symbolsOfSome), learnt);
    }

    private Stored entries() {
        return entries(items);
    }

    private Stored entries(Iterable<int[]> some) {
        byte[] bytes = Entries.learn(some, symbols, most);
        Stored stored = new Stored(CountsForm.ENTRIES, bytes, 0, null);
        return new Stored(CountsForm.ENTRIES, bytes, 0, ready(stored));
    }

    private static Learnt ready(Stored stored) {
        try {
            return stored.ready();
        } catch (DamagedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The form that makes itself and all items smallest, as some of them say that were not learnt. */
    private Stored smaller() {
        long every = Math.max(EVERY, symbols / HELD_OUT);
        Iterable<int[]> others = ChosenItems.of(items, k -> k % every != every - 1);
        Iterable<int[]> held = ChosenItems.of(items, k -> k % every == every - 1);
        Stored primer = primerOf(others, Math.min(symbols, atOnce));
        Stored entries = entries(others);
        if (cost(primer, held) <= cost(entries, held)) {
            return primer;
        }
        return every < RELEARNT ? entries() : entries;
    }

    private double cost(Stored stored, Iterable<int[]> held) {
        SymbolPredictor predictor = new SymbolPredictor(ready(stored));
        Measure measure = new Measure();
        long measured = 0;
        for (int[] item : held) {
            predictor.write(measure, item, false);
            measured += item.length + 1L;
        }
        return stored.bytes().length + (measured == 0 ? 0 : measure.bits() / 8 * symbols / measured);
    }
}
