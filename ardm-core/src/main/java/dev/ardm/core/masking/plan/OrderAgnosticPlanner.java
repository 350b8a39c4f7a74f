package dev.ardm.core.masking.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the cheapest schedule of each budget of network calls for random orders, from the loss components alone: n units
 * generated from one call at step s cost n L_s, whatever their positions (Hoogeboom et al. 2022, section 3.1). Schedules are
 * exactly optimal for the curve, rounded to 2^-58 x steps of its largest entry or finer; every call generates at least one
 * unit. The paper's dynamic program takes O(calls x steps^2) time; here each price of a call takes O(steps), and ten to
 * twenty prices are tried for any budget ({@link GroupBudget}).
 *
 * <p>With several stages each gets at least one call, and no group reaches from one stage into the next. {@link #plan} shares
 * the budget among the stages as is cheapest, which the paper mentions and does not try; {@link #planEvenSplit} gives every
 * stage the same. For use by one thread.
 *
 * <p>For one fixed order, in which a coder generates and where the price of a group depends on which positions it holds, see
 * {@link FixedOrderPlanner}.
 */
public final class OrderAgnosticPlanner {
    /** Of what all steps cost at most: six times as much is still a long, see {@link PricedGroups}. */
    private static final int BITS = 60;

    private final LossComponents curve;
    private final List<PricedGroups> stages = new ArrayList<>();

    /**
     * Plans for all budgets.
     *
     * @param curve measured on other items than those that will test the schedules
     */
    public OrderAgnosticPlanner(LossComponents curve, Monotonization monotonization) {
        this.curve = monotonization.of(curve);
        int exponent = exponent(this.curve);
        for (int stage = 0; stage < curve.stages(); stage++) {
            double[] bits = this.curve.stage(stage);
            long[] rounded = new long[bits.length];
            for (int t = 0; t < bits.length; t++) {
                rounded[t] = Math.round(Math.scalb(bits[t], exponent));
            }
            stages.add(new PricedGroups(rounded));
        }
    }

    private static void checkCalls(int calls, int stages) {
        if (calls < stages) {
            throw new IllegalArgumentException("at least one network call is needed for each stage: " + calls + " for "
                    + stages + (stages == 1 ? " stage" : " stages"));
        }
    }

    /** The power of two, the same for all stages, that makes integers of the curve with steps x largest below 2^60. */
    private static int exponent(LossComponents curve) {
        double largest = Double.MIN_NORMAL;
        for (int t = 0; t < curve.steps(); t++) {
            largest = Math.max(largest, curve.bits(t));
        }
        int bitsOfSteps = Integer.SIZE - Integer.numberOfLeadingZeros(curve.steps());
        return BITS - 1 - bitsOfSteps - Math.getExponent(largest);
    }

    /** The curve that is planned for: the loss components, made monotone. Errors and counts are not carried over. */
    public LossComponents curve() {
        return curve;
    }

    /**
     * The cheapest schedule of exactly {@code calls} calls, or one for each step if that is fewer, over all ways to share
     * them among the stages. It covers all steps of all stages; each stage's first step is a start.
     *
     * @throws IllegalArgumentException if there are fewer calls than stages
     */
    public Schedule plan(int calls) {
        return join(new GroupBudget(stages).cheapest(budget(calls)));
    }

    /**
     * The cheapest schedule in which all stages have the same number of calls, as in the paper; what is left over goes to
     * the first stages, one call each. Otherwise as {@link #plan}.
     */
    public Schedule planEvenSplit(int calls) {
        int[] shares = Schedule.evenSplit(stages.size(), budget(calls));
        List<int[]> starts = new ArrayList<>();
        for (int stage = 0; stage < shares.length; stage++) {
            starts.addAll(new GroupBudget(List.of(stages.get(stage))).cheapest(shares[stage]));
        }
        return join(starts);
    }

    private int budget(int calls) {
        checkCalls(calls, stages.size());
        return Math.min(calls, curve.steps());
    }

    private Schedule join(List<int[]> starts) {
        List<Schedule> schedules = new ArrayList<>();
        for (int[] ofStage : starts) {
            schedules.add(Schedule.of(ofStage, curve.units()));
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
