package dev.ardm.train;

import dev.ardm.core.Space;
import dev.ardm.core.network.Network;
import dev.ardm.core.output.LogisticMixture;
import dev.ardm.core.output.LogitOutput;
import dev.ardm.core.process.Process;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
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
        return nats.ofMixture(rows, (LogisticMixture) network.output());
    }

    private Tensor ofLogits(Tensor rows, LogitOutput output) {
        Space space = process.space();
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
            int least = process.coarse(value, stage);
            int digitWidth = process.width(stage + 1);
            int most = Math.min(least + process.width(stage), space.categories(position));
            int perDigit = output.perDigit(digitWidth);
            int first = output.first(position, stage, least);
            int length = perDigit == 1 ? (most - least + digitWidth - 1) / digitWidth : most - least;
            int digit = (value - least) / digitWidth;
            from[i] = first;
            to[i] = first + length;
            childFrom[i] = first + digit * perDigit;
            childTo[i] = Math.min(childFrom[i] + perDigit, to[i]);
            all &= length == output.outputs();
            single &= perDigit == 1;
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

    private Tensor ofMixture(Tensor rows, LogisticMixture output) {
        int components = output.components();
        int categories = process.space().maxCategories();
        float largest = LogisticMixture.largestLogInverseScale(categories);
        boolean staged = process.stages() > 1;
        Scalar unit = new Scalar((double) LogisticMixture.UNIT);
        Tensor shares = torch.log_softmax(rows.narrow(1, 0, components), 1);
        Tensor after = shares;
        Tensor before = shares;
        Tensor[] deviations = new Tensor[output.channels()];
        for (int c = 0; c < output.channels(); c++) {
            Tensor centre = rows.narrow(1, output.mean(c), components).mul(unit);
            for (int earlier = 0; earlier < c; earlier++) {
                centre = centre.add(rows.narrow(1, output.coupling(c, earlier), components)
                        .mul(unit)
                        .mul(deviations[earlier]));
            }
            Tensor inverse = rows.narrow(1, output.logInverseScale(c), components)
                    .clamp(
                            new ScalarOptional(new Scalar((double) LogisticMixture.LEAST_LOG_INVERSE_SCALE)),
                            new ScalarOptional(new Scalar((double) largest)))
                    .exp();
            deviations[c] = numbers(c, output.channels(), categories).sub(centre);
            after = after.add(logMass(c, output.channels(), 1, centre, inverse, categories));
            if (staged) {
                before = before.add(logMass(c, output.channels(), 0, centre, inverse, categories));
            }
        }
        Tensor bits = after.logsumexp(1).neg();
        return staged ? bits.add(before.logsumexp(1)) : bits;
    }

    /** Values scaled to [-1, 1]: {@code [targets, 1]}. */
    private Tensor numbers(int channel, int channels, int categories) {
        int count = batch.units().length;
        float[] out = new float[count];
        for (int i = 0; i < count; i++) {
            out[i] = (2 * batch.targets()[i * channels + channel] - (categories - 1)) / (float) (categories - 1);
        }
        return AbstractTensor.create(out, count, 1);
    }

    /** Logarithm of each component's mass of the interval known after the stage and {@code more} stages. */
    private Tensor logMass(int channel, int channels, int more, Tensor centre, Tensor inverse, int categories) {
        int count = batch.units().length;
        float[] low = new float[count];
        float[] high = new float[count];
        boolean[] lowest = new boolean[count];
        boolean[] highest = new boolean[count];
        for (int i = 0; i < count; i++) {
            int done = batch.stages()[i] + more;
            int from = process.coarse(batch.targets()[i * channels + channel], done);
            int to = Math.min(from + process.width(done), categories);
            lowest[i] = from == 0;
            highest[i] = to == categories;
            low[i] = (2 * from - categories) / (float) (categories - 1);
            high[i] = (2 * to - categories) / (float) (categories - 1);
        }
        Tensor lows = AbstractTensor.create(low, count, 1);
        Tensor highs = AbstractTensor.create(high, count, 1);
        Tensor below = torch.log_sigmoid(highs.sub(centre).mul(inverse));
        Tensor above = torch.log_sigmoid(lows.sub(centre).mul(inverse).neg());
        Tensor inner = lows.sub(highs).mul(inverse).expm1().neg().log();
        Tensor none = torch.zeros_like(below);
        Tensor isLowest = AbstractTensor.create(lowest, count, 1);
        Tensor isHighest = AbstractTensor.create(highest, count, 1);
        Tensor open = isLowest.logical_or(isHighest);
        return torch.where(isHighest, none, below)
                .add(torch.where(isLowest, none, above))
                .add(torch.where(open, none, inner));
    }
}
