package dev.ardm.core.network;

import dev.ardm.core.network.Layer.Affine;
import dev.ardm.core.network.Layer.Conv2d;
import dev.ardm.core.network.Layer.GroupNorm;
import dev.ardm.core.network.Layer.Init;
import dev.ardm.core.network.Layer.Linear;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A U-Net over images of any size, square or not, after Ronneberger et al. 2015 with the residual blocks of Ho et al.
 * 2020: group norm, SiLU, 3x3 convolution, the vector of the item added between two of these. On the way up, each level joins
 * the coarser level's features and its own skip by a 1x1 convolution.
 */
public final class UNet implements Backbone {
    private final UNetConfig config;
    private final List<Layer> layers = new ArrayList<>();
    private final List<List<ResidualBlock>> down = new ArrayList<>();
    private final List<@Nullable AttentionBlock> attention = new ArrayList<>();
    private final List<Conv2d> shrink = new ArrayList<>();
    private final List<Conv2d> widen = new ArrayList<>();
    private final List<Conv2d> join = new ArrayList<>();
    private final List<List<ResidualBlock>> up = new ArrayList<>();
    private final GroupNorm headNorm;
    private final Conv2d headHidden;

    /** A U-Net on features as wide as the finest level, and vectors of the items twice as wide as the time. */
    public UNet(UNetConfig config) {
        this.config = config;
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
        headNorm = layer(new GroupNorm("head.norm", config.channels().get(0), config.groups()));
        headHidden = layer(new Conv2d("head.hidden", config.channels().get(0), config.head(), 1, 1, Init.FAN_IN));
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
    public List<Layer> layers() {
        return List.copyOf(layers);
    }

    @Override
    public int width() {
        return config.head();
    }

    /** As a 1x1 convolution, which is how model files have it. */
    @Override
    public Affine head(int outputs) {
        return new Conv2d("head.out", width(), outputs, 1, 1, Init.ZERO);
    }

    /** {@inheritDoc} It needs a vector of each item. */
    @Override
    public <T> T features(Ops<T> ops, T x, @Nullable T perItem, int[] sites, Rows rows) {
        if (rows.lengths() != null) {
            throw new IllegalArgumentException("a U-Net is for images, which have no lengths");
        }
        T h = x;
        T time = ops.silu(Objects.requireNonNull(perItem));
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
        return ops.conv2dSilu(ops.groupNormSiluAt(h, headNorm, sites), headHidden);
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
            T attended = ops.attention(
                    ops.conv2d(h, query), ops.conv2d(h, key), ops.conv2d(h, value), config.heads(), Visibility.ALL);
            return ops.conv2dAdd(attended, out, x);
        }
    }
}
