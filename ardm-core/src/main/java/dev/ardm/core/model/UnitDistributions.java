package dev.ardm.core.model;

import dev.ardm.coding.Distribution;
import dev.ardm.core.output.LogisticMixture;
import dev.ardm.core.output.LogitOutput;
import dev.ardm.core.output.OutputDistribution;
import dev.ardm.core.process.Process;
import dev.ardm.exact.Kernels;

/**
 * Integer distributions of the variables of a unit, one digit after the other, from a network's outputs. Part of the archive format.
 * For one thread.
 */
abstract class UnitDistributions {
    /** More digits than this are told in two symbols, where the distribution of an interval costs as little as that of a value. */
    private static final int LARGEST_ALPHABET = 1024;

    final Process process;
    private final int unitSize;

    UnitDistributions(Process process) {
        this.process = process;
        this.unitSize = process.unitSize();
    }

    static UnitDistributions of(Process process, OutputDistribution output, Kernels kernels) {
        if (output instanceof LogitOutput logits) {
            return new LogitDistributions(process, logits, new Softmax(kernels));
        }
        return new LogisticDistributions(process, (LogisticMixture) output, kernels);
    }

    /** Codes, decodes or draws one symbol after another. */
    interface SymbolCoder {
        /**
         * @param symbol what it is, if the item is known; else 0
         * @return what it is
         */
        int code(Distribution distribution, int symbol) throws Exception;
    }

    /** Whether distributions over intervals of values are exact sums of those of the values and as cheap. */
    abstract boolean refinesDigits();

    /** Widths of the intervals that the symbols of a stage leave one after the other, the last the stage's own. */
    int[] widths(int stage) {
        int from = Math.min(process.width(stage), process.space().maxCategories());
        int to = process.width(stage + 1);
        return refinesDigits() && from / to > LARGEST_ALPHABET ? new int[] {256 * to, to} : new int[] {to};
    }

    /** Number of symbols a unit takes in a stage. */
    int symbols(int stage) {
        return unitSize * widths(stage).length;
    }

    /** Begins with a unit: nothing of its variables has been told. */
    abstract void begin(float[] outputs, int offset);

    /**
     * The distribution of the next digit of a variable.
     *
     * @param least the least value it can have
     * @param digitWidth number of values of a digit
     * @param digits number of digits that are feasible
     */
    abstract Distribution distribution(int position, int stage, int least, int digitWidth, int digits);

    /** The value of a variable is told, as precisely as its stage makes it. */
    abstract void told(int position, int value);

    /**
     * Tells the variables of a unit at a stage.
     *
     * @param item values as they are known before the stage, or the whole item; refined to what the coder says
     */
    void code(float[] outputs, int offset, int[] item, int unit, int stage, SymbolCoder coder) throws Exception {
        begin(outputs, offset);
        int[] widths = widths(stage);
        for (int position = unit * unitSize; position < (unit + 1) * unitSize; position++) {
            int least = process.coarse(item[position], stage);
            int width = process.width(stage);
            for (int digitWidth : widths) {
                int most = Math.min(least + width, process.space().categories(position));
                int digits = (most - least + digitWidth - 1) / digitWidth;
                Distribution distribution = distribution(position, stage, least, digitWidth, digits);
                least += digitWidth * coder.code(distribution, (item[position] - least) / digitWidth);
                width = digitWidth;
                if (item[position] < least || item[position] - least >= digitWidth) {
                    item[position] = least;
                }
            }
            told(position, least);
        }
    }

    /**
     * The information content in nats of what a stage tells of a unit of a whole item. For reports: in double precision, without
     * the rounding of integer distributions.
     */
    abstract double nats(float[] outputs, int offset, int[] item, int unit, int stage);
}
