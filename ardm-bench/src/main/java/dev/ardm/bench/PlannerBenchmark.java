package dev.ardm.bench;

import dev.ardm.core.masking.plan.LossComponents;
import dev.ardm.core.masking.plan.Monotonization;
import dev.ardm.core.masking.plan.OrderAgnosticPlanner;
import dev.ardm.core.masking.plan.Schedule;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Planning of a budget of calls for items of many variables: each time from the loss components on, as a new process does it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 5, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 0)
@Measurement(iterations = 3)
public class PlannerBenchmark {
    /** Number of variables. */
    @Param({"10000", "1000000"})
    public int dimensions = 1000;

    /** Number of network calls. */
    @Param({"20", "100"})
    public int calls = 20;

    private LossComponents components = LossComponents.of(1, new double[1]);

    /** A falling curve with noise. */
    @Setup
    public void prepare() {
        double[] bits = new double[dimensions];
        for (int t = 0; t < dimensions; t++) {
            bits[t] = 1 + 7 / Math.sqrt(1 + 1e4 * t / dimensions) + 0.01 * Math.sin(t);
        }
        components = LossComponents.of(1, bits);
    }

    /** One plan. */
    @Benchmark
    public Schedule plan() {
        return new OrderAgnosticPlanner(components, Monotonization.SORTED).plan(calls);
    }
}
