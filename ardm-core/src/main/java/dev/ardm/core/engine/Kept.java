package dev.ardm.core.engine;

import dev.ardm.core.network.CausalKernel;
import dev.ardm.core.network.Layer;
import dev.ardm.exact.KeptKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a causal network keeps of one item: the inputs of its convolutions at the places that were computed, and the keys and values of
 * its attentions. It may serve another item of the same size afterwards: no convolution reads what was not written before in the item's
 * own order. For one thread at a time.
 */
public final class Kept {
    private final int rows;
    private final int columns;
    private final Map<String, CausalGrid> grids = new HashMap<>();
    private final List<KeptKeys> keys = new ArrayList<>();

    /** Of items of that many rows (1 for sequences) and columns. */
    public Kept(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /** Begins with an item: what attention kept of another must not be seen. */
    public void begin() {
        keys.forEach(KeptKeys::clear);
    }

    /** The keys and values of an attention, as the how-manieth of a network. */
    KeptKeys keys(int index, int heads, int headWidth) {
        while (keys.size() <= index) {
            keys.add(new KeptKeys(heads, headWidth));
        }
        return keys.get(index);
    }

    CausalGrid grid(Layer layer, CausalKernel kernel, int channels) {
        return grids.computeIfAbsent(
                layer.name(),
                name -> new CausalGrid(
                        kernel, channels, columns, new float[CausalGrid.size(kernel, channels, rows, columns)]));
    }
}
