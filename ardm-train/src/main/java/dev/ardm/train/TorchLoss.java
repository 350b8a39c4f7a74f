package dev.ardm.train;

import dev.ardm.core.network.Network;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The loss of a batch on LibTorch. */
final class TorchLoss {
    private TorchLoss() {}

    /** Estimate of the bound in nats per dimension; a scalar tensor with gradient. */
    static Tensor of(Network network, TorchOps ops, TrainingBatch batch, boolean bf16) {
        Tensor logits = TorchRuntime.withAutocast(bf16, () -> network.logits(ops, batch.input(), batch.sites()));
        int categories = network.space().maxCategories();
        Tensor rows = logits.reshape(-1, categories).to(ScalarType.Float);
        int variables = network.variablesPerPlace();
        if (batch.targets().length != batch.sites().length * variables) {
            rows = rows.index_select(0, longs(batch.rows()));
        }
        Tensor each = torch.cross_entropy_loss(rows, longs(batch.targets()), new TensorOptional(), 0, -100, 0);
        return each.mul(AbstractTensor.create(batch.weights(), batch.weights().length))
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
