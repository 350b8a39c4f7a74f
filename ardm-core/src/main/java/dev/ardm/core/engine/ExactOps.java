package dev.ardm.core.engine;

import dev.ardm.core.network.Layer.Conv2d;
import dev.ardm.core.network.Layer.Embedding;
import dev.ardm.core.network.Layer.GroupNorm;
import dev.ardm.core.network.Layer.LayerNorm;
import dev.ardm.core.network.Layer.Linear;
import dev.ardm.core.network.Ops;
import dev.ardm.exact.Epilogue;
import dev.ardm.exact.Kernels;
import dev.ardm.exact.Workspace;

/**
 * The operations on the exact kernels, cut into pieces for a team of threads. For use by one thread; its arrays are recycled by
 * {@link #recycle}.
 */
final class ExactOps implements Ops<ExactArray> {
    /** Floats that a piece of an elementwise operation has at least, else sharing it takes longer than doing it. */
    private static final int PIECE = 4096;

    private final ExactParameters parameters;
    private final Kernels kernels;
    private final Team team;
    private final Workspace[] workspaces;
    private final ArrayPool pool = new ArrayPool();
    private final Products products;

    ExactOps(ExactParameters parameters, Team team) {
        this.parameters = parameters;
        this.kernels = parameters.kernels();
        this.team = team;
        this.workspaces = new Workspace[team.size()];
        for (int i = 0; i < workspaces.length; i++) {
            workspaces[i] = new Workspace();
        }
        this.products = new Products(parameters, team, workspaces);
    }

    /** Takes back all arrays handed out since the last call. */
    void recycle() {
        pool.recycle();
    }

    private ExactArray array(int... shape) {
        return pool.array(shape);
    }

    /** Runs an operation on rows of {@code width} floats in pieces of consecutive rows. */
    private void rows(int rows, int width, Range range) {
        Cut cut = Cut.of(rows, 1, team.size(), width, PIECE);
        team.run(cut.count(), (piece, thread) -> range.run(cut.firstRow(piece), cut.endRow(piece), workspaces[thread]));
    }

    private interface Range {
        void run(int first, int end, Workspace workspace);
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
        rows(ids.length, width, (first, end, workspace) -> {
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
        products.conv2d(x, layer, out, 0, item -> Epilogue.NONE);
        return out;
    }

    @Override
    public ExactArray conv2dSilu(ExactArray x, Conv2d layer) {
        ExactArray out = convolved(x, layer);
        products.conv2d(x, layer, out, 0, item -> Epilogue.SILU);
        return out;
    }

    @Override
    public ExactArray conv2dAdd(ExactArray x, Conv2d layer, ExactArray residual) {
        ExactArray out = convolved(x, layer);
        int size = out.size() / Math.max(1, out.shape()[0]);
        products.conv2d(x, layer, out, 0, item -> Epilogue.add(residual.values(), item * size, layer.out()));
        return out;
    }

    @Override
    public ExactArray conv2dAddPerItem(ExactArray x, Conv2d layer, ExactArray perItem) {
        ExactArray out = convolved(x, layer);
        products.conv2d(x, layer, out, 0, item -> Epilogue.add(perItem.values(), item * layer.out(), 0));
        return out;
    }

    @Override
    public ExactArray conv2dConcat(ExactArray a, Conv2d layerA, ExactArray b, Conv2d layerB) {
        int[] s = convolved(a, layerA).shape();
        ExactArray out = array(s[0], s[1], s[2], layerA.out() + layerB.out());
        products.conv2d(a, layerA, out, 0, item -> Epilogue.NONE);
        products.conv2d(b, layerB, out, layerA.out(), item -> Epilogue.NONE);
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
        int items = x.shape()[0];
        int places = x.places();
        int channels = x.last();
        float[] mean = array(items, channels).values();
        float[] scale = array(items, channels).values();
        for (int n = 0; n < items; n++) {
            int at = n * places * channels;
            statistics(x, at, places, layer, mean, scale);
            rows(places, channels, (first, end, workspace) -> {
                int from = at + first * channels;
                kernels.normalise(
                        x.values(),
                        from,
                        end - first,
                        channels,
                        mean,
                        scale,
                        parameters.bias(layer),
                        silu,
                        out.values(),
                        from);
            });
        }
        return out;
    }

    @Override
    public ExactArray groupNormSiluAt(ExactArray x, GroupNorm layer, int[] sites) {
        int places = x.places();
        int channels = x.last();
        float[] mean = array(1, channels).values();
        float[] scale = array(1, channels).values();
        ExactArray out = array(1, 1, sites.length, channels);
        int[] item = {-1};
        for (int from = 0, end; from < sites.length; from = end) {
            int n = sites[from] / places;
            for (end = from; end < sites.length && sites[end] / places == n; ) {
                end++;
            }
            if (n != item[0]) {
                statistics(x, n * places * channels, places, layer, mean, scale);
                item[0] = n;
            }
            int start = from;
            rows(end - from, channels, (first, last, workspace) -> {
                gather(x, sites, start + first, start + last, out);
                int at = (start + first) * channels;
                kernels.normalise(
                        out.values(),
                        at,
                        last - first,
                        channels,
                        mean,
                        scale,
                        parameters.bias(layer),
                        true,
                        out.values(),
                        at);
            });
        }
        return out;
    }

    private void statistics(ExactArray x, int offset, int places, GroupNorm layer, float[] mean, float[] scale) {
        int channels = layer.channels();
        int perGroup = channels / layer.groups();
        // Pieces of whole groups that fill vectors of sixteen floats.
        int groupsEach = 1;
        while (groupsEach < layer.groups() && groupsEach * perGroup % 16 != 0) {
            groupsEach++;
        }
        int chunk = groupsEach;
        int chunks = (layer.groups() + chunk - 1) / chunk;
        Cut cut = Cut.of(chunks, 1, team.size(), (double) places * chunk * perGroup, PIECE);
        team.run(
                cut.count(),
                (piece, thread) -> kernels.groupStatistics(
                        x.values(),
                        offset,
                        places,
                        channels,
                        layer.groups(),
                        cut.firstRow(piece) * chunk,
                        Math.min(layer.groups(), cut.endRow(piece) * chunk),
                        parameters.weight(layer),
                        GroupNorm.EPSILON,
                        mean,
                        scale,
                        workspaces[thread]));
    }

    @Override
    public ExactArray layerNorm(ExactArray x, LayerNorm layer) {
        ExactArray out = array(x.shape());
        int width = x.last();
        rows(
                x.size() / width,
                width,
                (first, end, workspace) -> kernels.layerNorm(
                        x.values(),
                        first * width,
                        end - first,
                        width,
                        parameters.weight(layer),
                        parameters.bias(layer),
                        LayerNorm.EPSILON,
                        out.values(),
                        first * width,
                        workspace));
        return out;
    }

    @Override
    public ExactArray silu(ExactArray x) {
        ExactArray out = array(x.shape());
        rows(x.size(), 1, (first, end, workspace) -> kernels.silu(x.values(), first, end - first, out.values(), first));
        return out;
    }

    @Override
    public ExactArray gelu(ExactArray x) {
        ExactArray out = array(x.shape());
        rows(x.size(), 1, (first, end, workspace) -> kernels.gelu(x.values(), first, end - first, out.values(), first));
        return out;
    }

    @Override
    public ExactArray add(ExactArray a, ExactArray b) {
        ExactArray out = array(a.shape());
        rows(
                a.size(),
                1,
                (first, end, workspace) ->
                        kernels.add(a.values(), first, b.values(), first, end - first, out.values(), first));
        return out;
    }

    @Override
    public ExactArray addPerItem(ExactArray x, ExactArray perItem) {
        ExactArray out = array(x.shape());
        int channels = x.last();
        int places = x.places();
        rows(x.size() / channels, channels, (first, end, workspace) -> {
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
        int size = table.rows() * table.width();
        for (int n = 0; n < x.shape()[0]; n++) {
            int at = n * size;
            rows(
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
    public ExactArray sites(ExactArray x, int[] sites) {
        ExactArray out = array(1, 1, sites.length, x.last());
        rows(sites.length, x.last(), (first, end, workspace) -> gather(x, sites, first, end, out));
        return out;
    }

    private static void gather(ExactArray x, int[] sites, int first, int end, ExactArray out) {
        int channels = x.last();
        for (int i = first; i < end; i++) {
            System.arraycopy(x.values(), sites[i] * channels, out.values(), i * channels, channels);
        }
    }

    @Override
    public ExactArray concat(ExactArray a, ExactArray b) {
        int[] shape = a.shape().clone();
        int left = a.last();
        int right = b.last();
        shape[shape.length - 1] = left + right;
        ExactArray out = array(shape);
        rows(a.size() / left, left + right, (first, end, workspace) -> {
            for (int row = first; row < end; row++) {
                System.arraycopy(a.values(), row * left, out.values(), row * (left + right), left);
                System.arraycopy(b.values(), row * right, out.values(), row * (left + right) + left, right);
            }
        });
        return out;
    }

    @Override
    public ExactArray attention(ExactArray q, ExactArray k, ExactArray v, int heads) {
        ExactArray out = array(q.shape());
        int places = q.places();
        for (int n = 0; n < q.shape()[0]; n++) {
            attend(q, n * places, places, k, v, n, heads, out);
        }
        return out;
    }

    @Override
    public ExactArray attentionAt(ExactArray x, Linear query, ExactArray k, ExactArray v, int heads, int[] sites) {
        ExactArray q = linear(sites(x, sites), query);
        ExactArray out = array(q.shape());
        int places = k.places();
        for (int from = 0, end; from < sites.length; from = end) {
            int n = sites[from] / places;
            for (end = from; end < sites.length && sites[end] / places == n; ) {
                end++;
            }
            attend(q, from, end - from, k, v, n, heads, out);
        }
        return out;
    }

    /** Queries of one item, from row {@code firstQuery}. */
    private void attend(
            ExactArray q,
            int firstQuery,
            int queries,
            ExactArray k,
            ExactArray v,
            int item,
            int heads,
            ExactArray out) {
        int width = k.last();
        int tokens = k.places();
        int headWidth = width / heads;
        Cut cut = Cut.of(queries, heads, team.size(), 2.0 * tokens * headWidth, Products.PIECE);
        team.run(cut.count(), (piece, thread) -> {
            int first = firstQuery + cut.firstRow(piece);
            kernels.attention(
                    q.values(),
                    first * width,
                    cut.endRow(piece) - cut.firstRow(piece),
                    k.values(),
                    v.values(),
                    item * tokens * width,
                    tokens,
                    heads,
                    headWidth,
                    cut.firstColumn(piece),
                    cut.endColumn(piece),
                    out.values(),
                    first * width,
                    workspaces[thread]);
        });
    }
}
