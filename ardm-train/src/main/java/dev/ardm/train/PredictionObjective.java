package dev.ardm.train;

import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Weights;
import dev.ardm.core.prediction.PredictionNetwork;
import dev.ardm.core.prediction.PredictionRows;
import dev.ardm.data.ItemSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The information content of samples of signals by a {@link PredictionNetwork}. Items are {@link Samples}. */
public final class PredictionObjective implements Objective<PredictionObjective.Batch> {
    /** Furthest means, and largest logarithms of scales, as the model has them. */
    private static final double MOST_LOG = 6;

    private static final double MOST_MEAN = 64;

    /** Of a mass: of improbable samples the logarithm stays finite. */
    private static final double LEAST_WIDTH = 1e-6;

    private final PredictionNetwork network;
    private final long seed;

    /** The objective of a network, and the seed of the weights it begins with. */
    public PredictionObjective(PredictionNetwork network, long seed) {
        this.network = network;
        this.seed = seed;
    }

    /** Samples of a step, as {@link PredictionRows} has them. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Batch(float[] numbers, float[] offsets, float[] halves) {}

    /** Samples as items to train on: the number of a row is the item. Their values are not looked at. */
    public record Samples(PredictionRows rows) implements ItemSet {
        private static final Space NUMBER = Space.of(new int[] {1}, 2, Space.Scale.ORDERED);

        @Override
        public Space space() {
            return NUMBER;
        }

        @Override
        public int size() {
            return rows.count();
        }

        @Override
        public int[] item(int index) {
            Objects.checkIndex(index, size());
            return new int[1];
        }
    }

    @Override
    public List<Layer> layers() {
        return network.layers();
    }

    @Override
    public Weights initial(ItemSet items) {
        return network.initial(seed);
    }

    @Override
    public Batch draw(ItemSet items, int[] indices, Purpose purpose, long number) {
        PredictionRows all = ((Samples) items).rows();
        float[] offsets = new float[indices.length];
        float[] halves = new float[indices.length];
        for (int k = 0; k < indices.length; k++) {
            offsets[k] = all.offsets()[indices[k]];
            halves[k] = all.halves()[indices[k]];
        }
        return new Batch(all.numbers(indices), offsets, halves);
    }

    /** Logarithms of masses as in {@link dev.ardm.core.masking.output.DiscretizedLogistics}. */
    @Override
    public Tensor loss(TorchOps ops, Batch batch) {
        int n = batch.offsets().length;
        int m = PredictionNetwork.COMPONENTS;
        Tensor out = network.outputs(ops, ops.input(batch.numbers(), 1, 1, n, PredictionNetwork.INPUTS))
                .reshape(n, PredictionNetwork.OUTPUTS)
                .to(ScalarType.Float);
        Tensor weights = torch.log_softmax(out.narrow(1, 0, m), 1);
        Tensor offset = AbstractTensor.create(batch.offsets(), n, 1).sub(bounded(out.narrow(1, m, m), MOST_MEAN));
        Tensor inverse = bounded(out.narrow(1, 2 * m, m), MOST_LOG).neg().exp();
        Tensor half = AbstractTensor.create(batch.halves(), n, 1);
        Tensor below = torch.log_sigmoid(offset.add(half).mul(inverse));
        Tensor above = torch.log_sigmoid(offset.sub(half).mul(inverse).neg());
        Tensor width = half.mul(inverse)
                .mul(new Scalar(2.0))
                .clamp_min(new Scalar(LEAST_WIDTH))
                .neg()
                .expm1()
                .neg()
                .log();
        return weights.add(below).add(above).add(width).logsumexp(1).mean().neg();
    }

    private static Tensor bounded(Tensor x, double most) {
        return x.clamp(new ScalarOptional(new Scalar(-most)), new ScalarOptional(new Scalar(most)));
    }

    @Override
    public Set<String> outerLayers() {
        return Set.of(PredictionNetwork.STEM, PredictionNetwork.HEAD);
    }

    @Override
    public Set<String> preciseLayers() {
        return Set.of(PredictionNetwork.STEM, PredictionNetwork.HEAD);
    }
}
