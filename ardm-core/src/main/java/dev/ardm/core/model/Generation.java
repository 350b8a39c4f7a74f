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
final class Generation implements AutoCloseable {
    private final Space space;
    private final ExactEngine.Worker worker;
    private final FirstCall firstCall;
    private final LogitLaw laws;

    /**
     * @param threads how many threads evaluate the network
     * @param firstCall shared by all generations of a model
     */
    Generation(Space space, ExactEngine engine, Kernels kernels, int threads, FirstCall firstCall) {
        this.space = space;
        this.worker = engine.worker(threads);
        this.firstCall = firstCall;
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
        for (int call = 0; call < schedule.calls(); call++) {
            int[] group = group(order, first, schedule, call);
            visit(item, group, groupLogits(item, known, group), visitor);
            for (int position : group) {
                known[position] = true;
            }
        }
    }

    /**
     * One network call of the generation of an item that is known, with nothing known in advance: what {@link #walk} does in that call.
     *
     * @param item values, all known
     */
    void call(int[] item, Order order, Schedule schedule, int call, Visitor visitor) throws Exception {
        boolean[] known = new boolean[item.length];
        for (int step = 0; step < schedule.start(call); step++) {
            known[order.position(step)] = true;
        }
        int[] group = group(order, 0, schedule, call);
        visit(item, group, groupLogits(item, known, group), visitor);
    }

    private static int[] group(Order order, int first, Schedule schedule, int call) {
        int start = first + schedule.start(call);
        int[] group = new int[first + schedule.end(call) - start];
        for (int i = 0; i < group.length; i++) {
            group[i] = order.position(start + i);
        }
        return group;
    }

    private float[] groupLogits(int[] item, boolean[] known, int[] group) {
        for (boolean flag : known) {
            if (flag) {
                return worker.logits(item, known, group);
            }
        }
        return firstCall.logits(group, () -> worker.logits(item, known, group));
    }

    private void visit(int[] item, int[] group, float[] logits, Visitor visitor) throws Exception {
        int stride = space.maxCategories();
        for (int i = 0; i < group.length; i++) {
            item[group[i]] = visitor.visit(group[i], logits, i * stride, space.categories(group[i]));
        }
    }

    /** Like {@link #walk}, with integer laws. */
    void walkLaws(int[] item, boolean[] known, Order order, int first, Schedule schedule, LawVisitor visitor)
            throws Exception {
        walk(item, known, order, first, schedule, withLaws(visitor));
    }

    /** Like {@link #call}, with integer laws. */
    void callLaws(int[] item, Order order, Schedule schedule, int call, LawVisitor visitor) throws Exception {
        call(item, order, schedule, call, withLaws(visitor));
    }

    private Visitor withLaws(LawVisitor visitor) {
        return (position, logits, offset, categories) -> visitor.visit(position, laws.of(logits, offset, categories));
    }

    /** The logits of chosen variables. */
    float[] logits(int[] item, boolean[] known, int[] positions) {
        return worker.logits(item, known, positions);
    }

    @Override
    public void close() {
        worker.close();
    }
}
