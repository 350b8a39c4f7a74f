package dev.ardm.core.model;

import dev.ardm.core.engine.ExactEngine;
import dev.ardm.core.network.Network;
import dev.ardm.core.network.NetworkInput;
import dev.ardm.core.plan.Order;
import dev.ardm.core.plan.Schedule;
import dev.ardm.core.process.Process;
import dev.ardm.exact.Kernels;
import java.util.Arrays;

/**
 * Walks an item through its generation, stage by stage: at each network call the outputs for the next group of units, given
 * all before. What is done with the laws they make (count bits, push, pop or draw) is the caller's business. For one thread.
 */
final class Generation implements AutoCloseable {
    private final Process process;
    private final ExactEngine.Worker worker;
    private final FirstCall firstCall;
    private final UnitLaws laws;
    private final int outputs;
    private final int[] label;

    /**
     * @param threads how many threads evaluate the network
     * @param label what everything is generated given, or {@link NetworkInput#UNLABELLED}
     * @param firstCall shared by all generations of a model with that label
     */
    Generation(Network network, ExactEngine engine, Kernels kernels, int threads, int label, FirstCall firstCall) {
        this.process = network.process();
        this.worker = engine.worker(threads);
        this.firstCall = firstCall;
        this.laws = UnitLaws.of(process, network.output(), kernels);
        this.outputs = network.output().outputs();
        this.label = new int[] {label};
    }

    /** Sees one unit after another. */
    interface Visitor {
        /**
         * @param unit the unit
         * @param outputs the network's outputs, its own from {@code offset} on
         */
        void visit(int unit, int stage, float[] outputs, int offset) throws Exception;
    }

    /** How laws are made of outputs. */
    UnitLaws laws() {
        return laws;
    }

    /**
     * Number of symbols coded before a step of a generation of all that is generated.
     *
     * @param step in [0, steps of the process]
     */
    int symbolsBefore(int step) {
        int units = process.generatedUnits();
        int symbols = 0;
        for (int stage = 0; stage * units < step; stage++) {
            symbols += laws.symbols(stage) * Math.min(units, step - stage * units);
        }
        return symbols;
    }

    /**
     * Generates what is not known of an item.
     *
     * @param item values; those of units that are not known are overwritten
     * @param known flags of all units
     * @param order the order of all units, those known first
     * @param schedule of all steps: {@code stages} times the number of units not known
     */
    void walk(int[] item, boolean[] known, Order order, Schedule schedule, UnitLaws.SymbolCoder coder)
            throws Exception {
        int size = process.unitSize();
        int first = 0;
        for (int unit = 0; unit < known.length; unit++) {
            if (known[unit]) {
                first++;
            } else {
                Arrays.fill(item, unit * size, (unit + 1) * size, 0);
            }
        }
        int units = known.length - first;
        boolean[] now = known.clone();
        for (int call = 0; call < schedule.calls(); call++) {
            int stage = schedule.start(call) / units;
            if (schedule.start(call) % units == 0) {
                now = known.clone();
            }
            int[] group = group(order, first, units, schedule, call);
            float[] out = outputs(item, now, stage, group, order);
            for (int i = 0; i < group.length; i++) {
                laws.code(out, i * outputs, item, group[i], stage, coder);
                now[group[i]] = true;
            }
        }
    }

    /**
     * One network call of the generation of a whole item, of which {@code known} is given: what {@link #walk} sees in that
     * call.
     */
    void call(int[] item, boolean[] known, Order order, Schedule schedule, int call, Visitor visitor) throws Exception {
        int first = 0;
        for (boolean flag : known) {
            first += flag ? 1 : 0;
        }
        int units = known.length - first;
        int stage = schedule.start(call) / units;
        boolean[] now = known.clone();
        for (int step = stage * units; step < schedule.start(call); step++) {
            now[order.position(first + step - stage * units)] = true;
        }
        int[] group = group(order, first, units, schedule, call);
        float[] out = outputs(item, now, stage, group, order);
        for (int i = 0; i < group.length; i++) {
            visitor.visit(group[i], stage, out, i * outputs);
        }
    }

    private static int[] group(Order order, int first, int units, Schedule schedule, int call) {
        int start = first + schedule.start(call) % units;
        int[] group = new int[schedule.end(call) - schedule.start(call)];
        for (int i = 0; i < group.length; i++) {
            group[i] = order.position(start + i);
        }
        return group;
    }

    private float[] outputs(int[] item, boolean[] known, int stage, int[] group, Order order) {
        if (stage == 0 && !process.causal()) {
            boolean nothing = true;
            for (boolean flag : known) {
                nothing &= !flag;
            }
            if (nothing) {
                return firstCall.logits(group, () -> outputs(item, known, stage, group));
            }
        }
        return process.causal() ? outputs(input(item, known, stage, order), group) : outputs(item, known, stage, group);
    }

    /** The outputs for chosen units of a partly known item, for networks that need not be told the order. */
    float[] outputs(int[] item, boolean[] knownUnits, int stage, int[] units) {
        return outputs(input(item, knownUnits, stage, null), units);
    }

    /** The outputs for all units of a whole item, by a causal network that is told the order. */
    float[] outputsOfWhole(int[] item, Order order) {
        boolean[] all = new boolean[process.units()];
        Arrays.fill(all, true);
        int[] units = new int[all.length];
        Arrays.setAll(units, unit -> unit);
        return outputs(input(item, all, 0, order), units);
    }

    private float[] outputs(NetworkInput input, int[] units) {
        return worker.logits(input, units);
    }

    private NetworkInput input(
            int[] item, boolean[] knownUnits, int stage, @org.jspecify.annotations.Nullable Order order) {
        int size = process.unitSize();
        boolean[] known = knownUnits;
        if (size > 1) {
            known = new boolean[item.length];
            for (int i = 0; i < known.length; i++) {
                known[i] = knownUnits[i / size];
            }
        }
        return new NetworkInput(
                process,
                1,
                item,
                known,
                new int[] {stage},
                order == null ? null : new int[][] {order.positions()},
                label);
    }

    @Override
    public void close() {
        worker.close();
    }
}
