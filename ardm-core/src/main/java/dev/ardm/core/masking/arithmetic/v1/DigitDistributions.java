package dev.ardm.core.masking.arithmetic.v1;

import dev.ardm.coding.Distribution;
import dev.ardm.core.masking.arithmetic.UnitDistributions;
import dev.ardm.core.masking.output.DigitInterval;
import dev.ardm.core.masking.process.Process;

/** A unit's variables one after the other, each digit by digit. */
abstract class DigitDistributions implements UnitDistributions {
    /** More digits than this are coded in two symbols, where the distribution of an interval costs as little as that of a value. */
    private static final int LARGEST_ALPHABET = 1024;

    final Process process;
    private final int unitSize;

    DigitDistributions(Process process) {
        this.process = process;
        this.unitSize = process.unitSize();
    }

    /** Whether distributions over intervals are exact sums over their values, and equally cheap. */
    abstract boolean refinesDigits();

    /** Widths of the intervals that the symbols of a stage leave one after the other, the last the stage's own. */
    int[] widths(int stage) {
        int from = Math.min(process.width(stage), process.space().maxCategories());
        int to = process.width(stage + 1);
        return refinesDigits() && from / to > LARGEST_ALPHABET ? new int[] {256 * to, to} : new int[] {to};
    }

    @Override
    public int symbols(int stage) {
        return unitSize * widths(stage).length;
    }

    /** Begins with a unit: none of its variables is known. */
    abstract void begin(float[] outputs, int offset);

    /** The distribution of the next digit of a variable. */
    abstract Distribution distribution(int position, int stage, DigitInterval interval);

    /** The leaf of a variable's value is known, as precisely as its stage makes it. */
    abstract void observe(int position, int leaf);

    @Override
    public <E extends Exception> void code(
            float[] outputs, int offset, int[] item, int unit, int stage, SymbolCoder<E> coder) throws E {
        begin(outputs, offset);
        int[] widths = widths(stage);
        for (int position = unit * unitSize; position < (unit + 1) * unitSize; position++) {
            int least = process.coarse(item[position], stage);
            int width = process.width(stage);
            int categories = process.space().categories(position);
            int leaf = process.leaf(item[position]);
            for (int digitWidth : widths) {
                DigitInterval interval = new DigitInterval(least, Math.min(least + width, categories), digitWidth);
                Distribution distribution = distribution(position, stage, interval);
                least += digitWidth * coder.code(distribution, interval.digit(leaf));
                width = digitWidth;
                if (leaf < least || leaf - least >= digitWidth) {
                    leaf = least;
                }
            }
            item[position] = process.valueOf(leaf);
            observe(position, least);
        }
    }
}
