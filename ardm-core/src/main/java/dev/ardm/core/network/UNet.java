package dev.ardm.core.network;

import dev.ardm.core.Space;
import dev.ardm.core.network.Layer.Conv2d;
import dev.ardm.core.network.Layer.Embedding;
import dev.ardm.core.network.Layer.GroupNorm;
import dev.ardm.core.network.Layer.Init;
import dev.ardm.core.network.Layer.Linear;
import dev.ardm.core.output.Categorical;
import dev.ardm.core.output.LogisticMixture;
import dev.ardm.core.output.OutputDistribution;
import dev.ardm.core.process.OrderAgnostic;
import dev.ardm.core.process.Process;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A U-Net over images of any size, square or not, after Ronneberger et al. 2015 with the residual blocks of Ho et al.
 * 2020: group norm, SiLU, 3x3 convolution, time added between two of these. Values enter as numbers beside their mask
 * and as embedded ids, as in Hoogeboom et al. 2022, section 5. On the way up, each level joins the coarser level's
 * features and its own skip by a 1x1 convolution. Where items have labels, that of an item is embedded and added to the time
 * (Nichol and Dhariwal 2021).
 */
public final class UNet implements Network {
    /** The embedding of labels: the last row stands for none. */
    static final String LABEL = "label.embedding";

    private final Process process;
    private final OutputDistribution output;
    private final Space space;
    private final UNetConfig config;
    private final List<Layer> layers = new ArrayList<>();

    private final Conv2d valueIn;
    private final Embedding embedding;
    private final Conv2d embeddingIn;
    private final Linear time1;
    private final Linear time2;
    private final @Nullable Embedding label;
    private final List<List<ResidualBlock>> down = new ArrayList<>();
    private final List<@Nullable AttentionBlock> attention = new ArrayList<>();
    private final List<Conv2d> shrink = new ArrayList<>();
    private final List<Conv2d> widen = new ArrayList<>();
    private final List<Conv2d> join = new ArrayList<>();
    private final List<List<ResidualBlock>> up = new ArrayList<>();
    private final GroupNorm headNorm;
    private final Conv2d headHidden;
    private final Conv2d headOut;

    /** The network of the order-agnostic process on a space, with categorical distributions. */
    public UNet(Space space, UNetConfig config) {
        this(new OrderAgnostic(space), new Categorical(space.categories()), config);
    }

    /**
     * @throws IllegalArgumentException if it is not for images of one number of categories generated in any order
     */
    public UNet(Process process, OutputDistribution output, UNetConfig config) {
        Space space = process.space();
        output.check(process);
        if (process.causal()) {
            throw new IllegalArgumentException("a U-Net is not causal: it cannot be autoregressive in one order");
        }
        if (space.rank() != 3 || space.categories().length != 1) {
            throw new IllegalArgumentException("a U-Net needs images of one number of categories, got " + space);
        }
        this.process = process;
        this.output = output;
        this.space = space;
        this.config = config;
        int images = space.extent(2);
        int k = space.maxCategories();
        int c0 = config.channels().get(0);
        valueIn = layer(new Conv2d("in.value", valueInputs(), c0 - c0 / 4, 3, 1, Init.FAN_IN));
        embedding = layer(new Embedding("in.embedding", k + 1, config.embedding()));
        embeddingIn = layer(new Conv2d("in.embedded", images * config.embedding(), c0 / 4, 1, 1, Init.FAN_IN));
        time1 = layer(new Linear("time.0", config.time(), 2 * config.time(), Init.FAN_IN));
        time2 = layer(new Linear("time.1", 2 * config.time(), 2 * config.time(), Init.FAN_IN));
        label = process.classes() == 0 ? null : layer(new Embedding(LABEL, process.classes() + 1, 2 * config.time()));
        int levels = config.levels();
        for (int level = 0; level < levels; level++) {
            int c = config.channels().get(level);
            down.add(blocks("down." + level, config.blocksDown().get(level), c));
            attention.add(config.attention().get(level) ? new AttentionBlock("down." + level + ".attention", c) : null);
            if (level + 1 < levels) {
                shrink.add(
                        layer(new Conv2d("shrink." + level, c, config.channels().get(level + 1), 3, 2, Init.FAN_IN)));
            }
        }
        for (int level = 0; level + 1 < levels; level++) {
            int c = config.channels().get(level);
            widen.add(layer(new Conv2d("widen." + level, config.channels().get(level + 1), c, 1, 1, Init.FAN_IN)));
            join.add(layer(new Conv2d("join." + level, 2 * c, c, 1, 1, Init.FAN_IN)));
            up.add(blocks("up." + level, config.blocksUp().get(level), c));
        }
        headNorm = layer(new GroupNorm("head.norm", c0, config.groups()));
        headHidden = layer(new Conv2d("head.hidden", c0, config.head(), 1, 1, Init.FAN_IN));
        headOut = layer(new Conv2d("head.out", config.head(), unitsPerPlace() * output.outputs(), 1, 1, Init.ZERO));
    }

    /** Numbers at each place: values and mask, and what is interpolated. */
    private int valueInputs() {
        return NetworkInput.valuesAndMaskWidth(process, space.extent(2))
                + (config.interpolation() ? 2 * space.extent(2) : 0);
    }

    private <L extends Layer> L layer(L layer) {
        layers.add(layer);
        return layer;
    }

    private List<ResidualBlock> blocks(String name, int count, int channels) {
        List<ResidualBlock> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            blocks.add(new ResidualBlock(name + ".block" + i, channels));
        }
        return blocks;
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
    public UNetConfig config() {
        return config;
    }

    @Override
    public List<Layer> layers() {
        return List.copyOf(layers);
    }

    @Override
    public int unitsPerPlace() {
        return space.extent(2) / process.unitSize();
    }

    @Override
    public String logitBias() {
        return headOut.name() + ".bias";
    }

    @Override
    public <T> T logits(Ops<T> ops, NetworkInput input, int[] places) {
        int n = input.batch();
        int height = space.extent(0);
        int width = space.extent(1);
        int images = space.extent(2);
        float[] interpolated = config.interpolation() ? input.interpolated() : new float[0];
        float[] numbers = input.valuesAndMask(images);
        T values = ops.input(
                config.interpolation() ? NetworkInput.sideBySide(numbers, interpolated, n * height * width) : numbers,
                n,
                height,
                width,
                valueInputs());
        // The embeddings of a place's channels lie side by side.
        T embedded = ops.embedding(input.absorbedIds(), embedding, n, height, width, images);
        T h = ops.conv2dConcat(values, valueIn, embedded, embeddingIn);
        T time = ops.input(TimeEmbedding.of(input.progress(), config.time()), n, config.time());
        time = ops.linear(ops.silu(ops.linear(time, time1)), time2);
        if (label != null) {
            time = ops.add(time, ops.embedding(input.labels(process.classes()), label, n, 1));
        }
        time = ops.silu(time);

        int levels = config.levels();
        List<T> skips = new ArrayList<>();
        for (int level = 0; level < levels; level++) {
            for (ResidualBlock block : down.get(level)) {
                h = block.apply(ops, h, time);
            }
            AttentionBlock attend = attention.get(level);
            if (attend != null) {
                h = attend.apply(ops, h);
            }
            if (level + 1 < levels) {
                skips.add(h);
                h = ops.conv2d(h, shrink.get(level));
            }
        }
        for (int level = levels - 2; level >= 0; level--) {
            T coarse = ops.conv2d(h, widen.get(level));
            h = ops.joinUpsampled(coarse, skips.get(level), join.get(level));
            for (ResidualBlock block : up.get(level)) {
                h = block.apply(ops, h, time);
            }
        }
        T features = ops.groupNormSiluAt(h, headNorm, places);
        T outputs = ops.conv2d(ops.conv2dSilu(features, headHidden), headOut);
        if (config.interpolation() && output instanceof LogisticMixture mixture) {
            return ops.add(
                    outputs,
                    ops.input(
                            mixture.centred(
                                    places.length,
                                    images,
                                    process.unitSize(),
                                    (place, image) -> interpolated[places[place] * 2 * images + image]),
                            1,
                            1,
                            places.length,
                            unitsPerPlace() * output.outputs()));
        }
        return outputs;
    }

    /** Group norm, SiLU, convolution, twice, around a sum with time; added to what came in. */
    private final class ResidualBlock {
        private final GroupNorm norm1;
        private final Conv2d conv1;
        private final Linear time;
        private final GroupNorm norm2;
        private final Conv2d conv2;

        ResidualBlock(String name, int channels) {
            norm1 = layer(new GroupNorm(name + ".norm1", channels, config.groups()));
            conv1 = layer(new Conv2d(name + ".conv1", channels, channels, 3, 1, Init.FAN_IN));
            time = layer(new Linear(name + ".time", 2 * config.time(), channels, Init.FAN_IN));
            norm2 = layer(new GroupNorm(name + ".norm2", channels, config.groups()));
            conv2 = layer(new Conv2d(name + ".conv2", channels, channels, 3, 1, Init.ZERO));
        }

        <T> T apply(Ops<T> ops, T x, T embeddedTime) {
            T h = ops.conv2dAddPerItem(ops.groupNormSilu(x, norm1), conv1, ops.linear(embeddedTime, time));
            h = ops.dropout(ops.groupNormSilu(h, norm2), config.dropout());
            return ops.conv2dAdd(h, conv2, x);
        }
    }

    /** Full attention over the places of a level, added to what came in. */
    private final class AttentionBlock {
        private final GroupNorm norm;
        private final Conv2d query;
        private final Conv2d key;
        private final Conv2d value;
        private final Conv2d out;

        AttentionBlock(String name, int channels) {
            norm = layer(new GroupNorm(name + ".norm", channels, config.groups()));
            query = layer(new Conv2d(name + ".query", channels, channels, 1, 1, Init.FAN_IN));
            key = layer(new Conv2d(name + ".key", channels, channels, 1, 1, Init.FAN_IN));
            value = layer(new Conv2d(name + ".value", channels, channels, 1, 1, Init.FAN_IN));
            out = layer(new Conv2d(name + ".out", channels, channels, 1, 1, Init.ZERO));
        }

        <T> T apply(Ops<T> ops, T x) {
            T h = ops.groupNorm(x, norm);
            T attended = ops.attention(ops.conv2d(h, query), ops.conv2d(h, key), ops.conv2d(h, value), config.heads());
            return ops.conv2dAdd(attended, out, x);
        }
    }
}
