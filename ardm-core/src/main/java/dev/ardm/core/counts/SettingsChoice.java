package dev.ardm.core.counts;

import dev.ardm.core.counts.internal.Measure;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses {@link Settings} for items: learns some of them and measures others, with and without each kind of context. A context
 * of the corpus that saves almost nothing is left out, since looking it up takes time. Those within the item stay: they are
 * of use where an item is unlike all others, which a sample may not have. Takes about a second, however many items there are.
 */
final class SettingsChoice {
    private static final int FEWEST = 30_000; // Symbols from which on something is chosen.
    private static final int MOST = 120_000; // Symbols of the sample.
    private static final int LONGEST_ITEM = MOST / 20;
    private static final int EVERY = 4; // One of so many items of the sample is measured.
    private static final double WORTH = 0.0005; // What a context has to save of all bits.
    private static final int SURER = 12; // Another threshold of what is certain.

    private final List<int[]> learnt = new ArrayList<>();
    private final List<int[]> measured = new ArrayList<>();

    private SettingsChoice(Iterable<int[]> items, long symbols) {
        long all = 0;
        int sample = 0;
        for (int[] item : items) {
            boolean due = all * MOST / Math.max(MOST, symbols) >= sample && sample < MOST;
            all += item.length + 1L;
            if (due && item.length <= LONGEST_ITEM) {
                sample += item.length + 1;
                ((learnt.size() + measured.size()) % EVERY == EVERY - 1 ? measured : learnt).add(item);
            }
        }
    }

    /**
     * The settings for items.
     *
     * @param symbols of all of them, with one end each
     */
    static Settings choose(Iterable<int[]> items, long symbols) {
        return symbols < FEWEST ? Settings.COMMON : new SettingsChoice(items, symbols).choose();
    }

    private Settings choose() {
        Settings chosen = Settings.COMMON;
        double bits = bits(chosen);
        double allowed = WORTH * bits;
        for (int k = 0; k < Contexts.SHARED - Contexts.ORDERS; k++) {
            Settings less =
                    new Settings(chosen.orders(), chosen.others() & ~(1 << k), chosen.certain(), chosen.grown());
            double now = bits(less);
            if (now < bits + allowed) {
                chosen = less;
                bits = now;
            }
        }
        Settings surer = new Settings(chosen.orders(), chosen.others(), SURER, chosen.grown());
        return bits(surer) < bits - allowed ? surer : chosen;
    }

    private double bits(Settings settings) {
        SymbolPredictor predictor = new SymbolPredictor(new Learnt(settings));
        Measure ignored = new Measure();
        for (int[] item : learnt) {
            predictor.write(ignored, item, true);
            predictor.count(item);
        }
        Measure measure = new Measure();
        for (int[] item : measured) {
            predictor.write(measure, item, false);
        }
        return measure.bits();
    }
}
