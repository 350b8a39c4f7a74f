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
 *
 * <p>One of a {@link CausalTransformerConfig} has rotary positions (Su et al. 2021), so that only distances matter and a sequence may have
 * any length, and queries and keys of fixed length (Henry et al. 2020, "Query-key normalization for transformers", with a fixed scale).
 * Its keys and values do not change when more places come, so they can be kept.
 */
public final class Transformer implements Backbone {
    /** The largest score of a key for a query, where both have fixed lengths. */
    private static final int SHARPEST = 8;

    private final int width;
    private final int heads;
    private final int hidden;
    private final double dropout;
    private final boolean rotary;
    private final Visibility visibility;
    private final List<Layer> layers = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final LayerNorm headNorm;

    /** A transformer on features of the config's width, without vectors of the items. */
    public Transformer(TransformerConfig config, boolean causal) {
        this(config.layers(), config.width(), config.heads(), config.hidden(), config.dropout(), false, causal);
    }

    /** A causal transformer with rotary positions on features of the config's width, without vectors of the items. */
    public Transformer(CausalTransformerConfig config) {
        this(config.layers(), config.width(), config.heads(), config.hidden(), config.dropout(), true, true);
    }

    private Transformer(int layers, int width, int heads, int hidden, double dropout, boolean rotary, boolean causal) {
        this.width = width;
        this.heads = heads;
        this.hidden = hidden;
        this.dropout = dropout;
        this.rotary = rotary;
        this.visibility = causal ? Visibility.CAUSAL : Visibility.ALL;
        for (int i = 0; i < layers; i++) {
            blocks.add(new Block("block" + i));
        }
        headNorm = layer(new LayerNorm("head.norm", width));
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
        return width;
    }

    @Override
    public int kept() {
        return rotary ? 2 * width * blocks.size() : 0;
    }

    @Override
    public <T> T features(Ops<T> ops, T in, @Nullable T perItem, int[] sites, Rows rows) {
        Visibility seen = visibility.within(rows);
        T x = in;
        for (Block block : blocks.subList(0, blocks.size() - 1)) {
            x = block.apply(ops, x, seen, rows, null);
        }
        // Nothing looks at the other places after the last block's keys and values.
        x = blocks.get(blocks.size() - 1).apply(ops, x, seen, rows, sites);
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
            norm1 = layer(new LayerNorm(name + ".norm1", width));
            query = layer(new Linear(name + ".query", width, width, Init.FAN_IN));
            key = layer(new Linear(name + ".key", width, width, Init.FAN_IN));
            value = layer(new Linear(name + ".value", width, width, Init.FAN_IN));
            out = layer(new Linear(name + ".out", width, width, Init.ZERO));
            norm2 = layer(new LayerNorm(name + ".norm2", width));
            mlp0 = layer(new Linear(name + ".mlp.0", width, hidden, Init.FAN_IN));
            mlp1 = layer(new Linear(name + ".mlp.1", hidden, width, Init.ZERO));
        }

        /**
         * {@code [n, 1, rows, width]} to the same, or at chosen rows to {@code [1, 1, sites, width]}.
         *
         * @param sites the rows, null for all
         */
        <T> T apply(Ops<T> ops, T x, Visibility seen, Rows rows, int @Nullable [] sites) {
            T attended = attended(ops, ops.layerNorm(x, norm1), seen, rows, sites);
            T mixed = ops.linearDropoutAdd(attended, out, dropout, sites == null ? x : ops.sites(x, sites));
            T h = ops.linearGelu(ops.layerNorm(mixed, norm2), mlp0);
            return ops.linearDropoutAdd(h, mlp1, dropout, mixed);
        }

        private <T> T attended(Ops<T> ops, T h, Visibility seen, Rows rows, int @Nullable [] sites) {
            if (rotary) {
                // Attention divides scores by the root.
                float length = (float) (SHARPEST * Math.sqrt(width / heads));
                T q = ops.rotary(ops.linear(h, query), heads, rows.places(), length);
                T k = ops.rotary(ops.linear(h, key), heads, rows.places(), 1);
                T attended = ops.attention(q, k, ops.linear(h, value), heads, seen);
                return sites == null ? attended : ops.sites(attended, sites);
            }
            if (sites == null) {
                T q = ops.linear(h, query);
                return ops.attention(q, ops.linear(h, key), ops.linear(h, value), heads, seen);
            }
            return ops.attentionAt(h, query, ops.linear(h, key), ops.linear(h, value), heads, seen, sites);
        }
    }
}
