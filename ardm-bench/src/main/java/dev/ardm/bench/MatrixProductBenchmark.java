package dev.ardm.bench;

import dev.ardm.exact.Kernels;
import dev.ardm.exact.PackedWeights;
import dev.ardm.exact.Workspace;
import java.util.Random;
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

/** Matrix products of the shapes that networks on small images have. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MatrixProductBenchmark {
    /** Which kernels. */
    @Param({"vector", "plain"})
    public String kernels = "plain";

    /** Rows, depth, outputs. */
    @Param({"784,64,256", "196,224,96", "49,128,384", "1,64,192", "512,512,512"})
    public String shape = "";

    private final Workspace workspace = new Workspace();
    private int rows;
    private Kernels chosen = Kernels.reference();
    private float[] x = {};
    private float[] out = {};
    private float[] bias = {};
    private PackedWeights weights = chosen.pack(new float[1], 1, 1);

    /** Fills the arrays. */
    @Setup
    public void prepare() {
        String[] sizes = shape.split(",");
        rows = Integer.parseInt(sizes[0]);
        int depth = Integer.parseInt(sizes[1]);
        int outputs = Integer.parseInt(sizes[2]);
        chosen = KernelNames.kernels(kernels);
        Random random = new Random(1);
        x = Gaussian.array(random, rows * depth);
        bias = Gaussian.array(random, outputs);
        weights = chosen.pack(Gaussian.array(random, depth * outputs), outputs, depth);
        out = new float[rows * outputs];
    }

    /** One product. */
    @Benchmark
    public float[] product() {
        chosen.matmul(x, 0, rows, weights, bias, out, 0, workspace);
        return out;
    }
}
