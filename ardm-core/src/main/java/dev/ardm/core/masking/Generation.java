package dev.ardm.core.masking;

import dev.ardm.core.arithmetic.UnitDistributions;
import dev.ardm.core.engine.ExactEngine;
import dev.ardm.core.model.Model;
import dev.ardm.core.network.NetworkInput;
import dev.ardm.core.output.OutputDistribution;
import dev.ardm.core.output.UnitLikelihood;
import dev.ardm.core.plan.Order;
import dev.ardm.core.plan.Schedule;
import dev.ardm.core.process.Process;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Walks an item through its generation, stage by stage: at each network call the outputs for the next group of units, conditional
 * on all before. The caller uses the distributions: it counts bits, pushes, pops or draws. For one thread.
 */
final class Generation implements AutoCloseable {
    private final Process process;
    private final ExactEngine.Worker worker;
    private final GenerationPool home;
    private final int threads;
    private final UnitDistributions distributions;
    private final UnitLikelihood likelihood;
    private final int outputs;
    private final int[] label;
    /** Whether no evaluation was cut off by a failure. */
    private boolean whole = true;

    /**
     * @param threads how many threads evaluate the network
     * @param home takes it back when it is closed
     */
    Generation(Model model, ExactEngine engine, int threads, GenerationPool home) {
        this.process = model.process();
        OutputDistribution output = model.network().output();
        this.worker = engine.worker(threads);
        this.home = home;
        this.threads = threads;
        this.distributions = model.arithmetic().distributions(process, output, engine.kernels());
        this.likelihood = UnitLikelihood.of(process, output);
        this.outputs = output.outputs();
        this.label = new int[] {home.label()};
    }

    /** Sees one unit after another. */
    interface Visitor {
        /**
         * @param unit the unit
         * @param outputs the network's outputs, its own from {@code offset} on
         */
        void visit(int unit, int stage, float[] outputs, int offset) throws Exception;
    }

    /** How distributions are made of outputs. */
    UnitDistributions distributions() {
        return distributions;
    }

    /** The cost of values, for reports. */
    UnitLikelihood likelihood() {
        return likelihood;
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
            symbols += distributions.symbols(stage) * Math.min(units, step - stage * units);
        }
        return symbols;
    }

    /**
     * Generates the unknown values of an item.
     *
     * @param item values; those of unknown units are overwritten
     * @param decided receives the units that a call generated
     */
    void walk(int[] item, SequenceWindow.Task task, UnitDistributions.SymbolCoder coder, Consumer<int[]> decided)
            throws Exception {
        boolean[] known = task.known();
        Order order = task.order();
        Schedule schedule = task.schedule();
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
                distributions.code(out, i * outputs, item, group[i], stage, coder);
                now[group[i]] = true;
            }
            decided.accept(group);
        }
    }

    /**
     * One network call of the generation of a whole item, conditional on {@code known}: the same as in that call of {@link
     * #walk}.
     */
    void call(int[] item, boolean[] known, Order order, Schedule schedule, int call, Visitor visitor) throws Exception {
        State state = state(known, order, schedule, call);
        float[] out = outputs(item, state.known, state.stage, state.group, order);
        for (int i = 0; i < state.group.length; i++) {
            visitor.visit(state.group[i], state.stage, out, i * outputs);
        }
    }

    /**
     * A window that is generated together with others.
     *
     * @param item values; those generated already, those known, and 0 for the others
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Window(int[] item, SequenceWindow.Task task) {}

    /** Sees one unit after another of one window after another. */
    interface WindowVisitor {
        /**
         * @param window which of the windows
         * @param outputs the network's outputs, the unit's own from {@code offset} on
         */
        void visit(int window, int unit, int stage, float[] outputs, int offset) throws Exception;
    }

    /**
     * One network call of each of several windows of a process that is not causal, evaluated in parallel: what {@link #walk}
     * sees in that call. Each has at least that many calls, and is generated up to there.
     */
    void call(List<Window> windows, int call, WindowVisitor visitor) throws Exception {
        if (windows.size() == 1) {
            Window only = windows.get(0);
            SequenceWindow.Task task = only.task;
            call(
                    only.item,
                    task.known(),
                    task.order(),
                    task.schedule(),
                    call,
                    (unit, stage, outputs, offset) -> visitor.visit(0, unit, stage, outputs, offset));
            return;
        }
        int dimensions = process.space().dimensions();
        int[] values = new int[windows.size() * dimensions];
        boolean[] known = new boolean[values.length];
        int[] stages = new int[windows.size()];
        int[][] groups = new int[windows.size()][];
        int[] labels = new int[windows.size()];
        Arrays.fill(labels, label[0]);
        int wanted = 0;
        for (int n = 0; n < groups.length; n++) {
            Window window = windows.get(n);
            State state = state(window.task.known(), window.task.order(), window.task.schedule(), call);
            System.arraycopy(window.item, 0, values, n * dimensions, dimensions);
            System.arraycopy(knownValues(state.known), 0, known, n * dimensions, dimensions);
            stages[n] = state.stage;
            groups[n] = state.group;
            wanted += state.group.length;
        }
        int[] units = new int[wanted];
        int at = 0;
        for (int n = 0; n < groups.length; n++) {
            for (int unit : groups[n]) {
                units[at++] = n * process.units() + unit;
            }
        }
        float[] out = outputs(new NetworkInput(process, groups.length, values, known, stages, null, labels), units);
        at = 0;
        for (int n = 0; n < groups.length; n++) {
            for (int unit : groups[n]) {
                visitor.visit(n, unit, stages[n], out, at++ * outputs);
            }
        }
    }

    /** The known units at a call, its stage, and the units it generates. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record State(boolean[] known, int stage, int[] group) {}

    private static State state(boolean[] known, Order order, Schedule schedule, int call) {
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
        return new State(now, stage, group(order, first, units, schedule, call));
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
                return home.firstCall().logits(group, () -> outputs(item, known, stage, group));
            }
        }
        return process.causal() ? outputs(input(item, known, stage, order), group) : outputs(item, known, stage, group);
    }

    /** The outputs for chosen units of a partly known item, for networks that do not need the order. */
    float[] outputs(int[] item, boolean[] knownUnits, int stage, int[] units) {
        return outputs(input(item, knownUnits, stage, null), units);
    }

    /** The outputs for all units of a whole item, by a causal network that receives the order. */
    float[] outputsOfWhole(int[] item, Order order) {
        boolean[] all = new boolean[process.units()];
        Arrays.fill(all, true);
        int[] units = new int[all.length];
        Arrays.setAll(units, unit -> unit);
        return outputs(input(item, all, 0, order), units);
    }

    private float[] outputs(NetworkInput input, int[] units) {
        whole = false;
        float[] logits = worker.logits(input, units);
        whole = true;
        return logits;
    }

    private NetworkInput input(
            int[] item, boolean[] knownUnits, int stage, @org.jspecify.annotations.Nullable Order order) {
        return new NetworkInput(
                process,
                1,
                item,
                knownValues(knownUnits),
                new int[] {stage},
                order == null ? null : new int[][] {order.positions()},
                label);
    }

    /** Flags of all variables, from those of all units. */
    private boolean[] knownValues(boolean[] knownUnits) {
        int size = process.unitSize();
        if (size == 1) {
            return knownUnits;
        }
        boolean[] known = new boolean[knownUnits.length * size];
        for (int i = 0; i < known.length; i++) {
            known[i] = knownUnits[i / size];
        }
        return known;
    }

    @Override
    public void close() {
        if (threads > 1 || !whole || !home.keep(this)) {
            worker.close();
        }
    }
}
