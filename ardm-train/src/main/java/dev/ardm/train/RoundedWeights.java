package dev.ardm.train;

import dev.ardm.core.network.Weights;
import dev.ardm.core.weights.WeightGrid;
import java.util.Map;

/**
 * Weights that are multiples of steps.
 *
 * @param grids of each tensor by its name
 */
public record RoundedWeights(Weights weights, Map<String, WeightGrid> grids) {
    /** Copies the map. */
    public RoundedWeights {
        grids = Map.copyOf(grids);
    }
}
