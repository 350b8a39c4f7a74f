package dev.ardm.core.model;

import dev.ardm.coding.Law;
import dev.ardm.core.output.LogitOutput;
import dev.ardm.core.process.Process;

/** Laws from logits: the softmax over the values that are possible, those with one digit added up. */
final class LogitUnitLaws extends UnitLaws {
    private final LogitOutput output;
    private final LogitLaw laws;
    private float[] outputs = new float[0];
    private int offset;

    LogitUnitLaws(Process process, LogitOutput output, LogitLaw laws) {
        super(process);
        this.output = output;
        this.laws = laws;
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
    Law law(int position, int stage, int least, int digitWidth, int digits) {
        int first = offset + output.first(position, stage, least);
        int perDigit = output.perDigit(digitWidth);
        return perDigit == 1
                ? laws.of(outputs, first, digits)
                : laws.ofIntervals(outputs, first, count(position, least, digitWidth, digits), perDigit);
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
            return LogitLaw.nats(unitOutputs, first, digits, digit);
        }
        int count = most - least;
        int from = digit * perDigit;
        return LogitLaw.logSumExp(unitOutputs, first, count)
                - LogitLaw.logSumExp(unitOutputs, first + from, Math.min(perDigit, count - from));
    }
}
