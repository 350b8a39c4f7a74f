package dev.ardm.core.network;

import dev.ardm.core.Space;
import dev.ardm.core.network.Layer.Embedding;
import dev.ardm.core.network.Layer.Init;
import dev.ardm.core.network.Layer.LayerNorm;
import dev.ardm.core.network.Layer.Linear;
import dev.ardm.core.output.Categorical;
import dev.ardm.core.output.OutputDistribution;
import dev.ardm.core.process.Autoregressive;
import dev.ardm.core.process.OrderAgnostic;
import dev.ardm.core.process.Process;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transformer (Vaswani et al. 2017) that looks in both directions, as Hoogeboom et al. 2022, appendix B, use for text:
 * layer norm before attention and before the MLP, GELU, no causal mask. Every variable is a place of its own, whatever the
 * shape of the space. Unknown values are embedded as a category of their own, which is all the network is told of the
 * mask; places are told apart by a learned embedding of each. Where items have labels, the embedding of an item's is added at
 * every place.
 *
 * <p>For an {@link Autoregressive} process it is causal: places are in the order of generation, each shows the value generated
 * before, and attention looks back only. In the natural order that is the usual language model; in permuted orders the
 * order-agnostic transformer of that appendix, after XLNet (Yang et al. 2019): a place has the embeddings of the position to
 * predict and of the one shown side by side, each half as wide.
 */
public final class Transformer implements Network {
    /** Values of the largest table of positions: what one array can hold, with room to spare. */
    private static final long MAX_POSITIONS = 1L << 28;

    private final Process process;
    private final OutputDistribution output;
    private final Space space;
    private final TransformerConfig config;
    private final List<Layer> layers = new ArrayList<>();

    private final Embedding embedding;
    private final Embedding position;
    private final boolean permuted;
    private final List<Linear> value = new ArrayList<>();
    private final List<Linear> time = new ArrayList<>();
    private final @Nullable Embedding label;
    private final List<Block> blocks = new ArrayList<>();
    private final LayerNorm headNorm;
    private final Linear headOut;

    /** The network of the order-agnostic process on a space, with categorical distributions. */
    public Transformer(Space space, TransformerConfig config) {
        this(new OrderAgnostic(space), new Categorical(space.categories()), config);
    }

    /**
     * @throws IllegalArgumentException if the variables of the space are too many, or not units of their own; or for a causal
     *     process, if the network is to be told the time, or the width is odd where orders are permuted
     */
    public Transformer(Process process, OutputDistribution output, TransformerConfig config) {
        Space space = process.space();
        output.check(process);
        if (process.unitSize() != 1) {
            throw new IllegalArgumentException("a transformer has a place for each variable, not for units of "
                    + process.unitSize() + " of " + space);
        }
        if (process.causal() && config.time() > 0) {
            throw new IllegalArgumentException("a causal network must not be told the time, got time " + config.time());
        }
        if ((long) space.dimensions() * config.width() > MAX_POSITIONS) {
            throw new IllegalArgumentException("a transformer of width " + config.width() + " is for at most "
                    + MAX_POSITIONS / config.width() + " variables, got " + space);
        }
        this.process = process;
        this.output = output;
        this.space = space;
        this.config = config;
        int width = config.width();
        embedding = layer(new Embedding("in.embedding", new ValueIds(space).rows(), width));
        permuted = process instanceof Autoregressive order && order.permuted();
        if (permuted && width % 2 != 0) {
            throw new IllegalArgumentException("width must be even for two positions side by side, got " + width);
        }
        position = layer(
                permuted
                        ? new Embedding("in.position", space.dimensions() + 1, width / 2)
                        : new Embedding("in.position", space.dimensions(), width));
        if (process.stages() > 1) {
            // Ids do not tell whether a value is known as precisely as its stage makes it.
            value.add(layer(new Linear("in.value", NetworkInput.valuesAndMaskWidth(process, 1), width, Init.FAN_IN)));
        }
        if (config.time() > 0) {
            time.add(layer(new Linear("time.0", config.time(), width, Init.FAN_IN)));
            // Else what all places share would drown the small embeddings at first.
            time.add(layer(new Linear("time.1", width, width, Init.ZERO)));
        }
        label = process.classes() == 0 ? null : layer(new Embedding(UNet.LABEL, process.classes() + 1, width));
        for (int i = 0; i < config.layers(); i++) {
            blocks.add(new Block("block" + i));
        }
        headNorm = layer(new LayerNorm("head.norm", width));
        headOut = layer(new Linear("head.out", width, output.outputs(), Init.ZERO));
    }

    private <L extends Layer> L layer(L layer) {
        layers.add(layer);
        return layer;
    }

    @Override
    public Process process() {
        return process;
    }

    @Override
    public OutputDistribution output() {
        return output;
    }

    /** The sizes. */
    public TransformerConfig config() {
        return config;
    }

    @Override
    public List<Layer> layers() {
        return List.copyOf(layers);
    }

    @Override
    public int unitsPerPlace() {
        return 1;
    }

    @Override
    public List<Layer.Embedding> positionTables() {
        return List.of(position);
    }

    @Override
    public String logitBias() {
        return headOut.name() + ".bias";
    }

    @Override
    public <T> T logits(Ops<T> ops, NetworkInput input, int[] places) {
        return process.causal() ? causalLogits(ops, input, places) : logitsInAnyOrder(ops, input, places);
    }

    private <T> T causalLogits(Ops<T> ops, NetworkInput input, int[] places) {
        GenerationOrder order = new GenerationOrder(input, places);
        int n = input.batch();
        T x = ops.embedding(order.shiftedIds(), embedding, n, 1, order.slots(), 1);
        T at = permuted
                ? ops.embedding(order.targetsAndInputs(), position, n, 1, order.slots(), 2)
                : ops.embedding(order.targets(), position, n, 1, order.slots(), 1);
        return head(ops, ops.add(x, at), order.sites());
    }

    private <T> T logitsInAnyOrder(Ops<T> ops, NetworkInput input, int[] places) {
        int n = input.batch();
        T x = ops.embedding(input.absorbedIds(), embedding, n, 1, space.dimensions(), 1);
        x = ops.addPerPlace(x, position);
        if (!value.isEmpty()) {
            int inputs = NetworkInput.valuesAndMaskWidth(process, 1);
            x = ops.linearAdd(ops.input(input.valuesAndMask(1), n, 1, space.dimensions(), inputs), value.get(0), x);
        }
        if (!time.isEmpty()) {
            T t = ops.input(TimeEmbedding.of(input.progress(), config.time()), n, config.time());
            x = ops.addPerItem(x, ops.linear(ops.silu(ops.linear(t, time.get(0))), time.get(1)));
        }
        if (label != null) {
            x = ops.addPerItem(x, ops.embedding(input.labels(process.classes()), label, n, 1));
        }
        return head(ops, x, places);
    }

    private <T> T head(Ops<T> ops, T in, int[] places) {
        T x = in;
        for (Block block : blocks.subList(0, blocks.size() - 1)) {
            x = block.apply(ops, x);
        }
        // Nothing looks at the other places after the last block's keys and values.
        x = blocks.get(blocks.size() - 1).applyAt(ops, x, places);
        return ops.linear(ops.layerNorm(x, headNorm), headOut);
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
        <T> T apply(Ops<T> ops, T x) {
            T h = ops.layerNorm(x, norm1);
            T q = ops.linear(h, query);
            T k = ops.linear(h, key);
            T v = ops.linear(h, value);
            T attended = process.causal()
                    ? ops.attentionCausal(q, k, v, config.heads())
                    : ops.attention(q, k, v, config.heads());
            return mlp(ops, ops.linearDropoutAdd(attended, out, config.dropout(), x));
        }

        /** At chosen places: {@code [n, 1, D, width]} to {@code [1, 1, places, width]}. */
        <T> T applyAt(Ops<T> ops, T x, int[] places) {
            T h = ops.layerNorm(x, norm1);
            T k = ops.linear(h, key);
            T v = ops.linear(h, value);
            T attended = process.causal()
                    ? ops.attentionCausalAt(h, query, k, v, config.heads(), places)
                    : ops.attentionAt(h, query, k, v, config.heads(), places);
            return mlp(ops, ops.linearDropoutAdd(attended, out, config.dropout(), ops.sites(x, places)));
        }

        private <T> T mlp(Ops<T> ops, T x) {
            T h = ops.linearGelu(ops.layerNorm(x, norm2), mlp0);
            return ops.linearDropoutAdd(h, mlp1, config.dropout(), x);
        }
    }
}
