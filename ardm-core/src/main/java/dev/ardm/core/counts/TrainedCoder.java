package dev.ardm.core.counts;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.core.decision.AdaptiveBits;
import dev.ardm.core.decision.Logistic;
import dev.ardm.core.decision.SymbolCoder;
import java.util.List;

/** Codes what was learnt from decisions, rounded, as differences from what it is before anything is learnt. */
final class TrainedCoder {
    private static final int WEIGHT_STEP = Mixer.UNIT / 128;
    private static final int LOGIT_STEP = 64;
    private static final int CHANGED = 4; // Classes by whether the two values before have changed.
    private static final int KIND = CHANGED + 1 + AdaptiveBits.NUMBER;

    private TrainedCoder() {}

    /**
     * Writes what was learnt, or reads it into {@code learnt}: it then has the values as they were rounded.
     *
     * @param learnt where nothing was learnt from decisions yet
     * @param values to write; {@code learnt} itself when reading
     * @throws DamagedException if a number is too large
     */
    static void code(SymbolCoder coder, Learnt learnt, Learnt values) throws DamagedException {
        List<Learnt.Trained> into = learnt.trained();
        List<Learnt.Trained> from = values.trained();
        AdaptiveBits bits = new AdaptiveBits(into.size() * KIND);
        for (int k = 0; k < into.size(); k++) {
            code(coder, bits, k * KIND, into.get(k), from.get(k));
        }
        learnt.refresh();
    }

    private static void code(
            SymbolCoder coder, AdaptiveBits bits, int classes, Learnt.Trained into, Learnt.Trained from)
            throws DamagedException {
        int before = 0;
        for (int k = 0; k < into.values().length; k++) {
            int start = steps(into, k);
            int change = steps(from, k) - start;
            boolean changed = bits.decide(coder, classes + before, change != 0);
            before = before << 1 & CHANGED - 1 | (changed ? 1 : 0);
            if (changed) {
                boolean less = bits.decide(coder, classes + CHANGED, change < 0);
                int size = 1 + bits.number(coder, classes + CHANGED + 1, Math.abs(change) - 1 & Integer.MAX_VALUE);
                put(into, k, (long) start + (less ? -(long) size : size));
            }
        }
    }

    private static int steps(Learnt.Trained numbers, int k) {
        int value = numbers.values()[k];
        return numbers.bits() == 0
                ? Math.floorDiv(value + WEIGHT_STEP / 2, WEIGHT_STEP)
                : Math.floorDiv(Logistic.logit(value >>> numbers.bits() - Logistic.BITS) + LOGIT_STEP / 2, LOGIT_STEP);
    }

    private static void put(Learnt.Trained numbers, int k, long steps) throws DamagedException {
        long most = numbers.bits() == 0 ? Integer.MAX_VALUE / WEIGHT_STEP : Logistic.LARGEST / LOGIT_STEP + 1;
        if (Math.abs(steps) > most) {
            throw DamagedException.inStream(0, "a weight of the model is too large");
        }
        numbers.values()[k] = numbers.bits() == 0
                ? (int) steps * WEIGHT_STEP
                : Logistic.probability((int) steps * LOGIT_STEP) << numbers.bits() - Logistic.BITS;
    }
}
