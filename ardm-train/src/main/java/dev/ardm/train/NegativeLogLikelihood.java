package dev.ardm.train;

import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.output.DigitInterval;
import dev.ardm.core.masking.output.DiscretizedLogistics;
import dev.ardm.core.masking.output.LogisticMixture;
import dev.ardm.core.masking.output.LogitOutput;
import dev.ardm.core.masking.process.Process;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Information contents of units under a network's outputs, with gradients: what training makes small. */
final class NegativeLogLikelihood {
    private final Process process;
    private final Network network;
    private final TrainingBatch batch;

    private NegativeLogLikelihood(Network network, TrainingBatch batch) {
        this.process = network.process();
        this.network = network;
        this.batch = batch;
    }

    /**
     * Nats of each target of a batch.
     *
     * @param rows {@code [targets, outputs]}, binary32
     */
    static Tensor of(Network network, Tensor rows, TrainingBatch batch) {
        NegativeLogLikelihood nats = new NegativeLogLikelihood(network, batch);
        if (network.output() instanceof LogitOutput logits) {
            return nats.ofLogits(rows, logits);
        }
        LogisticMixture mixture = (LogisticMixture) network.output();
        return new DiscretizedLogistics(mixture, network.process().space().maxCategories())
                .nats(
                        new TensorMixture(network.process(), mixture, batch, rows),
                        network.process().stages() > 1);
    }

    private Tensor ofLogits(Tensor rows, LogitOutput output) {
        int count = batch.targets().length;
        long[] from = new long[count];
        long[] to = new long[count];
        long[] childFrom = new long[count];
        long[] childTo = new long[count];
        boolean all = true;
        boolean single = true;
        for (int i = 0; i < count; i++) {
            int position = batch.units()[i];
            int stage = batch.stages()[i];
            int value = batch.targets()[i];
            DigitInterval interval = DigitInterval.of(process, position, value, stage);
            LogitOutput.Range logits = output.logits(position, stage, interval);
            int digit = interval.digit(process.leaf(value));
            from[i] = logits.first();
            to[i] = logits.end();
            childFrom[i] = logits.from(digit);
            childTo[i] = logits.to(digit);
            all &= logits.count() == output.outputs();
            single &= logits.perDigit() == 1;
        }
        if (all && single) {
            return torch.cross_entropy_loss(
                    rows, AbstractTensor.create(childFrom, count), new TensorOptional(), 0, -100, 0);
        }
        Tensor total = all ? rows.logsumexp(1) : intervals(rows, from, to);
        Tensor child = single
                ? rows.gather(1, AbstractTensor.create(childFrom, count, 1)).squeeze(1)
                : intervals(rows, childFrom, childTo);
        return total.sub(child);
    }

    /** Log-sum-exp of an interval of each row. */
    private static Tensor intervals(Tensor rows, long[] from, long[] to) {
        Tensor index = torch.arange(new Scalar(rows.size(1))).unsqueeze(0);
        Tensor inside = index.ge(AbstractTensor.create(from, from.length, 1))
                .logical_and(index.lt(AbstractTensor.create(to, to.length, 1)));
        return rows.masked_fill(inside.logical_not(), new Scalar(Double.NEGATIVE_INFINITY))
                .logsumexp(1);
    }
}
