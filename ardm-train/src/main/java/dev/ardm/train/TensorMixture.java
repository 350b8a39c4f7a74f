package dev.ardm.train;

import dev.ardm.core.masking.output.ComponentMath;
import dev.ardm.core.masking.output.DiscretizedLogistics;
import dev.ardm.core.masking.output.LogisticMixture;
import dev.ardm.core.masking.process.Process;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The components of all units of a batch in binary32, with gradients: tensors {@code [units, components]}, or {@code [units, 1]} of what
 * is the same for all components.
 */
final class TensorMixture implements ComponentMath.WithLogarithms<Tensor> {
    private final Process process;
    private final LogisticMixture output;
    private final DiscretizedLogistics logistics;
    private final TrainingBatch batch;
    private final Tensor rows;

    /** @param rows {@code [units, outputs]} */
    TensorMixture(Process process, LogisticMixture output, TrainingBatch batch, Tensor rows) {
        this.process = process;
        this.output = output;
        this.logistics = new DiscretizedLogistics(output, process.space().maxCategories());
        this.batch = batch;
        this.rows = rows;
    }

    @Override
    public Tensor outputs(int first) {
        return rows.narrow(1, first, output.components());
    }

    @Override
    public Tensor times(Tensor x, float factor) {
        return x.mul(new Scalar((double) factor));
    }

    @Override
    public Tensor plusProduct(Tensor sum, Tensor x, Tensor y) {
        return sum.add(x.mul(y));
    }

    @Override
    public Tensor clamp(Tensor x, float least, float largest) {
        return x.clamp(
                new ScalarOptional(new Scalar((double) least)), new ScalarOptional(new Scalar((double) largest)));
    }

    @Override
    public Tensor exp(Tensor x) {
        return x.exp();
    }

    @Override
    public Tensor deviation(int channel, Tensor means) {
        float[] out = new float[units()];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) logistics.scaled(value(i, channel));
        }
        return column(out).sub(means);
    }

    private int units() {
        return batch.units().length;
    }

    private int value(int unit, int channel) {
        return batch.targets()[unit * output.channels() + channel];
    }

    private static Tensor column(float[] values) {
        return AbstractTensor.create(values, values.length, 1);
    }

    @Override
    public Tensor add(Tensor x, Tensor y) {
        return x.add(y);
    }

    @Override
    public Tensor subtract(Tensor x, Tensor y) {
        return x.sub(y);
    }

    @Override
    public Tensor multiply(Tensor x, Tensor y) {
        return x.mul(y);
    }

    @Override
    public Tensor negate(Tensor x) {
        return x.neg();
    }

    @Override
    public Tensor logSoftmax(Tensor x) {
        return torch.log_softmax(x, 1);
    }

    @Override
    public Tensor logSumExp(Tensor x) {
        return x.logsumexp(1);
    }

    @Override
    public Tensor logSigmoid(Tensor x) {
        return torch.log_sigmoid(x);
    }

    @Override
    public Tensor logOneMinusExp(Tensor x) {
        return x.neg().expm1().neg().log();
    }

    @Override
    public ComponentMath.Interval<Tensor> interval(int channel, int stages) {
        int categories = process.space().maxCategories();
        int count = units();
        float[] low = new float[count];
        float[] high = new float[count];
        float[] width = new float[count];
        boolean[] least = new boolean[count];
        boolean[] largest = new boolean[count];
        for (int i = 0; i < count; i++) {
            int done = batch.stages()[i] + stages;
            int from = process.coarse(value(i, channel), done);
            int to = Math.min(from + process.width(done), categories);
            least[i] = from == 0;
            largest[i] = to == categories;
            low[i] = (float) logistics.boundaryBelow(from);
            high[i] = (float) logistics.boundaryBelow(to);
            width[i] = high[i] - low[i];
        }
        return new Bounds(
                column(low),
                column(high),
                column(width),
                AbstractTensor.create(least, count, 1),
                AbstractTensor.create(largest, count, 1));
    }

    private record Bounds(Tensor low, Tensor high, Tensor width, Tensor least, Tensor largest)
            implements ComponentMath.Interval<Tensor> {
        @Override
        public Tensor zeroIfLeast(Tensor x) {
            return torch.where(least, torch.zeros_like(x), x);
        }

        @Override
        public Tensor zeroIfLargest(Tensor x) {
            return torch.where(largest, torch.zeros_like(x), x);
        }
    }
}
