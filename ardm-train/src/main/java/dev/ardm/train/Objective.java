package dev.ardm.train;

import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Weights;
import dev.ardm.data.ItemSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/**
 * What a model is trained for: which parameters it has, where they start, what a step looks at and what it makes smaller. The
 * {@link Trainer} knows no more of a model. Whatever is random in it follows from its own seed and the arguments.
 *
 * @param <B> a batch of examples
 */
public interface Objective<B> {
    /** The layers whose parameters are learned, in a fixed order; their names are unique. */
    List<Layer> layers();

    /** The values that the parameters start from, fitted to the items where that helps. */
    Weights initial(ItemSet items);

    /**
     * Makes examples of items.
     *
     * @param indices which items
     * @param purpose {@link Purpose#CORRUPTION} for a training step, {@link Purpose#EVALUATION} for validation, which leaves out
     *     everything that only helps learning
     * @param number of the step, or of the batch in a validation
     */
    B draw(ItemSet items, int[] indices, Purpose purpose, long number);

    /** The loss in nats per dimension, averaged over the batch: a scalar tensor with its gradient. */
    Tensor loss(TorchOps ops, B batch);

    /** What a single prediction of a batch counts in its loss, on average. */
    default double weight(B batch) {
        return 1;
    }

    /** Names of the layers that see items, and of those whose outputs are the network's: their scales mean something. */
    default Set<String> outerLayers() {
        return Set.of();
    }

    /** Names of the layers that are computed in binary32 even where others are computed in bf16. */
    default Set<String> preciseLayers() {
        return Set.of();
    }
}
