package dev.ardm.core.engine;

import dev.ardm.core.network.Layer.Conv1d;
import dev.ardm.core.network.Layer.Conv2d;
import dev.ardm.core.network.Layer.Embedding;
import dev.ardm.core.network.Layer.GroupNorm;
import dev.ardm.core.network.Layer.LayerNorm;
import dev.ardm.core.network.Layer.Linear;
import dev.ardm.core.network.Ops;
import dev.ardm.core.network.Visibility;
import dev.ardm.exact.Epilogue;
import dev.ardm.exact.Kernels;
import dev.ardm.exact.Norm.Rows;
import dev.ardm.exact.Norm.Scaling;
import dev.ardm.exact.Workspace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operations on the exact kernels, cut into pieces for a team of threads. For use by one thread; its arrays are recycled by
 * {@link #recycle}.
 */
final class ExactOps implements Ops<ExactArray> {
    private final ExactParameters parameters;
    private final Kernels kernels;
    private final Team team;
    private final Workspace[] workspaces;
    private final ArrayPool pool = new ArrayPool();
    private final RowPieces rows;
    private final Products products;
    private final GroupNorms groupNorms;
    private final Attentions attentions;

    ExactOps(ExactParameters parameters, Team team) {
        this.parameters = parameters;
        this.kernels = parameters.kernels();
        this.team = team;
        this.workspaces = new Workspace[team.size()];
        for (int i = 0; i < workspaces.length; i++) {
            workspaces[i] = new Workspace();
        }
        this.rows = new RowPieces(team, workspaces);
        this.products = new Products(parameters, team, workspaces);
        this.groupNorms = new GroupNorms(parameters, team, workspaces, rows, pool);
        this.attentions = new Attentions(kernels, team, workspaces);
    }

    ExactParameters parameters() {
        return parameters;
    }

    /** The multiply-adds of convolutions and matrix products since the last call. */
    long takeWork() {
        return products.takeWork();
    }

    /** Takes back all arrays handed out since the last call. */
    void recycle() {
        pool.recycle();
    }

    private ExactArray array(int... shape) {
        return pool.array(shape);
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
        int width = layer.width();
        outShape[outShape.length - 1] *= width;
        ExactArray out = array(outShape);
        float[] table = parameters.weight(layer);
        rows.run(ids.length, width, (first, end, workspace) -> {
            for (int i = first; i < end; i++) {
                System.arraycopy(table, ids[i] * width, out.values(), i * width, width);
            }
        });
        return out;
    }

    private ExactArray convolved(ExactArray x, Conv2d layer) {
        int[] s = x.shape();
        return array(
                s[0],
                Kernels.convOutput(s[1], layer.kernel(), layer.stride()),
                Kernels.convOutput(s[2], layer.kernel(), layer.stride()),
                layer.out());
    }

    @Override
    public ExactArray conv2d(ExactArray x, Conv2d layer) {
        ExactArray out = convolved(x, layer);
        products.conv2d(x, layer, out, item -> Epilogue.NONE);
        return out;
    }

    @Override
    public ExactArray conv2dSilu(ExactArray x, Conv2d layer) {
        ExactArray out = convolved(x, layer);
        products.conv2d(x, layer, out, item -> Epilogue.SILU);
        return out;
    }

    @Override
    public ExactArray conv2dAdd(ExactArray x, Conv2d layer, ExactArray residual) {
        ExactArray out = convolved(x, layer);
        int size = out.size() / Math.max(1, out.shape()[0]);
        products.conv2d(x, layer, out, item -> Epilogue.add(residual.values(), item * size, layer.out()));
        return out;
    }

    @Override
    public ExactArray conv2dAddPerItem(ExactArray x, Conv2d layer, ExactArray perItem) {
        ExactArray out = convolved(x, layer);
        products.conv2d(x, layer, out, item -> Epilogue.add(perItem.values(), item * layer.out(), 0));
        return out;
    }

    @Override
    public ExactArray joinUpsampled(ExactArray coarse, ExactArray skip, Conv2d layer) {
        int[] c = coarse.shape();
        int[] s = skip.shape();
        // The chains over the coarse channels are the same for all fine places of a coarse one.
        ExactArray begun = array(c[0], c[1], c[2], layer.out());
        products.firstChannels(coarse, layer, begun);
        ExactArray out = array(s[0], s[1], s[2], layer.out());
        products.otherChannels(begun, skip, layer, out);
        return out;
    }

    @Override
    public ExactArray conv1d(ExactArray x, Conv1d layer) {
        int[] shape = x.shape().clone();
        shape[shape.length - 1] = layer.out();
        ExactArray out = array(shape);
        products.conv1d(x, layer, out);
        return out;
    }

    private ExactArray mapped(ExactArray x, Linear layer, Epilogue epilogue) {
        int[] shape = x.shape().clone();
        shape[shape.length - 1] = layer.out();
        ExactArray out = array(shape);
        products.linear(x, layer, out, epilogue);
        return out;
    }

    @Override
    public ExactArray linear(ExactArray x, Linear layer) {
        return mapped(x, layer, Epilogue.NONE);
    }

    @Override
    public ExactArray linearAdd(ExactArray x, Linear layer, ExactArray residual) {
        return mapped(x, layer, Epilogue.add(residual.values(), 0, layer.out()));
    }

    @Override
    public ExactArray linearGelu(ExactArray x, Linear layer) {
        return mapped(x, layer, Epilogue.GELU);
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
        ExactArray out = array(x.shape());
        groupNorms.normalise(x, layer, silu, out);
        return out;
    }

    @Override
    public ExactArray groupNormSiluAt(ExactArray x, GroupNorm layer, int[] sites) {
        ExactArray out = array(1, 1, sites.length, x.last());
        groupNorms.normaliseAt(x, layer, sites, out);
        return out;
    }

    @Override
    public ExactArray layerNorm(ExactArray x, LayerNorm layer) {
        ExactArray out = array(x.shape());
        int width = x.last();
        rows.run(
                x.size() / width,
                width,
                (first, end, workspace) -> kernels.layerNorm(
                        new Rows(x.values(), first * width, end - first, width),
                        new Scaling(parameters.weight(layer), parameters.bias(layer), LayerNorm.EPSILON),
                        out.values(),
                        first * width,
                        workspace));
        return out;
    }

    /** An operation on a range of elements, each independent of the others. */
    @FunctionalInterface
    private interface Elements {
        void apply(float[] x, int xOffset, int length, float[] out, int outOffset);
    }

    private ExactArray each(ExactArray x, Elements operation) {
        ExactArray out = array(x.shape());
        rows.run(
                x.size(),
                1,
                (first, end, workspace) -> operation.apply(x.values(), first, end - first, out.values(), first));
        return out;
    }

    @Override
    public ExactArray silu(ExactArray x) {
        return each(x, kernels::silu);
    }

    @Override
    public ExactArray gelu(ExactArray x) {
        return each(x, kernels::gelu);
    }

    @Override
    public ExactArray sigmoid(ExactArray x) {
        return each(x, kernels::sigmoid);
    }

    @Override
    public ExactArray exp(ExactArray x) {
        return each(x, kernels::exp);
    }

    @Override
    public ExactArray log(ExactArray x) {
        return each(x, kernels::log);
    }

    @Override
    public ExactArray relu(ExactArray x) {
        return each(x, kernels::relu);
    }

    @Override
    public ExactArray scale(ExactArray x, float factor) {
        return each(x, (in, at, length, out, to) -> kernels.scale(in, at, length, factor, out, to));
    }

    @Override
    public ExactArray multiply(ExactArray a, ExactArray b) {
        return each(a, (in, at, length, out, to) -> kernels.multiply(in, at, b.values(), at, length, out, to));
    }

    @Override
    public ExactArray gatedTanh(ExactArray x) {
        int[] shape = x.shape().clone();
        int channels = x.last() / 2;
        shape[shape.length - 1] = channels;
        ExactArray out = array(shape);
        rows.run(
                x.size() / x.last(),
                2 * channels,
                (first, end, workspace) -> kernels.gatedTanh(
                        x.values(), 2 * first * channels, end - first, channels, out.values(), first * channels));
        return out;
    }

    @Override
    public ExactArray add(ExactArray a, ExactArray b) {
        return each(a, (in, at, length, out, to) -> kernels.add(in, at, b.values(), at, length, out, to));
    }

    @Override
    public ExactArray addPerItem(ExactArray x, ExactArray perItem) {
        ExactArray out = array(x.shape());
        int channels = x.last();
        int places = x.places();
        rows.run(x.size() / channels, channels, (first, end, workspace) -> {
            for (int row = first; row < end; row++) {
                int from = row * channels;
                kernels.add(x.values(), from, perItem.values(), row / places * channels, channels, out.values(), from);
            }
        });
        return out;
    }

    @Override
    public ExactArray addPerPlace(ExactArray x, Embedding table) {
        ExactArray out = array(x.shape());
        int size = x.places() * table.width();
        for (int n = 0; n < x.shape()[0]; n++) {
            int at = n * size;
            rows.run(
                    size,
                    1,
                    (first, end, workspace) -> kernels.add(
                            x.values(),
                            at + first,
                            parameters.weight(table),
                            first,
                            end - first,
                            out.values(),
                            at + first));
        }
        return out;
    }

    @Override
    public ExactArray zeroBeyond(ExactArray x, int @Nullable [] lengths) {
        if (lengths == null) {
            return x;
        }
        ExactArray out = array(x.shape());
        x.copyFirst(lengths, out);
        return out;
    }

    @Override
    public ExactArray sites(ExactArray x, int[] sites) {
        ExactArray out = array(1, 1, sites.length, x.last());
        rows.run(sites.length, x.last(), (first, end, workspace) -> x.gather(sites, first, end, out));
        return out;
    }

    @Override
    public ExactArray concat(ExactArray a, ExactArray b) {
        int[] shape = a.shape().clone();
        int left = a.last();
        int right = b.last();
        shape[shape.length - 1] = left + right;
        ExactArray out = array(shape);
        rows.run(a.size() / left, left + right, (first, end, workspace) -> {
            for (int row = first; row < end; row++) {
                System.arraycopy(a.values(), row * left, out.values(), row * (left + right), left);
                System.arraycopy(b.values(), row * right, out.values(), row * (left + right) + left, right);
            }
        });
        return out;
    }

    @Override
    public List<ExactArray> split(ExactArray x, int... widths) {
        int all = x.last();
        List<ExactArray> parts = new ArrayList<>();
        int column = 0;
        for (int width : widths) {
            if (width < 1 || width > all - column) {
                throw new IllegalArgumentException("a part of " + width + " at " + column + " of " + all);
            }
            int[] shape = x.shape().clone();
            shape[shape.length - 1] = width;
            ExactArray part = array(shape);
            int from = column;
            rows.run(x.size() / all, width, (first, end, workspace) -> {
                for (int row = first; row < end; row++) {
                    System.arraycopy(x.values(), row * all + from, part.values(), row * width, width);
                }
            });
            parts.add(part);
            column += width;
        }
        if (column != all) {
            throw new IllegalArgumentException("parts of " + column + " together of " + all);
        }
        return parts;
    }

    @Override
    public ExactArray attention(ExactArray q, ExactArray k, ExactArray v, int heads, Visibility visibility) {
        ExactArray out = array(q.shape());
        attentions.attend(q, k, v, heads, visibility, out);
        return out;
    }

    @Override
    public ExactArray attentionAt(
            ExactArray x, Linear query, ExactArray k, ExactArray v, int heads, Visibility visibility, int[] sites) {
        ExactArray q = linear(sites(x, sites), query);
        ExactArray out = array(q.shape());
        attentions.attendAt(q, k, v, heads, sites, visibility, out);
        return out;
    }
}
