package dev.ardm.core.engine;

import dev.ardm.core.network.Layer.CausalConv2d;
import dev.ardm.exact.Epilogue;
import java.util.Arrays;
import java.util.function.IntFunction;

/** Causal convolutions of whole items: the taps of some places side by side, and one matrix product. */
final class CausalProducts {
    /** Places whose taps are side by side at a time, for each thread: they stay in its cache. */
    private static final int BLOCK = 128;

    private final ArrayPool pool;
    private final RowPieces rows;
    private final Products products;
    private final int block;

    CausalProducts(ArrayPool pool, RowPieces rows, Products products, int threads) {
        this.pool = pool;
        this.rows = rows;
        this.products = products;
        this.block = BLOCK * threads;
    }

    /**
     * Convolution of each item.
     *
     * @param epilogue that of the row of the output with an index
     */
    void apply(ExactArray x, CausalConv2d layer, ExactArray out, IntFunction<Epilogue> epilogue) {
        int[] s = x.shape();
        int places = s[1] * s[2];
        int depth = layer.kernel().taps() * layer.in();
        float[] around = pool.array(CausalGrid.size(layer.kernel(), layer.in(), s[1], s[2]))
                .values();
        Arrays.fill(around, 0);
        CausalGrid grid = new CausalGrid(layer.kernel(), layer.in(), s[2], around);
        float[] patches = pool.array(Math.min(block, places), depth).values();
        for (int n = 0; n < s[0]; n++) {
            grid.putFirst(places, x.values(), n * places * layer.in());
            for (int from = 0; from < places; from += block) {
                int begin = from;
                int count = Math.min(block, places - from);
                rows.run(count, depth, (first, end, workspace) -> {
                    for (int row = first; row < end; row++) {
                        grid.gather(begin + row, patches, row * depth);
                    }
                });
                int row = n * places + from;
                products.rows(patches, count, layer, out, row * layer.out(), epilogue.apply(row));
            }
        }
    }
}
