package dev.ardm.fuzz;

import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import java.util.Arrays;
import java.util.Set;

/** The plan in an archive's header. */
final class PlanTarget implements FuzzTarget {
    private final Process process = new OrderAgnostic(TinyModel.SPACE);

    @Override
    public String name() {
        return "plan";
    }

    @Override
    public Set<Class<? extends Exception>> documented() {
        return Set.of(IllegalArgumentException.class);
    }

    @Override
    public void run(byte[] input, Scratch scratch) {
        MaskingPlan plan = MaskingPlan.fromBytes(input, process);
        PropertyViolation.unless(Arrays.equals(plan.toBytes(), input), "a plan has one spelling");
        PropertyViolation.unless(
                plan.order(process).size() == process.units(), "a plan that was read has an order of the process");
    }
}
