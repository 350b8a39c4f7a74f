package dev.ardm.core.masking.arithmetic.v1;

import dev.ardm.coding.Distribution;
import dev.ardm.core.masking.output.DigitInterval;
import dev.ardm.core.masking.output.LogitOutput;
import dev.ardm.core.masking.process.Process;

/** Distributions from logits: the softmax over the values that are possible, those with one digit added up. */
final class LogitDistributions extends DigitDistributions {
    private final LogitOutput output;
    private final Softmax softmax;
    private float[] outputs = new float[0];
    private int offset;

    LogitDistributions(Process process, LogitOutput output, Softmax softmax) {
        super(process);
        this.output = output;
        this.softmax = softmax;
    }

    @Override
    boolean refinesDigits() {
        return false;
    }

    @Override
    void begin(float[] unitOutputs, int unitOffset) {
        this.outputs = unitOutputs;
        this.offset = unitOffset;
    }

    @Override
    Distribution distribution(int position, int stage, DigitInterval interval) {
        LogitOutput.Range logits = output.logits(position, stage, interval);
        int first = offset + logits.first();
        return logits.perDigit() == 1
                ? softmax.of(outputs, first, logits.count())
                : softmax.ofIntervals(outputs, first, logits.count(), logits.perDigit());
    }

    @Override
    void observe(int position, int leaf) {
        // Variables do not depend on each other within a call.
    }
}
