package dev.ardm.core.model;

import dev.ardm.coding.Law;
import dev.ardm.core.Space;
import dev.ardm.core.engine.ExactEngine;
import dev.ardm.core.plan.Order;
import dev.ardm.core.plan.Schedule;
import dev.ardm.exact.Kernels;

/**
 * Walks an item through its generation: at each network call the laws of the next group of variables, given all before.
 * What is done with a law (count its bits, push, pop or draw) is the visitor's business. For one thread.
 */
final class Generation {
    private final Space space;
    private final ExactEngine.Worker worker;
    private final LogitLaw laws;

    Generation(Space space, ExactEngine engine, Kernels kernels) {
        this.space = space;
        this.worker = engine.worker();
        this.laws = new LogitLaw(kernels);
    }

    /** Sees one variable after another. */
    interface Visitor {
        /**
         * @param position the variable
         * @param logits the model's logits, its own from {@code offset} on
         * @return the variable's value
         */
        int visit(int position, float[] logits, int offset, int categories) throws Exception;
    }

    /** Sees one variable after another with its integer law. */
    interface LawVisitor {
        int visit(int position, Law law) throws Exception;
    }

    /**
     * @param item values; those not known are overwritten
     * @param known flags; all true at the end
     * @param order the order of all variables, those known first
     * @param first step of {@code order} at which generation starts
     * @param schedule of the steps from {@code first} on
     */
    void walk(int[] item, boolean[] known, Order order, int first, Schedule schedule, Visitor visitor)
            throws Exception {
        int stride = space.maxCategories();
        for (int call = 0; call < schedule.calls(); call++) {
            int start = first + schedule.start(call);
            int end = first + schedule.end(call);
            int[] group = new int[end - start];
            for (int i = 0; i < group.length; i++) {
                group[i] = order.position(start + i);
            }
            float[] logits = worker.logits(item, known, group);
            for (int i = 0; i < group.length; i++) {
                item[group[i]] = visitor.visit(group[i], logits, i * stride, space.categories(group[i]));
            }
            for (int position : group) {
                known[position] = true;
            }
        }
    }

    /** Like {@link #walk}, with integer laws. */
    void walkLaws(int[] item, boolean[] known, Order order, int first, Schedule schedule, LawVisitor visitor)
            throws Exception {
        walk(
                item,
                known,
                order,
                first,
                schedule,
                (position, logits, offset, categories) -> visitor.visit(position, laws.of(logits, offset, categories)));
    }

    /** The logits of chosen variables. */
    float[] logits(int[] item, boolean[] known, int[] positions) {
        return worker.logits(item, known, positions);
    }
}
