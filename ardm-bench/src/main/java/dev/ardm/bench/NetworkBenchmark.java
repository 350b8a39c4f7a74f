package dev.ardm.bench;

import dev.ardm.core.Space;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.engine.ItemEngine;
import dev.ardm.core.masking.network.NetworkInput;
import dev.ardm.train.TorchEngine;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One call of a whole network on half-known items, on the exact engine or on LibTorch. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dorg.bytedeco.openblas.load=mkl"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class NetworkBenchmark {
    /** Which engine: the exact one on vector or plain kernels, or libtorch. */
    @Param({"vector", "plain", "libtorch"})
    public String engine = "vector";

    /** Which network: small (28x28 grey, the sizes of the MNIST model), unet64 or transformer. */
    @Param({"small", "unet64", "transformer"})
    public String network = "small";

    /** Items in a batch. */
    @Param({"1", "8", "32"})
    public int batch = 1;

    /** Threads. */
    @Param({"1"})
    public int threads = 1;

    /** Whether the logits of all variables are wanted, or of the sixteenth part that is coded in a call of sixteen. */
    @Param({"true"})
    public boolean all = true;

    private Supplier<float[]> call = () -> new float[0];
    private AutoCloseable open = () -> {};

    /** Makes the network. */
    @Setup
    public void prepare() {
        MaskingModel model =
                switch (network) {
                    case "small" -> Networks.small();
                    case "unet64" -> Networks.unet64();
                    case "transformer" -> Networks.transformer();
                    default -> throw new IllegalArgumentException("no network named " + network);
                };
        Space space = model.space();
        int[] items = Networks.items(space, batch);
        boolean[] known = new boolean[items.length];
        for (int i = 0; i < known.length; i++) {
            known[i] = i % 2 == 0;
        }
        NetworkInput input = new NetworkInput(space, batch, items, known);
        int[] positions =
                IntStream.range(0, items.length).filter(i -> all || i % 16 == 1).toArray();
        if (engine.equals("libtorch")) {
            int variables = model.network().unitsPerPlace();
            int[] places =
                    IntStream.of(positions).map(i -> i / variables).distinct().toArray();
            TorchEngine.threads(threads);
            TorchEngine torch = new TorchEngine(model.network(), model.weights());
            call = () -> torch.logits(input, places);
        } else {
            ItemEngine exact = new ItemEngine(model.network(), model.weights(), KernelNames.kernels(engine));
            ItemEngine.Worker worker = exact.worker(threads);
            open = worker;
            call = () -> worker.logits(input, positions);
        }
    }

    /** Ends the threads. */
    @TearDown
    public void close() throws Exception {
        open.close();
    }

    /** One call. */
    @Benchmark
    public float[] logits() {
        return call.get();
    }
}
