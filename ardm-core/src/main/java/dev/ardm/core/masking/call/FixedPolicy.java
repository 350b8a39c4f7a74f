package dev.ardm.core.masking.call;

import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Order;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.masking.process.Process;
import java.util.Iterator;
import java.util.stream.IntStream;

/**
 * An order and a schedule, fixed before the first call, so that calls of an item that is known can be made in any order.
 * This class alone knows how steps are numbered: stage by stage, in each stage the units that are not known, in their order.
 * Immutable.
 */
public final class FixedPolicy implements Policy {
    private final boolean[] known;
    private final Order order;
    private final Schedule schedule;
    private final int first;
    private final int units;
    private final boolean sequential;

    /**
     * @param known flags of all units: those that are known before the first call
     * @param order of all units, those known first
     * @param schedule of the steps that generate the others
     * @param wavefronts whether the units of a call do not depend on each other
     */
    private FixedPolicy(boolean[] known, Order order, Schedule schedule, boolean wavefronts) {
        this.sequential = wavefronts || schedule.calls() == schedule.steps();
        this.known = known;
        this.order = order;
        this.schedule = schedule;
        this.first = count(known);
        this.units = known.length - first;
    }

    /** The plan's for items of the model's size, of which is known what is always given. */
    public static FixedPolicy of(Process process, MaskingPlan plan) {
        return new FixedPolicy(
                process.given().flags(process.units()), plan.order(process), plan.schedule(), plan.wavefronts());
    }

    /**
     * The plan's for items of which nothing but what is always given is known.
     *
     * @param process of items of the model's size, or of sequences of another length
     * @param order the plan's for items of the model's size
     */
    public static FixedPolicy of(Process process, MaskingPlan plan, Order order) {
        return of(process, plan, order, process.given().flags(process.units()), process.generatedUnits());
    }

    /**
     * The plan's for windows of which some units are known.
     *
     * @param process of items of the model's size, or of sequences of another length
     * @param order the plan's for items of the model's size
     * @param known flags of all units
     * @param units number of units that are generated, at least 1; the last of the others may be left out
     */
    public static FixedPolicy of(Process process, MaskingPlan plan, Order order, boolean[] known, int units) {
        Order own = order.ofFirst(known.length).knownFirst(known);
        return new FixedPolicy(known, own, plan.schedule(process, own, count(known), units), plan.wavefronts());
    }

    private static int count(boolean[] flags) {
        int count = 0;
        for (boolean flag : flags) {
            count += flag ? 1 : 0;
        }
        return count;
    }

    @Override
    public boolean[] known() {
        return known.clone();
    }

    @Override
    public Order order() {
        return order;
    }

    @Override
    public Iterator<Step> steps(int[] item) {
        return IntStream.range(0, calls()).mapToObj(this::step).iterator();
    }

    /** Number of network calls. */
    public int calls() {
        return schedule.calls();
    }

    /** Whether each unit is generated given all units before it, as far as a causal network looks at them. */
    public boolean sequential() {
        return sequential;
    }

    /** Number of steps of all calls. */
    public int steps() {
        return schedule.steps();
    }

    /** Number of units that a call decides. */
    public int size(int call) {
        return schedule.end(call) - schedule.start(call);
    }

    /** The stage of a call. */
    public int stage(int call) {
        return schedule.start(call) / units;
    }

    /** The step at which a call begins. */
    public int firstStep(int call) {
        return schedule.start(call);
    }

    /** What a call decides. */
    public Step step(int call) {
        return step(schedule.start(call), schedule.end(call));
    }

    /** What a call would decide that takes steps of one stage. */
    public Step step(int from, int to) {
        int stage = from / units;
        int[] group = new int[to - from];
        for (int i = 0; i < group.length; i++) {
            group[i] = order.position(first + from - stage * units + i);
        }
        return new Step(stage, group);
    }

    /** Flags of the units that are known, or decided in the stage, before a step. */
    public boolean[] knownBefore(int step) {
        boolean[] now = known();
        for (int unit : step(step / units * units, step).units()) {
            now[unit] = true;
        }
        return now;
    }
}
