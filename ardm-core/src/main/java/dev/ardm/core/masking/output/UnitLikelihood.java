package dev.ardm.core.masking.output;

import dev.ardm.core.masking.process.Process;

/**
 * Negative log-likelihood of the values of a unit under a network's outputs, in binary64 and without the rounding of integer
 * distributions: for reports and plans. No coded bit depends on it. For one thread.
 */
public interface UnitLikelihood {
    /**
     * Negative log-likelihood, in nats, of the part of a unit that a stage makes known.
     *
     * @param outputs of a network, those of the unit from {@code offset} on
     * @param item a whole item
     */
    double nats(float[] outputs, int offset, int[] item, int unit, int stage);

    /** The likelihood of a process with an output distribution that fits it. */
    static UnitLikelihood of(Process process, OutputDistribution output) {
        if (output instanceof LogitOutput logits) {
            return (outputs, offset, item, unit, stage) ->
                    nats(process, logits, outputs, offset, item[unit], unit, stage);
        }
        return new Binary64Mixture(process, (LogisticMixture) output)::nats;
    }

    private static double nats(
            Process process, LogitOutput output, float[] outputs, int offset, int value, int position, int stage) {
        DigitInterval interval = DigitInterval.of(process, position, value, stage);
        LogitOutput.Range logits = output.logits(position, stage, interval);
        int digit = interval.digit(process.leaf(value));
        double all = logSumExp(logits(outputs, offset, logits.first(), logits.end()));
        if (logits.perDigit() == 1) {
            return all - outputs[offset + logits.from(digit)];
        }
        return all - logSumExp(logits(outputs, offset, logits.from(digit), logits.to(digit)));
    }

    private static double[] logits(float[] outputs, int offset, int from, int to) {
        double[] logits = new double[to - from];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = outputs[offset + from + i];
        }
        return logits;
    }

    /** Logarithm of the sum of the exponentials. */
    static double logSumExp(double[] values) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        double sum = 0;
        for (double value : values) {
            sum += StrictMath.exp(value - largest);
        }
        return StrictMath.log(sum) + largest;
    }
}
