package dev.ardm.train;

import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.network.NetworkInput;
import dev.ardm.core.network.Weights;
import dev.ardm.train.runtime.NativeWork;
import dev.ardm.train.runtime.TrainingRuntime;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * Runs a network on LibTorch in fp32, without gradients: what the exact engine is compared with. Its bits depend on the machine, the
 * batch and the number of threads, so nothing may be coded with it. For use by one thread.
 */
public final class TorchEngine {
    private final Network network;
    private final TorchOps ops;

    /** Copies the weights into LibTorch's memory, where they stay. */
    public TorchEngine(Network network, Weights weights) {
        this.network = network;
        try (NativeWork work = NativeWork.begin()) {
            this.ops = new TorchOps(new TorchParameters(network.layers(), weights, false), false);
        }
    }

    /** Sets the number of threads of all of LibTorch. Some of its libraries heed the environment only (see the launcher). */
    public static void threads(int count) {
        TrainingRuntime.setThreads(count);
    }

    /**
     * Logits of the variables of chosen places, as {@link Network#logits}.
     *
     * @return for each place its variables' logits, in row-major order
     */
    public float[] logits(NetworkInput input, int[] places) {
        try (NativeWork work = NativeWork.begin();
                PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor out = network.logits(ops, input, places).contiguous();
            float[] values = new float[Math.toIntExact(out.numel())];
            FloatBuffer buffer = out.createBuffer();
            buffer.get(values);
            return values;
        }
    }
}
