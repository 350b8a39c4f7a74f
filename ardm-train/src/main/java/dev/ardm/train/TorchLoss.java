package dev.ardm.train;

import dev.ardm.core.network.Network;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The loss of a batch on LibTorch. */
final class TorchLoss {
    private TorchLoss() {}

    /** Estimate of the bound in nats per dimension; a scalar tensor with gradient. */
    static Tensor of(Network network, TorchOps ops, TrainingBatch batch, boolean bf16) {
        Tensor outputs = TorchRuntime.withAutocast(bf16, () -> network.logits(ops, batch.input(), batch.sites()));
        Tensor rows = outputs.reshape(-1, network.output().outputs()).to(ScalarType.Float);
        if (batch.rows().length != batch.sites().length * network.unitsPerPlace()) {
            rows = rows.index_select(0, longs(batch.rows()));
        }
        return NegativeLogLikelihood.of(network, rows, batch)
                .mul(AbstractTensor.create(batch.weights(), batch.weights().length))
                .sum();
    }

    private static Tensor longs(int[] values) {
        long[] out = new long[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = values[i];
        }
        return AbstractTensor.create(out, out.length);
    }
}
