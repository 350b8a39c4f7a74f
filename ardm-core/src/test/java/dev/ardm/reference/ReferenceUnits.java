package dev.ardm.reference;

/** Tells what a stage tells of a unit, symbol by symbol (arithmetic.md, Distributions). */
final class ReferenceUnits {

    /** Pops a symbol, or takes note of it. */
    interface Symbols {
        int next(ReferenceDistribution distribution, int symbol);
    }

    private final ReferenceProcess process;
    private final ReferenceOutput output;

    ReferenceUnits(ReferenceDefinition definition) {
        this.process = definition.process();
        this.output = definition.output();
    }

    /**
     * Tells a unit.
     *
     * @param outputs the network's, those of the unit from {@code at} on
     * @param values what is known of the item, or the whole; afterwards with what the symbols say
     */
    void tell(float[] outputs, int at, int[] values, int unit, int stage, Symbols symbols) {
        ReferenceMixture mixture = output.kind() == ReferenceOutput.Kind.MIXTURE
                ? new ReferenceMixture(outputs, at, output.components(), process)
                : null;
        for (int channel = 0; channel < process.unit(); channel++) {
            int position = unit * process.unit() + channel;
            int value = process.leaf(values[position]);
            int least = process.least(values[position], stage);
            int end = process.end(least, stage);
            if (mixture == null) {
                int w = process.width(stage + 1);
                ReferenceDistribution distribution = ReferenceDistribution.of(weights(outputs, at, stage, least, end));
                least += w * symbols.next(distribution, (value - least) / w);
            } else {
                int last = process.width(stage + 1);
                boolean twice = Math.min(process.width(stage), process.categories()) / last > 1024;
                for (int w : twice ? new int[] {256 * last, last} : new int[] {last}) {
                    int digit = Math.max(0, value - least) / w;
                    least += w * symbols.next(ReferenceDistribution.of(mixture.weights(channel, least, end, w)), digit);
                    end = Math.min(least + w, end);
                }
                mixture.told(channel, least);
            }
            if (process.least(values[position], stage + 1) != least) {
                values[position] = process.valueOf(least);
            }
        }
    }

    /** The weights of the digits of a variable that is known to lie in [least, end). */
    private long[] weights(float[] outputs, int at, int stage, int least, int end) {
        int w = process.width(stage + 1);
        int digits = (end - least + w - 1) / w;
        if (output.kind() == ReferenceOutput.Kind.DIGITS) {
            return ReferenceMath.weights(outputs, at + stage * process.branching(), digits);
        }
        long[] single = ReferenceMath.weights(outputs, at + least, end - least);
        if (w == 1) {
            return single;
        }
        long power = 1;
        while (power < w) {
            power *= 2;
        }
        long[] sums = new long[digits];
        for (int i = 0; i < single.length; i++) {
            sums[i / w] += single[i];
        }
        for (int d = 0; d < digits; d++) {
            sums[d] /= power;
        }
        return sums;
    }
}
