package dev.ardm.core.masking;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * The costs of the units of several items in each stage, in nats. Each unit and stage has a place of its own, so that sums
 * have the same order on any threads.
 */
final class ItemBits {
    private final double[][] nats;
    private final int stages;

    /**
     * @param units number of units of each item
     * @param stages of the process
     */
    ItemBits(int[] units, int stages) {
        this.nats = new double[units.length][];
        this.stages = stages;
        for (int n = 0; n < units.length; n++) {
            nats[n] = new double[Math.multiplyExact(units[n], stages)];
        }
    }

    /**
     * Evaluates a network call of a window and notes what its units cost.
     *
     * @param place which unit of the item a unit of the window is
     */
    void note(Generation generation, WindowCalls.Part part, int call, IntUnaryOperator place) throws Exception {
        double[] own = nats[part.index()];
        generation.call(
                part.item(),
                part.task().known(),
                part.task().order(),
                part.task().schedule(),
                call,
                (unit, stage, outputs, offset) -> own[place.applyAsInt(unit) * stages + stage] =
                        generation.likelihood().nats(outputs, offset, part.item(), unit, stage));
    }

    /** For each item the bits of each of its units. */
    List<double[]> bits() {
        List<double[]> all = new ArrayList<>();
        for (double[] item : nats) {
            double[] bits = new double[item.length / stages];
            for (int i = 0; i < item.length; i++) {
                bits[i / stages] += item[i] / UnitLosses.LN2;
            }
            all.add(bits);
        }
        return all;
    }
}
