package dev.ardm.train;

import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.output.LogisticMixture;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Weights;
import dev.ardm.data.ItemSet;
import dev.ardm.train.step.Shifts;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The bound of autoregressive diffusion (Hoogeboom et al. 2022, equation 3): a network predicts the values of items of which it
 * sees a part.
 */
public final class MaskingObjective implements Objective<TrainingBatch> {
    /** Layers of stems are called so. */
    private static final String STEM = "in.";

    private final Network network;
    private final TrainingSettings settings;

    /**
     * @param settings of which the loss sites, the part in coding order, the shifts and the seed are used
     * @throws IllegalArgumentException if there are shifts and the network is not for images that are larger
     */
    public MaskingObjective(Network network, TrainingSettings settings) {
        this.network = network;
        this.settings = settings;
        new Shifts(network.space(), settings.shifts()); // refuses what cannot be shifted
    }

    @Override
    public List<Layer> layers() {
        return network.layers();
    }

    @Override
    public Weights initial(ItemSet items) {
        Weights weights =
                Weights.initial(network, settings.seed()).with(network.logitBias(), InitialOutputs.of(network, items));
        return InitialPositions.in(weights, network);
    }

    @Override
    public TrainingBatch draw(ItemSet items, int[] indices, Purpose purpose, long number) {
        return TrainingBatch.of(items, indices, network, settings, purpose, number);
    }

    @Override
    public Tensor loss(TorchOps ops, TrainingBatch batch) {
        Tensor outputs = ops.inPrecision(() -> network.logits(ops, batch.input(), batch.sites()));
        Tensor rows = outputs.reshape(-1, network.output().outputs()).to(ScalarType.Float);
        if (batch.rows().length != batch.sites().length * network.unitsPerPlace()) {
            rows = rows.index_select(0, AbstractTensor.create(TorchOps.longs(batch.rows()), batch.rows().length));
        }
        return NegativeLogLikelihood.of(network, rows, batch)
                .mul(AbstractTensor.create(batch.weights(), batch.weights().length))
                .sum();
    }

    @Override
    public double weight(TrainingBatch batch) {
        double weight = 0;
        for (float each : batch.weights()) {
            weight += each / batch.weights().length;
        }
        return weight;
    }

    private String head() {
        String bias = network.logitBias();
        return bias.substring(0, bias.length() - ".bias".length());
    }

    @Override
    public Set<String> outerLayers() {
        return network.layers().stream()
                .map(Layer::name)
                .filter(name -> name.startsWith(STEM) || name.equals(head()))
                .collect(Collectors.toSet());
    }

    /** The means of a mixture of logistics need finer steps than bf16 has. */
    @Override
    public Set<String> preciseLayers() {
        return network.output() instanceof LogisticMixture ? Set.of(head()) : Set.of();
    }
}
