package dev.ardm.bench;

import dev.ardm.core.engine.ExactEngine;
import dev.ardm.core.model.Model;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/** One call of a whole U-Net on a half-known image of 28x28. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class NetworkBenchmark {
    /** Which kernels. */
    @Param({"vector", "plain"})
    public String kernels = "plain";

    /** How many variables' logits are wanted. */
    @Param({"12", "392"})
    public int wanted;

    private ExactEngine.@Nullable Worker worker;
    private int[] item = {};
    private boolean[] known = {};
    private int[] positions = {};

    /** Makes the network. */
    @Setup
    public void prepare() {
        Model model = Networks.small();
        worker = new ExactEngine(model.network(), model.weights(), KernelNames.kernels(kernels)).worker();
        item = Networks.items(model.space(), 1);
        known = new boolean[item.length];
        positions = new int[wanted];
        for (int i = 0; i < item.length; i++) {
            known[i] = i % 2 == 0;
        }
        for (int i = 0; i < wanted; i++) {
            positions[i] = 2 * i + 1;
        }
    }

    /** One call. */
    @Benchmark
    public float[] logits() {
        if (worker == null) {
            throw new IllegalStateException("not prepared");
        }
        return worker.logits(item, known, positions);
    }
}
