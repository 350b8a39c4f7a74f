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
 *
 * <p>If items come in any order, each block is told what a row predicts, by a vector of each row: it shifts and scales what attention and
 * the MLP see, and scales what they add (adaptive layer norm, Peebles and Xie 2023, "DiT", section 3.2; of targets as in Xue et al. 2025,
 * "Any-order GPT as masked diffusion model", section 3).
 */
public final class Transformer implements Backbone {
    /** The largest score of a key for a query, where both have fixed lengths. */
    private static final int SHARPEST = 8;

    private final int width;
    private final int heads;
    private final int hidden;
    private final double dropout;
    private final boolean rotary;
    private final int told;
    private final Visibility visibility;
    private final List<Layer> layers = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final LayerNorm headNorm;

    /** A transformer on features of the config's width, without vectors of the items. */
    public Transformer(TransformerConfig config, boolean causal) {
        this(config.layers(), config.width(), config.heads(), config.hidden(), config.dropout(), false, 0, causal);
    }

    /**
     * A causal transformer with rotary positions on features of the config's width.
     *
     * @param told width of the vector of each place that its blocks are told; 0 for none
     */
    public Transformer(CausalTransformerConfig config, int told) {
        this(config.layers(), config.width(), config.heads(), config.hidden(), config.dropout(), true, told, true);
    }

    private Transformer(
            int layers, int width, int heads, int hidden, double dropout, boolean rotary, int told, boolean causal) {
        this.width = width;
        this.heads = heads;
        this.hidden = hidden;
        this.dropout = dropout;
        this.rotary = rotary;
        this.told = told;
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
    public <T> T features(Ops<T> ops, T in, @Nullable T condition, int[] sites, Rows rows) {
        Visibility seen = visibility.within(rows);
        T vectors = condition == null ? null : ops.silu(condition);
        T x = in;
        for (Block block : blocks.subList(0, blocks.size() - 1)) {
            x = block.apply(ops, x, vectors, seen, rows, null);
        }
        // Nothing looks at the other places after the last block's keys and values.
        x = blocks.get(blocks.size() - 1).apply(ops, x, vectors, seen, rows, sites);
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
        private final @Nullable Linear adapt;

        Block(String name) {
            norm1 = layer(new LayerNorm(name + ".norm1", width));
            query = layer(new Linear(name + ".query", width, width, Init.FAN_IN));
            key = layer(new Linear(name + ".key", width, width, Init.FAN_IN));
            value = layer(new Linear(name + ".value", width, width, Init.FAN_IN));
            out = layer(new Linear(name + ".out", width, width, Init.ZERO));
            norm2 = layer(new LayerNorm(name + ".norm2", width));
            mlp0 = layer(new Linear(name + ".mlp.0", width, hidden, Init.FAN_IN));
            mlp1 = layer(new Linear(name + ".mlp.1", hidden, width, Init.ZERO));
            adapt = told > 0 ? layer(new Linear(name + ".adapt", told, 6 * width, Init.ZERO)) : null;
        }

        /**
         * {@code [n, 1, rows, width]} to the same, or at chosen rows to {@code [1, 1, sites, width]}.
         *
         * @param vectors of each row, if it is told any
         * @param sites the rows, null for all
         */
        <T> T apply(Ops<T> ops, T x, @Nullable T vectors, Visibility seen, Rows rows, int @Nullable [] sites) {
            T chosen = sites == null ? x : ops.sites(x, sites);
            if (adapt == null || vectors == null) {
                T mixed = ops.linearDropoutAdd(
                        attended(ops, ops.layerNorm(x, norm1), seen, rows, sites), out, dropout, chosen);
                T h = ops.linearGelu(ops.layerNorm(mixed, norm2), mlp0);
                return ops.linearDropoutAdd(h, mlp1, dropout, mixed);
            }
            List<T> parts = ops.split(ops.linear(vectors, adapt), 2 * width, 4 * width);
            List<T> before = ops.split(parts.get(0), width, width);
            List<T> after = ops.split(
                    sites == null ? parts.get(1) : ops.sites(parts.get(1), sites), width, width, width, width);
            T seenBy = adapted(ops, ops.layerNorm(x, norm1), before.get(0), before.get(1));
            T attended = ops.linear(attended(ops, seenBy, seen, rows, sites), out);
            T mixed = ops.add(chosen, ops.dropout(adapted(ops, attended, after.get(0), null), dropout));
            T h = ops.linearGelu(adapted(ops, ops.layerNorm(mixed, norm2), after.get(1), after.get(2)), mlp0);
            return ops.add(mixed, ops.dropout(adapted(ops, ops.linear(h, mlp1), after.get(3), null), dropout));
        }

        /** {@code x * (1 + scale) + shift}: as it is, where these start. */
        private static <T> T adapted(Ops<T> ops, T x, T scale, @Nullable T shift) {
            T scaled = ops.add(x, ops.multiply(x, scale));
            return shift == null ? scaled : ops.add(scaled, shift);
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
