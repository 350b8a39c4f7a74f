package dev.ardm.core.engine;

import dev.ardm.core.network.Layer.CausalConv2d;
import dev.ardm.core.network.Layer.Conv1d;
import dev.ardm.core.network.Layer.Conv2d;
import dev.ardm.core.network.Layer.Embedding;
import dev.ardm.core.network.Layer.GroupNorm;
import dev.ardm.core.network.Layer.LayerNorm;
import dev.ardm.core.network.Layer.Linear;
import dev.ardm.core.network.Ops;
import dev.ardm.core.network.Visibility;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operations without which there are no others, from an engine; all others as the interface defines them by these. The join, which has no
 * default, is put together from a copy of every place and a convolution.
 */
final class PlainOps implements Ops<ExactArray> {
    private final Ops<ExactArray> engine;

    PlainOps(Ops<ExactArray> engine) {
        this.engine = engine;
    }

    @Override
    public ExactArray input(float[] values, int... shape) {
        return engine.input(values, shape);
    }

    @Override
    public ExactArray embedding(int[] ids, Embedding layer, int... shape) {
        return engine.embedding(ids, layer, shape);
    }

    @Override
    public ExactArray conv2d(ExactArray x, Conv2d layer) {
        return engine.conv2d(x, layer);
    }

    @Override
    public ExactArray joinUpsampled(ExactArray coarse, ExactArray skip, Conv2d layer) {
        int[] s = skip.shape();
        int[] c = coarse.shape();
        int width = c[3] + s[3];
        float[] joined = new float[s[0] * s[1] * s[2] * width];
        for (int n = 0; n < s[0]; n++) {
            for (int y = 0; y < s[1]; y++) {
                for (int x = 0; x < s[2]; x++) {
                    int place = (n * s[1] + y) * s[2] + x;
                    int from = (n * c[1] + y / 2) * c[2] + x / 2;
                    System.arraycopy(coarse.values(), from * c[3], joined, place * width, c[3]);
                    System.arraycopy(skip.values(), place * s[3], joined, place * width + c[3], s[3]);
                }
            }
        }
        return engine.conv2d(engine.input(joined, s[0], s[1], s[2], width), layer);
    }

    @Override
    public ExactArray causalConv2d(ExactArray x, CausalConv2d layer) {
        return engine.causalConv2d(x, layer);
    }

    @Override
    public ExactArray conv1d(ExactArray x, Conv1d layer) {
        return engine.conv1d(x, layer);
    }

    @Override
    public ExactArray relu(ExactArray x) {
        return engine.relu(x);
    }

    @Override
    public ExactArray gatedTanh(ExactArray x) {
        return engine.gatedTanh(x);
    }

    @Override
    public ExactArray scale(ExactArray x, float factor) {
        return engine.scale(x, factor);
    }

    @Override
    public ExactArray linear(ExactArray x, Linear layer) {
        return engine.linear(x, layer);
    }

    @Override
    public ExactArray groupNorm(ExactArray x, GroupNorm layer) {
        return engine.groupNorm(x, layer);
    }

    @Override
    public ExactArray layerNorm(ExactArray x, LayerNorm layer) {
        return engine.layerNorm(x, layer);
    }

    @Override
    public ExactArray silu(ExactArray x) {
        return engine.silu(x);
    }

    @Override
    public ExactArray sigmoid(ExactArray x) {
        return engine.sigmoid(x);
    }

    @Override
    public ExactArray exp(ExactArray x) {
        return engine.exp(x);
    }

    @Override
    public ExactArray log(ExactArray x) {
        return engine.log(x);
    }

    @Override
    public ExactArray scalePerPlace(ExactArray x, ExactArray factors) {
        float[] product = new float[x.size()];
        for (int i = 0; i < product.length; i++) {
            product[i] = x.values()[i] * factors.values()[i / x.last()];
        }
        return engine.input(product, x.shape());
    }

    @Override
    public ExactArray multiply(ExactArray a, ExactArray b) {
        return engine.multiply(a, b);
    }

    /** Value by value. */
    @Override
    public List<ExactArray> split(ExactArray x, int... widths) {
        List<ExactArray> parts = new ArrayList<>();
        int column = 0;
        for (int width : widths) {
            int rows = x.size() / x.last();
            float[] part = new float[rows * width];
            for (int i = 0; i < part.length; i++) {
                part[i] = x.values()[i / width * x.last() + column + i % width];
            }
            int[] shape = x.shape().clone();
            shape[shape.length - 1] = width;
            parts.add(engine.input(part, shape));
            column += width;
        }
        return parts;
    }

    @Override
    public ExactArray gelu(ExactArray x) {
        return engine.gelu(x);
    }

    @Override
    public ExactArray add(ExactArray a, ExactArray b) {
        return engine.add(a, b);
    }

    @Override
    public ExactArray addPerItem(ExactArray x, ExactArray perItem) {
        return engine.addPerItem(x, perItem);
    }

    @Override
    public ExactArray addPerPlace(ExactArray x, Embedding table) {
        return engine.addPerPlace(x, table);
    }

    @Override
    public ExactArray zeroBeyond(ExactArray x, int @Nullable [] lengths) {
        return engine.zeroBeyond(x, lengths);
    }

    @Override
    public ExactArray sites(ExactArray x, int[] sites) {
        return engine.sites(x, sites);
    }

    @Override
    public ExactArray concat(ExactArray a, ExactArray b) {
        return engine.concat(a, b);
    }

    @Override
    public ExactArray rotary(ExactArray x, int heads, int @Nullable [] places, float length) {
        return engine.rotary(x, heads, places, length);
    }

    @Override
    public ExactArray attention(ExactArray q, ExactArray k, ExactArray v, int heads, Visibility visibility) {
        return engine.attention(q, k, v, heads, visibility);
    }
}
