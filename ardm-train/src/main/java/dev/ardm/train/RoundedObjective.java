package dev.ardm.train;

import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Weights;
import dev.ardm.core.weights.WeightGrid;
import dev.ardm.data.ItemSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/**
 * An objective of weights that will be rounded: the network has rounded weights, and the gradient of a rounded weight is that of the weight that it
 * was rounded from (the straight-through estimator, Y. Bengio, N. Leonard and A. Courville, arXiv 1308.3432).
 *
 * @param objective of weights that are not rounded
 * @param start where the weights begin
 * @param grids of each tensor by its name
 */
record RoundedObjective<B>(Objective<B> objective, Weights start, Map<String, WeightGrid> grids)
        implements Objective<B> {
    @Override
    public List<Layer> layers() {
        return objective.layers();
    }

    @Override
    public Weights initial(ItemSet items) {
        return start;
    }

    @Override
    public B draw(ItemSet items, int[] indices, Purpose purpose, long number) {
        return objective.draw(items, indices, purpose, number);
    }

    @Override
    public Tensor loss(TorchOps ops, B batch) {
        return objective.loss(ops.rounded(grids), batch);
    }

    @Override
    public double weight(B batch) {
        return objective.weight(batch);
    }

    @Override
    public Set<String> preciseLayers() {
        return objective.preciseLayers();
    }

    @Override
    public Set<String> outerLayers() {
        return objective.outerLayers();
    }
}
