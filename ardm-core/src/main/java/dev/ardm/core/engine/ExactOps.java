package dev.ardm.core.engine;

import dev.ardm.core.network.Layer.CausalConv2d;
import dev.ardm.core.network.Layer.Conv1d;
import dev.ardm.core.network.Layer.Conv2d;
import dev.ardm.core.network.Layer.Embedding;
import dev.ardm.core.network.Layer.GroupNorm;
import dev.ardm.core.network.Layer.LayerNorm;
import dev.ardm.core.network.Layer.Linear;
import dev.ardm.core.network.Visibility;
import dev.ardm.exact.Epilogue;
import dev.ardm.exact.Kernels;
import dev.ardm.exact.Norm.Rows;
import dev.ardm.exact.Norm.Scaling;
import dev.ardm.exact.Workspace;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The operations on the exact kernels, cut into pieces for a team of threads. For use by one thread; its arrays are recycled by
 * {@link #recycle}.
 */
class ExactOps extends ElementOps {
    private final ExactParameters parameters;
    private final Kernels kernels;
    private final Team team;
    private final RowPieces rows;
    private final Products products;
    private final CausalProducts causal;
    private final GroupNorms groupNorms;
    private final Attentions attentions;

    ExactOps(ExactParameters parameters, Team team) {
        this(parameters, team, new ArrayPool());
    }

    ExactOps(ExactParameters parameters, Team team, ArrayPool pool) {
        this(parameters, team, pool, workspaces(team.size()));
    }

    private ExactOps(ExactParameters parameters, Team team, ArrayPool pool, Workspace[] workspaces) {
        super(parameters.kernels(), new RowPieces(team, workspaces), pool);
        this.parameters = parameters;
        this.kernels = parameters.kernels();
        this.team = team;
        this.rows = rows();
        this.products = new Products(parameters, team, workspaces);
        this.causal = new CausalProducts(pool, rows, products, team.size());
        this.groupNorms = new GroupNorms(parameters, team, workspaces, rows, pool);
        this.attentions = new Attentions(kernels, team, workspaces);
    }

    private static Workspace[] workspaces(int threads) {
        Workspace[] each = new Workspace[threads];
        Arrays.setAll(each, i -> new Workspace());
        return each;
    }

    ExactParameters parameters() {
        return parameters;
    }

    /** The multiply-adds of convolutions and matrix products since the last call. */
    long takeWork() {
        return products.takeWork();
    }

    final Products products() {
        return products;
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
        int width = layer.width();
        ExactArray out = resized(shape, shape[shape.length - 1] * width);
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
        ExactArray out = resized(x, layer.out());
        products.conv1d(x, layer, out);
        return out;
    }

    private ExactArray causal(ExactArray x, CausalConv2d layer, IntFunction<Epilogue> epilogue) {
        ExactArray out = resized(x, layer.out());
        causal.apply(x, layer, out, epilogue);
        return out;
    }

    @Override
    public ExactArray causalConv2d(ExactArray x, CausalConv2d layer) {
        return causal(x, layer, row -> Epilogue.NONE);
    }

    @Override
    public ExactArray causalConv2dAdd(ExactArray x, CausalConv2d layer, ExactArray residual) {
        return causal(x, layer, row -> Epilogue.add(residual.values(), row * layer.out(), layer.out()));
    }

    private ExactArray mapped(ExactArray x, Linear layer, Epilogue epilogue) {
        ExactArray out = resized(x, layer.out());
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
