package dev.ardm.core.masking.arithmetic.v1;

import dev.ardm.coding.Distribution;
import dev.ardm.coding.TableDistribution;
import dev.ardm.core.masking.arithmetic.UnitDistributions;
import dev.ardm.exact.Kernels;

/**
 * Turns logits into integer distributions: weight {@code floor(exp(logit - largest logit) * 2^30)} with the exact engine's exp, then
 * {@link TableDistribution#fromWeights}. For one thread.
 */
final class Softmax {
    private static final float SCALE = 0x1p30f;

    private final Kernels kernels;
    private float[] shifted = new float[0];
    private int[] weights = new int[0];

    Softmax(Kernels kernels) {
        this.kernels = kernels;
    }

    /** The distribution of {@code count} logits from {@code offset} on. */
    Distribution of(float[] logits, int offset, int count) {
        weigh(logits, offset, count);
        return TableDistribution.fromWeights(weights, count, UnitDistributions.PRECISION);
    }

    private void weigh(float[] logits, int offset, int count) {
        if (shifted.length < count) {
            shifted = new float[count];
            weights = new int[count];
        }
        float largest = largest(logits, offset, count);
        for (int i = 0; i < count; i++) {
            shifted[i] = logits[offset + i] - largest;
        }
        kernels.exp(shifted, 0, count, shifted, 0);
        for (int i = 0; i < count; i++) {
            weights[i] = (int) (shifted[i] * SCALE); // a NaN becomes 0: still a distribution
        }
    }

    /** Four maxima side by side, so that none waits for the one before. */
    private static float largest(float[] logits, int offset, int count) {
        float a = logits[offset];
        float b = a;
        float c = a;
        float d = a;
        int i = offset + 1;
        for (; i < offset + count - 3; i += 4) {
            a = logits[i] > a ? logits[i] : a;
            b = logits[i + 1] > b ? logits[i + 1] : b;
            c = logits[i + 2] > c ? logits[i + 2] : c;
            d = logits[i + 3] > d ? logits[i + 3] : d;
        }
        for (; i < offset + count; i++) {
            a = logits[i] > a ? logits[i] : a;
        }
        a = b > a ? b : a;
        c = d > c ? d : c;
        return c > a ? c : a;
    }

    /**
     * The distribution of intervals of {@code count} logits from {@code offset} on, each {@code perDigit} wide, except perhaps the last: its
     * weight is the sum of those of its logits, divided by the least power of two that is not below the width.
     */
    Distribution ofIntervals(float[] logits, int offset, int count, int perDigit) {
        weigh(logits, offset, count);
        int digits = (count + perDigit - 1) / perDigit;
        int shift = 32 - Integer.numberOfLeadingZeros(perDigit - 1);
        for (int digit = 0; digit < digits; digit++) {
            long sum = 0;
            for (int i = digit * perDigit; i < Math.min(count, (digit + 1) * perDigit); i++) {
                sum += weights[i];
            }
            weights[digit] = (int) (sum >>> shift);
        }
        return TableDistribution.fromWeights(weights, digits, UnitDistributions.PRECISION);
    }
}
