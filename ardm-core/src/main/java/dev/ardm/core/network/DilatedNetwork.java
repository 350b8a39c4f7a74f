package dev.ardm.core.network;

import dev.ardm.core.network.Layer.Conv1d;
import dev.ardm.core.network.Layer.Init;
import dev.ardm.core.network.Layer.Linear;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Dilated convolutions over sequences (audio, long signals): DiffWave (Kong et al. 2021), a WaveNet (van den Oord et al. 2016) that
 * looks in both directions, as Hoogeboom et al. 2022, section 5, use for audio, or the causal WaveNet itself. Each block adds the
 * vector of the item, convolves, gates, and goes into a residual and a skip.
 */
public final class DilatedNetwork implements Backbone {
    private static final float HALF_ROOT = (float) Math.sqrt(0.5);

    private final DilatedConfig config;
    private final boolean causal;
    private final List<Layer> layers = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final Linear headHidden;

    /** A network on features as wide as its channels, and, if it has a time, vectors of the items twice as wide as that. */
    public DilatedNetwork(DilatedConfig config, boolean causal) {
        this.config = config;
        this.causal = causal;
        for (int i = 0; i < config.blocks(); i++) {
            blocks.add(new Block(i));
        }
        headHidden = layer(new Linear("head.hidden", config.skip(), config.skip(), Init.FAN_IN));
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
        return config.skip();
    }

    @Override
    public <T> T features(Ops<T> ops, T in, @Nullable T perItem, int[] sites, Rows rows) {
        T x = in;
        T vector = perItem == null ? null : ops.silu(perItem);
        T sum = null;
        for (Block block : blocks) {
            T gated = block.gated(ops, x, vector, rows.lengths());
            sum = block.skip(ops, ops.sites(gated, sites), sum);
            x = block.residual(ops, gated, x);
        }
        T features = ops.scale(Objects.requireNonNull(sum), (float) (1 / Math.sqrt(config.blocks())));
        return ops.relu(ops.linear(features, headHidden));
    }

    /** A dilated convolution of what came in and the time, gated; from there to a residual and, at chosen places, to a skip. */
    private final class Block {
        private final @Nullable Linear timeIn;
        private final Conv1d dilated;
        private final @Nullable Linear residual;
        private final Linear skip;

        Block(int index) {
            String name = "block" + index;
            int channels = config.channels();
            timeIn = config.time() > 0
                    ? layer(new Linear(name + ".time", 2 * config.time(), channels, Init.FAN_IN))
                    : null;
            dilated = layer(new Conv1d(
                    name + ".dilated",
                    channels,
                    2 * channels,
                    config.kernel(),
                    config.dilation(index),
                    causal,
                    Init.FAN_IN));
            // Nothing comes after the last one.
            residual = index + 1 < config.blocks()
                    ? layer(new Linear(name + ".residual", channels, channels, Init.FAN_IN))
                    : null;
            skip = layer(new Linear(name + ".skip", channels, config.skip(), Init.FAN_IN));
        }

        <T> T gated(Ops<T> ops, T x, @Nullable T embeddedTime, int @Nullable [] lengths) {
            T h = timeIn == null || embeddedTime == null ? x : ops.addPerItem(x, ops.linear(embeddedTime, timeIn));
            return ops.gatedTanh(ops.conv1d(ops.zeroBeyond(h, lengths), dilated));
        }

        <T> T residual(Ops<T> ops, T gated, T x) {
            return residual == null ? x : ops.scale(ops.linearAdd(gated, residual, x), HALF_ROOT);
        }

        <T> T skip(Ops<T> ops, T gated, @Nullable T sum) {
            return sum == null ? ops.linear(gated, skip) : ops.linearAdd(gated, skip, sum);
        }
    }
}
