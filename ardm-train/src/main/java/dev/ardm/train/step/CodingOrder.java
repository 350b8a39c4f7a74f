package dev.ardm.train.step;

import dev.ardm.core.masking.plan.Order;
import dev.ardm.core.masking.process.Corruption;
import dev.ardm.core.masking.process.Process;
import java.util.Arrays;

/**
 * Corruptions as they occur when an item is coded: a beginning of the spread order is known, and what comes next in it is
 * predicted: what is left of the lattice that is being filled. A network that sees only these, or mostly, learns the conditionals that
 * coding uses, after Shih et al. 2022 (MAC), who train any-order models on the masks that are met at inference.
 */
public final class CodingOrder {
    private final Process process;
    private final int[] order;

    /** That of items of a process. */
    public CodingOrder(Process process) {
        this(process, notGiven(process));
    }

    private CodingOrder(Process process, int[] order) {
        this.process = process;
        this.order = order;
    }

    private static int[] notGiven(Process process) {
        boolean[] given = process.given().flags(process.units());
        return Arrays.stream(Order.spread(process.unitSpace()).positions())
                .filter(unit -> !given[unit])
                .toArray();
    }

    /** The same for the process on sequences that are no longer. */
    public CodingOrder of(Process shorter) {
        int units = shorter.units();
        return units == process.units()
                ? this
                : new CodingOrder(
                        shorter,
                        Arrays.stream(order).filter(unit -> unit < units).toArray());
    }

    /** The corruption at a place in [0, 1) of the generation. */
    public Corruption at(double place) {
        int step = (int) (place * process.steps());
        int stage = step / order.length;
        int start = step % order.length;
        // To the end of the lattice that is being filled: the first half, quarter, eighth, ... of all.
        int end = order.length;
        while (end / 2 > start) {
            end /= 2;
        }
        int size = process.unitSize();
        boolean[] known = new boolean[process.units() * size];
        boolean[] predicted = new boolean[process.units()];
        process.given().units().forEach(unit -> Arrays.fill(known, unit * size, (unit + 1) * size, true));
        for (int i = 0; i < start; i++) {
            Arrays.fill(known, order[i] * size, (order[i] + 1) * size, true);
        }
        for (int i = start; i < end; i++) {
            predicted[order[i]] = true;
        }
        return new Corruption(stage, known, predicted, null);
    }
}
