package dev.ardm.core.network;

import dev.ardm.core.network.Layer.Init;
import dev.ardm.core.network.Layer.LayerNorm;
import dev.ardm.core.network.Layer.Linear;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transformer (Vaswani et al. 2017) as Hoogeboom et al. 2022, appendix B, use it for text: layer norm before attention and before
 * the MLP, GELU. It looks in both directions, or, if it is causal, back only, as a language model does.
 */
public final class Transformer implements Backbone {
    private final TransformerConfig config;
    private final Visibility visibility;
    private final List<Layer> layers = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final LayerNorm headNorm;

    /** A transformer on features of the config's width, without vectors of the items. */
    public Transformer(TransformerConfig config, boolean causal) {
        this.config = config;
        this.visibility = causal ? Visibility.CAUSAL : Visibility.ALL;
        for (int i = 0; i < config.layers(); i++) {
            blocks.add(new Block("block" + i));
        }
        headNorm = layer(new LayerNorm("head.norm", config.width()));
    }

    private <L extends Layer> L layer(L layer) {
        layers.add(layer);
        return layer;
    }

    @Override
    public List<Layer> layers() {
        return List.copyOf(layers);
    }

    @Override
    public int width() {
        return config.width();
    }

    @Override
    public <T> T features(Ops<T> ops, T in, @Nullable T perItem, int[] sites, int @Nullable [] lengths) {
        Visibility seen = visibility.within(lengths);
        T x = in;
        for (Block block : blocks.subList(0, blocks.size() - 1)) {
            x = block.apply(ops, x, seen);
        }
        // Nothing looks at the other places after the last block's keys and values.
        x = blocks.get(blocks.size() - 1).applyAt(ops, x, seen, sites);
        return ops.layerNorm(x, headNorm);
    }

    /** Attention, then an MLP, each after a layer norm and added to what came in. */
    private final class Block {
        private final LayerNorm norm1;
        private final Linear query;
        private final Linear key;
        private final Linear value;
        private final Linear out;
        private final LayerNorm norm2;
        private final Linear mlp0;
        private final Linear mlp1;

        Block(String name) {
            int width = config.width();
            norm1 = layer(new LayerNorm(name + ".norm1", width));
            query = layer(new Linear(name + ".query", width, width, Init.FAN_IN));
            key = layer(new Linear(name + ".key", width, width, Init.FAN_IN));
            value = layer(new Linear(name + ".value", width, width, Init.FAN_IN));
            out = layer(new Linear(name + ".out", width, width, Init.ZERO));
            norm2 = layer(new LayerNorm(name + ".norm2", width));
            mlp0 = layer(new Linear(name + ".mlp.0", width, config.hidden(), Init.FAN_IN));
            mlp1 = layer(new Linear(name + ".mlp.1", config.hidden(), width, Init.ZERO));
        }

        /** At all places: {@code [n, 1, D, width]} to the same. */
        <T> T apply(Ops<T> ops, T x, Visibility seen) {
            T h = ops.layerNorm(x, norm1);
            T q = ops.linear(h, query);
            T k = ops.linear(h, key);
            T v = ops.linear(h, value);
            T attended = ops.attention(q, k, v, config.heads(), seen);
            return mlp(ops, ops.linearDropoutAdd(attended, out, config.dropout(), x));
        }

        /** At chosen places: {@code [n, 1, D, width]} to {@code [1, 1, places, width]}. */
        <T> T applyAt(Ops<T> ops, T x, Visibility seen, int[] places) {
            T h = ops.layerNorm(x, norm1);
            T k = ops.linear(h, key);
            T v = ops.linear(h, value);
            T attended = ops.attentionAt(h, query, k, v, config.heads(), seen, places);
            return mlp(ops, ops.linearDropoutAdd(attended, out, config.dropout(), ops.sites(x, places)));
        }

        private <T> T mlp(Ops<T> ops, T x) {
            T h = ops.linearGelu(ops.layerNorm(x, norm2), mlp0);
            return ops.linearDropoutAdd(h, mlp1, config.dropout(), x);
        }
    }
}
