package dev.ardm.bench;

import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import java.util.List;
import java.util.Optional;
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

/** Coding of one image of 28x28, on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ItemBenchmark {
    /** Which kernels. */
    @Param({"vector", "plain"})
    public String kernels = "plain";

    /** Network calls for each item. */
    @Param({"16", "64"})
    public int calls;

    private @Nullable LikelihoodModel model;
    private @Nullable Plan plan;
    private List<int[]> items = List.of();
    private List<byte[]> streams = List.of();

    /** Codes the item that is decoded. */
    @Setup
    public void prepare() {
        LikelihoodModel made = Networks.small().open(1, KernelNames.kernels(kernels));
        model = made;
        plan = made.plan(calls);
        items = List.of(Networks.items(made.space(), 1));
        streams = made.encode(items, made.plan(calls), LikelihoodModel.NO_PROGRESS);
    }

    /** One item. */
    @Benchmark
    public List<byte[]> encode() {
        if (model == null || plan == null) {
            throw new IllegalStateException("not prepared");
        }
        return model.encode(items, plan, LikelihoodModel.NO_PROGRESS);
    }

    /** One item. */
    @Benchmark
    public List<Optional<int[]>> decode() {
        if (model == null || plan == null) {
            throw new IllegalStateException("not prepared");
        }
        return model.decode(streams, plan, LikelihoodModel.NO_PROGRESS);
    }
}
