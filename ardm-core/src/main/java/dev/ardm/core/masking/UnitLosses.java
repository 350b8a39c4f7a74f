package dev.ardm.core.masking;

import dev.ardm.core.model.Model;
import dev.ardm.core.plan.Order;
import dev.ardm.core.process.Corruption;
import dev.ardm.core.process.Process;

/** The costs of the units of a known item in nats, without the rounding of integer distributions. For reports and plans. */
final class UnitLosses {
    static final double LN2 = StrictMath.log(2);

    private final Process process;
    private final int outputs;

    UnitLosses(Model model) {
        this.process = model.network().process();
        this.outputs = model.network().output().outputs();
    }

    /** Mean of the units that a corruption asks for. */
    double mean(Generation generation, Corruption corruption, int[] item) {
        int[] order = corruption.order();
        if (order != null) {
            double[] nats = inOrder(generation, item, Order.of(order));
            double sum = 0;
            for (double unit : nats) {
                sum += unit;
            }
            return sum / nats.length;
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
        double sum = 0;
        for (double unit : at(generation, item, known, corruption.stage(), masked)) {
            sum += unit;
        }
        return sum / count;
    }

    /**
     * Each of chosen units at a stage, given what is known.
     *
     * @param known flags of all units
     * @return nats of unit {@code units[i]} at place i
     */
    double[] at(Generation generation, int[] item, boolean[] known, int stage, int[] units) {
        float[] out = generation.outputs(item, known, stage, units);
        double[] nats = new double[units.length];
        for (int i = 0; i < units.length; i++) {
            nats[i] = generation.likelihood().nats(out, i * outputs, item, units[i], stage);
        }
        return nats;
    }

    /** Each step of an order, all from one evaluation of a causal network. */
    double[] inOrder(Generation generation, int[] item, Order order) {
        float[] out = generation.outputsOfWhole(item, order);
        double[] nats = new double[order.size()];
        for (int step = 0; step < nats.length; step++) {
            int unit = order.position(step);
            nats[step] = generation.likelihood().nats(out, unit * outputs, item, unit, 0);
        }
        return nats;
    }
}
