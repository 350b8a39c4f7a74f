package dev.ardm.core.masking;

import dev.ardm.core.masking.call.Policy;
import dev.ardm.core.masking.plan.Order;
import dev.ardm.core.masking.process.Corruption;
import dev.ardm.core.masking.process.Process;

/** What the units of an item cost that a corruption asks for, in nats, without the rounding of integer distributions: for reports and plans. */
final class UnitLosses {
    static final double LN2 = StrictMath.log(2);

    private UnitLosses() {}

    /** Their mean. */
    static double mean(Generation generation, Process process, Corruption corruption, int[] item) {
        int[] order = corruption.order();
        if (order != null) {
            return mean(generation.callOfWhole(item, Order.of(order)).nats(item));
        }
        boolean[] known = new boolean[process.units()];
        int[] masked = new int[corruption.count()];
        int count = 0;
        for (int unit = 0; unit < known.length; unit++) {
            known[unit] = !corruption.predicted()[unit];
            if (!known[unit]) {
                masked[count++] = unit;
            }
        }
        return mean(generation
                .call(item, known, new Policy.Step(corruption.stage(), masked))
                .nats(item));
    }

    private static double mean(double[] nats) {
        double sum = 0;
        for (double unit : nats) {
            sum += unit;
        }
        return sum / nats.length;
    }
}
