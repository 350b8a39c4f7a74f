package dev.ardm.core.counts;

import dev.ardm.core.decision.Logistic;
import dev.ardm.core.decision.SymbolCoder;
import java.util.Arrays;

/** The next symbol of a sequence. */
final class NextSymbol implements NextValue {
    /** Candidates whose predecessors leave them less than this are as unlikely as can be said. */
    private static final double REST = StrictMath.exp(LEAST);

    private final SymbolPredictor predictor;
    private final int categories;
    private final Asked asked = new Asked();

    /**
     * @param predictor whose symbols are the values
     * @param categories of a value; of a predictor that knows ends, one less than there are logarithms: the last stands for the end
     */
    NextSymbol(SymbolPredictor predictor, int categories) {
        this.predictor = predictor;
        this.categories = categories;
    }

    @Override
    public int outcomes() {
        return categories + (predictor.ends() ? 1 : 0);
    }

    @Override
    public void begin() {
        predictor.begin();
    }

    @Override
    public void logs(float[] out, int at) {
        asked.begin();
        int last = predictor.ask(asked, -1, false);
        Arrays.fill(out, at, at + outcomes(), (float) LEAST);
        int[] ruledOut = predictor.ruledOut();
        for (int k = 0; k < ruledOut.length; k++) {
            put(out, at, ruledOut[k], asked.probabilities[k]);
        }
        if (asked.enough()) {
            put(out, at, last, asked.probabilities[ruledOut.length]);
            return; // What is left of the others is less than the least.
        }
        int rest = 0;
        for (int outcome = 0; outcome < outcomes(); outcome++) {
            int symbol = symbol(outcome);
            if (predictor.possible(symbol) && !contains(ruledOut, symbol)) {
                put(out, at, symbol, asked.rest(rest++));
            }
        }
    }

    private static boolean contains(int[] candidates, int symbol) {
        for (int candidate : candidates) {
            if (candidate == symbol) {
                return true;
            }
        }
        return false;
    }

    private void put(float[] out, int at, int symbol, double probability) {
        out[at + (symbol == SymbolPredictor.END ? categories : symbol)] = NextValue.log(probability);
    }

    private int symbol(int outcome) {
        return outcome == categories ? SymbolPredictor.END : outcome;
    }

    @Override
    public void append(int value) {
        predictor.follow(symbol(value));
    }

    /** Says no to each candidate while it matters, and notes how likely it was. */
    private static final class Asked implements SymbolCoder {
        private final double[] probabilities = new double[32];
        private int count;
        private double left;
        private int[] starts = new int[0];
        private int cases;

        void begin() {
            count = 0;
            left = 1;
            cases = 0;
        }

        @Override
        public boolean decide(int probability, boolean happens) {
            probabilities[count++] = left * probability / Logistic.ONE;
            left *= (double) (Logistic.ONE - probability) / Logistic.ONE;
            return enough();
        }

        /** Whether nothing that matters is left. */
        boolean enough() {
            return left < REST;
        }

        @Override
        public int choose(int[] from, int number, int chosen) {
            starts = from;
            cases = number;
            return 0;
        }

        /** Of the candidates that are left, in the order of their numbers. */
        double rest(int index) {
            return index < cases ? left * (starts[index + 1] - starts[index]) / Logistic.ONE : 0;
        }
    }
}
