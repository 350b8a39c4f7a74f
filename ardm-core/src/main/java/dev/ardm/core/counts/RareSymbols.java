package dev.ardm.core.counts;

import dev.ardm.core.decision.Logistic;
import dev.ardm.core.decision.SymbolCoder;

/** Codes symbols that no context proposed, by how often they occur at all. For one thread. */
final class RareSymbols {
    private final Learnt learnt;
    private final int[] starts = new int[SymbolPredictor.SYMBOLS + 1];
    private final int[] remaining = new int[SymbolPredictor.SYMBOLS];

    RareSymbols(Learnt learnt) {
        this.learnt = learnt;
    }

    /**
     * Codes a symbol that is not excluded.
     *
     * @param symbol ignored when reading
     * @return the symbol
     */
    int code(SymbolCoder coder, int symbol, boolean[] excluded) {
        int cases = 0;
        long total = 0;
        int chosen = 0;
        for (int s = 0; s < SymbolPredictor.SYMBOLS; s++) {
            if (!excluded[s]) {
                if (s == symbol) {
                    chosen = cases;
                }
                total += learnt.frequency(s);
                remaining[cases++] = s;
            }
        }
        // An eighth of the slots is shared out evenly, the others by frequency.
        int each = Logistic.ONE / (8 * cases);
        int spare = Logistic.ONE - each * cases;
        long sum = 0;
        for (int k = 0; k < cases; k++) {
            starts[k] = each * k + (total == 0 ? 0 : (int) (spare * sum / total));
            sum += learnt.frequency(remaining[k]);
        }
        starts[cases] = Logistic.ONE;
        return remaining[coder.choose(starts, cases, chosen)];
    }
}
