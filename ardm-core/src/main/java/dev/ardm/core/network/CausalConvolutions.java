package dev.ardm.core.network;

import dev.ardm.core.network.CausalConfig.Block;
import dev.ardm.core.network.Layer.CausalConv2d;
import dev.ardm.core.network.Layer.Init;
import dev.ardm.core.network.Layer.LayerNorm;
import dev.ardm.core.network.Layer.Linear;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Residual convolutions in which each place sees itself and places before it only (PixelCNN, van den Oord et al. 2016), so that one
 * evaluation gives the features of all places, and each can be computed as soon as those before it are. Activations come before the
 * convolutions (He et al. 2016).
 */
public final class CausalConvolutions implements Backbone {
    private final CausalConfig config;
    private final List<Layer> layers = new ArrayList<>();
    private final List<Residual> blocks = new ArrayList<>();

    /** A network on features as wide as its own. */
    public CausalConvolutions(CausalConfig config) {
        this.config = config;
        for (Block block : config.blocks()) {
            blocks.add(new Residual("block" + blocks.size(), block));
        }
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
    public <T> T features(Ops<T> ops, T in, @Nullable T perItem, int[] sites, Rows rows) {
        if (rows.lengths() != null) {
            throw new IllegalArgumentException("a causal convolution network takes items of one length");
        }
        T x = in;
        for (Residual block : blocks) {
            x = block.apply(ops, x);
        }
        return ops.gelu(ops.sites(x, sites));
    }

    private final class Residual {
        private final Block block;
        private final @Nullable LayerNorm norm;
        private final CausalConv2d convolution;
        private final @Nullable Linear back;

        Residual(String name, Block block) {
            this.block = block;
            int width = config.width();
            norm = block.norm() ? layer(new LayerNorm(name + ".norm", width)) : null;
            int out = block.hidden() == 0 ? width : block.gated() ? 2 * block.hidden() : block.hidden();
            convolution = layer(new CausalConv2d(
                    name + ".conv",
                    width,
                    out,
                    new CausalKernel(block.rows(), block.reach(), block.dilation(), config.slope(), true),
                    block.hidden() == 0 ? Init.RESIDUAL : Init.FAN_IN));
            back = block.hidden() == 0 ? null : layer(new Linear(name + ".back", block.hidden(), width, Init.ZERO));
        }

        <T> T apply(Ops<T> ops, T x) {
            T seen = ops.gelu(norm == null ? x : ops.layerNorm(x, norm));
            if (back == null) {
                return ops.causalConv2dAdd(seen, convolution, x);
            }
            T hidden = ops.causalConv2d(seen, convolution);
            return ops.linearAdd(block.gated() ? ops.gatedTanh(hidden) : ops.gelu(hidden), back, x);
        }
    }
}
