package dev.ardm.core.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the cheapest schedule of each budget of network calls for random orders, from the loss components alone: n units
 * generated from one call at step s cost n L_s, whatever their positions (Hoogeboom et al. 2022, section 3.1). Schedules are
 * exactly optimal for the curve, rounded to at least 2^-60 x units of its largest entry; every call generates at least one
 * unit. One pass serves all budgets up to a limit, in O(limit x steps) time and about limit x steps / 4 bytes.
 *
 * <p>With several stages each gets at least one call, and no group reaches from one stage into the next. {@link #plan} shares
 * the budget among the stages as is cheapest, which the paper mentions and does not try; {@link #planEvenSplit} gives every
 * stage the same.
 *
 * <p>For one fixed order, in which a coder generates and where the price of a group depends on which positions it holds, see
 * {@link FixedOrderPlanner}.
 */
public final class OrderAgnosticPlanner {
    private final LossComponents curve;
    private final List<StagePlans> stages = new ArrayList<>();
    /** Which stage gets a call more when there is one more than the place in this list. */
    private final int[] receivers;

    /**
     * Plans for all budgets up to a limit.
     *
     * @param curve measured on other items than those that the schedules will be judged by
     * @param maxCalls largest budget that will be asked for, at least one call for each stage; more calls than steps are
     *     never made
     */
    public OrderAgnosticPlanner(LossComponents curve, Monotonization monotonization, int maxCalls) {
        this.curve = monotonization.of(curve);
        int limit = Math.min(maxCalls, curve.steps());
        checkCalls(maxCalls, curve.stages());
        int exponent = exponent(this.curve);
        int stageLimit = Math.min(curve.units(), limit - curve.stages() + 1);
        for (int stage = 0; stage < curve.stages(); stage++) {
            double[] bits = this.curve.stage(stage);
            long[] rounded = new long[bits.length];
            for (int t = 0; t < bits.length; t++) {
                rounded[t] = Math.round(Math.scalb(bits[t], exponent));
            }
            stages.add(new StagePlans(rounded, stageLimit));
        }
        receivers = share(limit);
    }

    private static void checkCalls(int calls, int stages) {
        if (calls < stages) {
            throw new IllegalArgumentException("at least one network call is needed for each stage: " + calls + " for "
                    + stages + (stages == 1 ? " stage" : " stages"));
        }
    }

    /** The power of two, the same for all stages, that makes integers of the curve with units x largest below 2^61. */
    private static int exponent(LossComponents curve) {
        double largest = Double.MIN_NORMAL;
        for (int t = 0; t < curve.steps(); t++) {
            largest = Math.max(largest, curve.bits(t));
        }
        int bitsOfUnits = Integer.SIZE - Integer.numberOfLeadingZeros(curve.units());
        return 60 - bitsOfUnits - Math.getExponent(largest);
    }

    /**
     * Gives calls one by one to the stage that gains most. That is optimal because costs are convex in the number of calls,
     * and makes the allocations of all budgets beginnings of one list.
     */
    private int[] share(int limit) {
        int[] calls = new int[stages.size()];
        int[] out = new int[limit];
        for (int call = 0; call < limit; call++) {
            int best = call;
            if (call >= stages.size()) {
                long most = -1;
                for (int stage = 0; stage < calls.length; stage++) {
                    StagePlans plans = stages.get(stage);
                    if (calls[stage] < plans.maxCalls()) {
                        long gain = plans.cost(calls[stage]) - plans.cost(calls[stage] + 1);
                        if (gain > most) {
                            most = gain;
                            best = stage;
                        }
                    }
                }
            }
            calls[best]++;
            out[call] = best;
        }
        return out;
    }

    /** The curve that is planned for: the loss components, made monotone. Errors and counts are not carried over. */
    public LossComponents curve() {
        return curve;
    }

    /**
     * The cheapest schedule of exactly {@code calls} calls, or one for each step if that is fewer, over all ways to share
     * them among the stages. It covers all steps of all stages; each stage's first step is a start.
     *
     * @throws IllegalArgumentException if there are fewer calls than stages or more than were planned for
     */
    public Schedule plan(int calls) {
        int budget = budget(calls);
        int[] ofStage = new int[stages.size()];
        for (int call = 0; call < budget; call++) {
            ofStage[receivers[call]]++;
        }
        return join(ofStage);
    }

    /**
     * The cheapest schedule in which all stages have the same number of calls, as in the paper; what is left over goes to
     * the first stages, one call each. Otherwise as {@link #plan}.
     */
    public Schedule planEvenSplit(int calls) {
        return join(Schedule.evenSplit(stages.size(), budget(calls)));
    }

    private int budget(int calls) {
        checkCalls(calls, stages.size());
        int budget = Math.min(calls, curve.steps());
        if (budget > receivers.length) {
            throw new IllegalArgumentException(
                    calls + " network calls, but schedules were planned for up to " + receivers.length);
        }
        return budget;
    }

    private Schedule join(int[] calls) {
        List<Schedule> schedules = new ArrayList<>();
        for (int stage = 0; stage < calls.length; stage++) {
            schedules.add(stages.get(stage).schedule(calls[stage]));
        }
        return Schedule.concatenate(schedules);
    }

    /**
     * Expected bits of an item for any schedule, priced on any curve, e.g. one from validation data. On the curve that was
     * planned for, the price of the planned schedule is optimistic as far as the curve is noise.
     *
     * @throws IllegalArgumentException as {@link LossComponents#cost}
     */
    public static double cost(LossComponents curve, Schedule schedule) {
        return curve.cost(schedule);
    }

    /**
     * The baseline of the paper, which needs no curve: call i of n starts at i x steps / n, rounded half to even; all steps
     * if the budget is larger.
     */
    public static Schedule naive(int steps, int calls) {
        checkCalls(calls, 1);
        int n = Math.min(calls, steps);
        int[] starts = new int[n];
        for (int i = 0; i < n; i++) {
            long product = (long) i * steps;
            long floor = product / n;
            long twiceRest = 2 * (product % n);
            boolean up = twiceRest > n || (twiceRest == n && floor % 2 == 1);
            starts[i] = (int) (up ? floor + 1 : floor);
        }
        return Schedule.of(starts, steps);
    }

    /**
     * The baseline in each of several stages, the calls split as by {@link #planEvenSplit}.
     *
     * @throws IllegalArgumentException if there are fewer calls than stages
     */
    public static Schedule naive(int stages, int units, int calls) {
        checkCalls(calls, stages);
        List<Schedule> schedules = new ArrayList<>();
        for (int ofStage : Schedule.evenSplit(stages, calls)) {
            schedules.add(naive(units, ofStage));
        }
        return Schedule.concatenate(schedules);
    }
}
