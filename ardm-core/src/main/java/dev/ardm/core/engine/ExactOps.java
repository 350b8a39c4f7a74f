package dev.ardm.core.engine;

import dev.ardm.core.network.Layer.Conv2d;
import dev.ardm.core.network.Layer.Embedding;
import dev.ardm.core.network.Layer.GroupNorm;
import dev.ardm.core.network.Layer.LayerNorm;
import dev.ardm.core.network.Layer.Linear;
import dev.ardm.core.network.Ops;
import dev.ardm.exact.Kernels;
import dev.ardm.exact.Workspace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The operations on the exact kernels. For one thread; its arrays are recycled by {@link #recycle}. */
final class ExactOps implements Ops<ExactArray> {
    private final ExactParameters parameters;
    private final Kernels kernels;
    private final Workspace workspace = new Workspace();
    private final Map<Integer, ArrayDeque<float[]>> free = new HashMap<>();
    private final List<float[]> used = new ArrayList<>();

    ExactOps(ExactParameters parameters) {
        this.parameters = parameters;
        this.kernels = parameters.kernels();
    }

    /** Takes back all arrays handed out since the last call. */
    void recycle() {
        for (float[] array : used) {
            free.computeIfAbsent(array.length, length -> new ArrayDeque<>()).push(array);
        }
        used.clear();
    }

    private ExactArray array(int... shape) {
        int size = 1;
        for (int extent : shape) {
            size = Math.multiplyExact(size, extent);
        }
        ArrayDeque<float[]> pool = free.get(size);
        float[] values = pool == null || pool.isEmpty() ? new float[size] : pool.pop();
        used.add(values);
        return new ExactArray(values, shape);
    }

    @Override
    public ExactArray input(float[] values, int... shape) {
        ExactArray out = new ExactArray(values, shape);
        if (values.length != out.size()) {
            throw new IllegalArgumentException("expected " + out.size() + " values, got " + values.length);
        }
        return out;
    }

    @Override
    public ExactArray embedding(int[] ids, Embedding layer, int... shape) {
        int[] outShape = shape.clone();
        outShape[outShape.length - 1] *= layer.width();
        ExactArray out = array(outShape);
        float[] table = parameters.weight(layer);
        for (int i = 0; i < ids.length; i++) {
            System.arraycopy(table, ids[i] * layer.width(), out.values(), i * layer.width(), layer.width());
        }
        return out;
    }

    @Override
    public ExactArray conv2d(ExactArray x, Conv2d layer) {
        int[] s = x.shape();
        int height = Kernels.convOutput(s[1], layer.kernel(), layer.stride());
        int width = Kernels.convOutput(s[2], layer.kernel(), layer.stride());
        ExactArray out = array(s[0], height, width, layer.out());
        if (layer.kernel() == 1 && layer.stride() == 1) {
            // The same chain for each output, without the padded copy.
            kernels.matmul(
                    x.values(),
                    0,
                    s[0] * s[1] * s[2],
                    parameters.packed(layer),
                    parameters.bias(layer),
                    out.values(),
                    0,
                    workspace);
        } else {
            kernels.conv2d(
                    x.values(),
                    0,
                    s[0],
                    s[1],
                    s[2],
                    s[3],
                    parameters.packed(layer),
                    parameters.bias(layer),
                    layer.kernel(),
                    layer.stride(),
                    out.values(),
                    0,
                    workspace);
        }
        return out;
    }

    @Override
    public ExactArray linear(ExactArray x, Linear layer) {
        int rows = x.size() / layer.in();
        int[] shape = x.shape().clone();
        shape[shape.length - 1] = layer.out();
        ExactArray out = array(shape);
        kernels.matmul(
                x.values(), 0, rows, parameters.packed(layer), parameters.bias(layer), out.values(), 0, workspace);
        return out;
    }

    @Override
    public ExactArray groupNorm(ExactArray x, GroupNorm layer) {
        return normalise(x, layer, false);
    }

    @Override
    public ExactArray groupNormSilu(ExactArray x, GroupNorm layer) {
        return normalise(x, layer, true);
    }

    private ExactArray normalise(ExactArray x, GroupNorm layer, boolean silu) {
        int[] s = x.shape();
        ExactArray out = array(s);
        kernels.groupNorm(
                x.values(),
                0,
                s[0],
                s[1] * s[2],
                s[3],
                layer.groups(),
                parameters.weight(layer),
                parameters.bias(layer),
                GroupNorm.EPSILON,
                silu,
                out.values(),
                0,
                workspace);
        return out;
    }

    @Override
    public ExactArray layerNorm(ExactArray x, LayerNorm layer) {
        ExactArray out = array(x.shape());
        kernels.layerNorm(
                x.values(),
                0,
                x.size() / x.last(),
                x.last(),
                parameters.weight(layer),
                parameters.bias(layer),
                LayerNorm.EPSILON,
                out.values(),
                0,
                workspace);
        return out;
    }

    @Override
    public ExactArray gelu(ExactArray x) {
        ExactArray out = array(x.shape());
        kernels.gelu(x.values(), 0, x.size(), out.values(), 0);
        return out;
    }

    @Override
    public ExactArray addPerPlace(ExactArray x, Embedding table) {
        ExactArray out = array(x.shape());
        int size = table.rows() * table.width();
        for (int n = 0; n < x.shape()[0]; n++) {
            kernels.add(x.values(), n * size, parameters.weight(table), 0, size, out.values(), n * size);
        }
        return out;
    }

    @Override
    public ExactArray joinUpsampled(ExactArray coarse, ExactArray skip, Conv2d layer) {
        return conv2d(concat(upsample(coarse, skip.shape()[1], skip.shape()[2]), skip), layer);
    }

    @Override
    public ExactArray silu(ExactArray x) {
        ExactArray out = array(x.shape());
        kernels.silu(x.values(), 0, x.size(), out.values(), 0);
        return out;
    }

    @Override
    public ExactArray add(ExactArray a, ExactArray b) {
        ExactArray out = array(a.shape());
        kernels.add(a.values(), 0, b.values(), 0, a.size(), out.values(), 0);
        return out;
    }

    @Override
    public ExactArray addPerItem(ExactArray x, ExactArray perItem) {
        ExactArray out = array(x.shape());
        int channels = x.last();
        int rows = x.size() / channels;
        int rowsPerItem = rows / x.shape()[0];
        for (int row = 0; row < rows; row++) {
            kernels.add(
                    x.values(),
                    row * channels,
                    perItem.values(),
                    row / rowsPerItem * channels,
                    channels,
                    out.values(),
                    row * channels);
        }
        return out;
    }

    @Override
    public ExactArray sites(ExactArray x, int[] sites) {
        int channels = x.last();
        ExactArray out = array(1, 1, sites.length, channels);
        for (int i = 0; i < sites.length; i++) {
            System.arraycopy(x.values(), sites[i] * channels, out.values(), i * channels, channels);
        }
        return out;
    }

    @Override
    public ExactArray concat(ExactArray a, ExactArray b) {
        int[] shape = a.shape().clone();
        int left = a.last();
        int right = b.last();
        shape[shape.length - 1] = left + right;
        ExactArray out = array(shape);
        int rows = a.size() / left;
        for (int row = 0; row < rows; row++) {
            System.arraycopy(a.values(), row * left, out.values(), row * (left + right), left);
            System.arraycopy(b.values(), row * right, out.values(), row * (left + right) + left, right);
        }
        return out;
    }

    private ExactArray upsample(ExactArray x, int height, int width) {
        int[] s = x.shape();
        int channels = s[3];
        ExactArray out = array(s[0], height, width, channels);
        for (int n = 0; n < s[0]; n++) {
            for (int i = 0; i < height; i++) {
                for (int j = 0; j < width; j++) {
                    System.arraycopy(
                            x.values(),
                            ((n * s[1] + i / 2) * s[2] + j / 2) * channels,
                            out.values(),
                            ((n * height + i) * width + j) * channels,
                            channels);
                }
            }
        }
        return out;
    }

    @Override
    public ExactArray attention(ExactArray q, ExactArray k, ExactArray v, int heads) {
        int[] s = q.shape();
        ExactArray out = array(s);
        kernels.attention(
                q.values(), k.values(), v.values(), s[0], s[1] * s[2], heads, s[3] / heads, out.values(), workspace);
        return out;
    }
}
