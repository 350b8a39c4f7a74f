package dev.ardm.core.model;

import dev.ardm.coding.Distribution;
import dev.ardm.core.output.LogitOutput;
import dev.ardm.core.process.Process;

/** Distributions from logits: the softmax over the values that are possible, those with one digit added up. */
final class LogitDistributions extends UnitDistributions {
    private final LogitOutput output;
    private final Softmax distributions;
    private float[] outputs = new float[0];
    private int offset;

    LogitDistributions(Process process, LogitOutput output, Softmax distributions) {
        super(process);
        this.output = output;
        this.distributions = distributions;
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
    Distribution distribution(int position, int stage, int least, int digitWidth, int digits) {
        int first = offset + output.first(position, stage, least);
        int perDigit = output.perDigit(digitWidth);
        return perDigit == 1
                ? distributions.of(outputs, first, digits)
                : distributions.ofIntervals(outputs, first, count(position, least, digitWidth, digits), perDigit);
    }

    /** Number of values with any of the digits; the last digit may have fewer. */
    private int count(int position, int least, int digitWidth, int digits) {
        return Math.min(digits * digitWidth, process.space().categories(position) - least);
    }

    @Override
    void told(int position, int value) {
        // Variables do not depend on each other within a call.
    }

    @Override
    double nats(float[] unitOutputs, int unitOffset, int[] item, int unit, int stage) {
        int least = process.coarse(item[unit], stage);
        int digitWidth = process.width(stage + 1);
        int most = Math.min(least + process.width(stage), process.space().categories(unit));
        int digits = (most - least + digitWidth - 1) / digitWidth;
        int first = unitOffset + output.first(unit, stage, least);
        int perDigit = output.perDigit(digitWidth);
        int digit = (item[unit] - least) / digitWidth;
        if (perDigit == 1) {
            return Softmax.nats(unitOutputs, first, digits, digit);
        }
        int count = most - least;
        int from = digit * perDigit;
        return Softmax.logSumExp(unitOutputs, first, count)
                - Softmax.logSumExp(unitOutputs, first + from, Math.min(perDigit, count - from));
    }
}
