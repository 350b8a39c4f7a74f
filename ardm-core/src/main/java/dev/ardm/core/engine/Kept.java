package dev.ardm.core.engine;

import dev.ardm.core.network.CausalKernel;
import dev.ardm.core.network.Layer;
import java.util.HashMap;
import java.util.Map;

/**
 * What the causal layers of a network keep of one item: their inputs at the places that were computed. It may serve another item of the
 * same size afterwards: no layer reads what was not written before in the item's own order. For one thread at a time.
 */
public final class Kept {
    private final int rows;
    private final int columns;
    private final Map<String, CausalGrid> grids = new HashMap<>();

    /** Of items of that many rows (1 for sequences) and columns. */
    public Kept(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
    }

    CausalGrid grid(Layer layer, CausalKernel kernel, int channels) {
        return grids.computeIfAbsent(
                layer.name(),
                name -> new CausalGrid(
                        kernel, channels, columns, new float[CausalGrid.size(kernel, channels, rows, columns)]));
    }
}
