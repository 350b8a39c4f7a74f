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

/** Convolutions of the shapes that U-Nets on small images have. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ConvolutionBenchmark {
    /** Which kernels. */
    @Param({"vector", "plain"})
    public String kernels = "plain";

    /** Side, input channels, output channels, kernel, stride. */
    @Param({"28,2,24,3,1", "28,32,32,3,1", "14,96,96,3,1", "7,128,128,3,1", "28,32,96,3,2", "14,224,96,1,1"})
    public String shape = "";

    private final Workspace workspace = new Workspace();
    private int side;
    private int inputs;
    private int kernel;
    private int stride;
    private Kernels chosen = Kernels.reference();
    private float[] x = {};
    private float[] out = {};
    private float[] bias = {};
    private PackedWeights weights = chosen.pack(new float[1], 1, 1);

    /** Fills the arrays. */
    @Setup
    public void prepare() {
        String[] sizes = shape.split(",");
        side = Integer.parseInt(sizes[0]);
        inputs = Integer.parseInt(sizes[1]);
        int outputs = Integer.parseInt(sizes[2]);
        kernel = Integer.parseInt(sizes[3]);
        stride = Integer.parseInt(sizes[4]);
        chosen = KernelNames.kernels(kernels);
        Random random = new Random(1);
        x = Gaussian.array(random, side * side * inputs);
        bias = Gaussian.array(random, outputs);
        weights = chosen.pack(
                Gaussian.array(random, kernel * kernel * inputs * outputs), outputs, kernel * kernel * inputs);
        int outSide = Kernels.convOutput(side, kernel, stride);
        out = new float[outSide * outSide * outputs];
    }

    /** One image. */
    @Benchmark
    public float[] convolution() {
        chosen.conv2d(x, 0, 1, side, side, inputs, weights, bias, kernel, stride, out, 0, workspace);
        return out;
    }
}
