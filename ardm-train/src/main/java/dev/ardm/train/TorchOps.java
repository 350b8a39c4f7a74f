package dev.ardm.train;

import dev.ardm.core.network.CausalKernel;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layer.CausalConv2d;
import dev.ardm.core.network.Layer.Conv1d;
import dev.ardm.core.network.Layer.Conv2d;
import dev.ardm.core.network.Layer.Embedding;
import dev.ardm.core.network.Layer.GroupNorm;
import dev.ardm.core.network.Layer.LayerNorm;
import dev.ardm.core.network.Layer.Linear;
import dev.ardm.core.network.Ops;
import dev.ardm.core.network.Rotation;
import dev.ardm.core.network.Visibility;
import dev.ardm.core.weights.WeightGrid;
import dev.ardm.train.runtime.NativeWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * The operations on LibTorch. Arrays are NHWC tensors; convolutions see them as NCHW through a permuted view, which is
 * LibTorch's channels-last layout, so that nothing is copied.
 */
public final class TorchOps implements Ops<Tensor> {
    private final TorchParameters parameters;
    private final boolean training;
    private final boolean bf16;

    /** Operations in binary32. */
    TorchOps(TorchParameters parameters, boolean training) {
        this(parameters, training, false);
    }

    /**
     * @param training whether dropout is active
     * @param bf16 whether {@link #inPrecision} is bf16
     */
    TorchOps(TorchParameters parameters, boolean training, boolean bf16) {
        this.parameters = parameters;
        this.training = training;
        this.bf16 = bf16;
    }

    /** The same with parameters that are rounded where they are used; their gradients are those of what they were rounded from. */
    TorchOps rounded(Map<String, WeightGrid> grids) {
        return new TorchOps(parameters.rounded(grids), training, bf16);
    }

    /** Runs a network with its convolutions and affine maps in the precision of the training. */
    public Tensor inPrecision(Supplier<Tensor> network) {
        return TorchRuntime.withAutocast(bf16, network);
    }

    private Tensor weight(Layer layer) {
        NativeWork.check();
        return parameters.get(layer.name() + ".weight");
    }

    private Tensor bias(Layer layer) {
        return parameters.get(layer.name() + ".bias");
    }

    private static Tensor toChannelsFirst(Tensor x) {
        return x.permute(0, 3, 1, 2);
    }

    private static Tensor toChannelsLast(Tensor x) {
        return x.permute(0, 2, 3, 1);
    }

    static long[] longs(int[] values) {
        long[] out = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            out[i] = values[i];
        }
        return out;
    }

    @Override
    public Tensor input(float[] values, int... shape) {
        return AbstractTensor.create(values, longs(shape));
    }

    @Override
    public Tensor embedding(int[] ids, Embedding layer, int... shape) {
        long[] out = longs(shape);
        out[out.length - 1] *= layer.width();
        Tensor index = AbstractTensor.create(longs(ids), ids.length);
        return torch.embedding(weight(layer), index).view(out);
    }

    @Override
    public Tensor conv2d(Tensor x, Conv2d layer) {
        if (layer.kernel() == 1 && layer.stride() == 1) {
            return affine(x, layer, weight(layer).flatten(1, 3));
        }
        long[] stride = {layer.stride(), layer.stride()};
        long[] padding = {layer.kernel() / 2, layer.kernel() / 2};
        return toChannelsLast(torch.conv2d(
                toChannelsFirst(x),
                weight(layer),
                new TensorOptional(bias(layer)),
                stride,
                padding,
                new long[] {1, 1},
                1));
    }

    @Override
    public Tensor conv1d(Tensor x, Conv1d layer) {
        long places = x.size(1) * x.size(2);
        Tensor sequence = x.reshape(x.size(0), places, x.size(3)).transpose(1, 2);
        long span = (layer.kernel() - 1L) * layer.dilation();
        long padding = layer.causal() ? span : span / 2;
        // Zeros on both sides: what a causal convolution gives beyond the end is cut off.
        Tensor out = torch.conv1d(
                sequence,
                weight(layer).transpose(1, 2),
                new TensorOptional(bias(layer)),
                new long[] {1},
                new long[] {padding},
                new long[] {layer.dilation()},
                1);
        return out.narrow(2, 0, places).transpose(1, 2).reshape(x.size(0), x.size(1), x.size(2), layer.out());
    }

    /** A convolution by a rectangle whose taps that are not seen are zeros. */
    @Override
    public Tensor causalConv2d(Tensor x, CausalConv2d layer) {
        CausalKernel kernel = layer.kernel();
        if (kernel.taps() == 1 && kernel.self()) {
            return affine(x, layer, weight(layer).flatten(1, 2));
        }
        if (layer.contrast()) {
            // fp32 always: what bf16 rounds off the weights would no longer add up to zero.
            boolean autocast = TorchRuntime.autocast(false);
            Tensor used = weight(layer).sub(weight(layer).mean(new long[] {1}, true, new ScalarTypeOptional()));
            Tensor out = causal(x.to(ScalarType.Float), layer, used);
            TorchRuntime.autocast(autocast);
            return out;
        }
        return causal(x, layer, weight(layer));
    }

    private Tensor causal(Tensor x, CausalConv2d layer, Tensor weight) {
        CausalKernel kernel = layer.kernel();
        long columns = kernel.reach() + 1L + kernel.right();
        int[] taps = kernel.inRectangle();
        Tensor rectangle = torch.zeros(
                        new long[] {layer.out(), (kernel.rows() + 1) * columns, layer.in()}, weight.options())
                .index_copy(1, AbstractTensor.create(longs(taps), taps.length), weight)
                .view(layer.out(), kernel.rows() + 1L, columns, layer.in());
        long step = kernel.dilation();
        Tensor around = torch.constant_pad_nd(
                x, new long[] {0, 0, kernel.reach() * step, kernel.right() * step, kernel.rows() * step, 0});
        return toChannelsLast(torch.conv2d(
                toChannelsFirst(around),
                toChannelsFirst(rectangle),
                new TensorOptional(bias(layer)),
                new long[] {1, 1},
                new long[] {0, 0},
                new long[] {step, step},
                1));
    }

    @Override
    public Tensor linear(Tensor x, Linear layer) {
        return affine(x, layer, weight(layer));
    }

    private Tensor affine(Tensor x, Layer layer, Tensor weight) {
        if (!parameters.precise(layer)) {
            return torch.linear(x, weight, new TensorOptional(bias(layer)));
        }
        boolean autocast = TorchRuntime.autocast(false);
        Tensor out = torch.linear(x.to(ScalarType.Float), weight, new TensorOptional(bias(layer)));
        TorchRuntime.autocast(autocast);
        return out;
    }

    @Override
    public Tensor linearDropoutAdd(Tensor x, Linear layer, double rate, Tensor residual) {
        return residual.add(dropout(linear(x, layer), rate));
    }

    @Override
    public Tensor groupNorm(Tensor x, GroupNorm layer) {
        // fp32 always: better statistics, and faster than LibTorch's bf16 kernel.
        return toChannelsLast(torch.group_norm(
                toChannelsFirst(x.to(ScalarType.Float)),
                layer.groups(),
                new TensorOptional(weight(layer)),
                new TensorOptional(bias(layer)),
                GroupNorm.EPSILON,
                true));
    }

    @Override
    public Tensor layerNorm(Tensor x, LayerNorm layer) {
        return torch.layer_norm(
                x.to(ScalarType.Float),
                new long[] {layer.channels()},
                new TensorOptional(weight(layer)),
                new TensorOptional(bias(layer)),
                LayerNorm.EPSILON,
                true);
    }

    @Override
    public Tensor gelu(Tensor x) {
        return torch.gelu(x, "tanh");
    }

    @Override
    public Tensor addPerPlace(Tensor x, Embedding table) {
        Tensor rows = weight(table).narrow(0, 0, x.size(1) * x.size(2));
        return x.add(rows.view(1, x.size(1), x.size(2), table.width()));
    }

    @Override
    public Tensor silu(Tensor x) {
        return torch.silu(x);
    }

    @Override
    public Tensor sigmoid(Tensor x) {
        return torch.sigmoid(x);
    }

    /** In fp32 always, as {@link #log}: these are made of numbers whose differences matter. */
    @Override
    public Tensor exp(Tensor x) {
        return torch.exp(x.to(ScalarType.Float));
    }

    @Override
    public Tensor log(Tensor x) {
        return torch.log(x.to(ScalarType.Float));
    }

    @Override
    public Tensor scalePerPlace(Tensor x, Tensor factors) {
        return x.mul(factors);
    }

    @Override
    public Tensor multiply(Tensor a, Tensor b) {
        return a.mul(b);
    }

    @Override
    public List<Tensor> split(Tensor x, int... widths) {
        List<Tensor> parts = new ArrayList<>();
        long column = 0;
        for (int width : widths) {
            parts.add(x.narrow(-1, column, width));
            column += width;
        }
        if (column != x.size(-1)) {
            throw new IllegalArgumentException("parts of " + column + " together of " + x.size(-1));
        }
        return parts;
    }

    @Override
    public Tensor relu(Tensor x) {
        return torch.relu(x);
    }

    @Override
    public Tensor gatedTanh(Tensor x) {
        long channels = x.size(3) / 2;
        Tensor gate = torch.sigmoid(x.narrow(3, channels, channels));
        return torch.tanh(x.narrow(3, 0, channels)).mul(gate);
    }

    @Override
    public Tensor scale(Tensor x, float factor) {
        return x.mul(new Scalar(factor));
    }

    @Override
    public Tensor add(Tensor a, Tensor b) {
        return a.add(b);
    }

    @Override
    public Tensor addPerItem(Tensor x, Tensor perItem) {
        return x.add(perItem.unsqueeze(1).unsqueeze(1));
    }

    @Override
    public Tensor sites(Tensor x, int[] sites) {
        if (sites.length == x.size(0) * x.size(1) * x.size(2) && inOrder(sites)) {
            return x.reshape(1, 1, sites.length, x.size(3));
        }
        Tensor index = AbstractTensor.create(longs(sites), sites.length);
        return x.flatten(0, 2).index_select(0, index).unsqueeze(0).unsqueeze(0);
    }

    private static boolean inOrder(int[] sites) {
        for (int i = 0; i < sites.length; i++) {
            if (sites[i] != i) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Tensor concat(Tensor a, Tensor b) {
        return torch.cat(new TensorVector(a, b), 3);
    }

    @Override
    public Tensor joinUpsampled(Tensor coarse, Tensor skip, Conv2d layer) {
        return conv2d(concat(upsample(coarse, skip.size(1), skip.size(2)), skip), layer);
    }

    private static Tensor upsample(Tensor x, long height, long width) {
        Tensor twice = torch.upsample_nearest2d(
                toChannelsFirst(x),
                new long[] {2 * x.size(1), 2 * x.size(2)},
                new DoubleOptional(),
                new DoubleOptional());
        return toChannelsLast(twice).narrow(1, 0, height).narrow(2, 0, width).contiguous();
    }

    @Override
    public Tensor rotary(Tensor x, int heads, int @Nullable [] places, float length) {
        long each = x.size(1) * x.size(2);
        long half = x.size(3) / heads / 2;
        int rows = places == null ? Math.toIntExact(each) : places.length;
        int[] rowPlaces = places == null ? IntStream.range(0, rows).toArray() : places;
        float[] turns = new float[Math.toIntExact(2 * half * rows)];
        int most = IntStream.of(rowPlaces).max().orElse(0) + 1;
        float[] table = Rotation.table((int) half, most);
        for (int row = 0; row < rows; row++) {
            System.arraycopy(table, (int) (2 * half * rowPlaces[row]), turns, (int) (2 * half * row), (int) (2 * half));
        }
        Tensor turn = AbstractTensor.create(turns, places == null ? 1 : x.size(0), each, 1, 2, half);
        Tensor cosine = turn.select(3, 0);
        Tensor sine = turn.select(3, 1);
        // fp32 always: the directions of keys need finer steps than bf16 has.
        Tensor split = x.to(ScalarType.Float).reshape(x.size(0), each, heads, 2, half);
        Tensor one = split.select(3, 0);
        Tensor other = split.select(3, 1);
        Tensor turned = torch.stack(
                new TensorVector(
                        one.mul(cosine).sub(other.mul(sine)), other.mul(cosine).add(one.mul(sine))),
                3);
        Tensor squares = split.mul(split).sum(new long[] {3, 4}, true, new ScalarTypeOptional());
        Tensor factor = squares.add(new Scalar(ROTARY_EPSILON)).rsqrt().mul(new Scalar(length));
        return turned.mul(factor).reshape(x.size(0), x.size(1), x.size(2), x.size(3));
    }

    @Override
    public Tensor attention(Tensor q, Tensor k, Tensor v, int heads, Visibility visibility) {
        // fp32 always: bf16 attention is very slow backwards on CPUs.
        boolean autocast = TorchRuntime.autocast(false);
        Tensor attended = torch.scaled_dot_product_attention(
                perHead(q, heads),
                perHead(k, heads),
                perHead(v, heads),
                mask(visibility, k.size(1) * k.size(2)),
                0,
                visibility.causal() && visibility.copies() == null,
                new DoubleOptional(),
                false);
        TorchRuntime.autocast(autocast);
        return attended.transpose(1, 2).reshape(q.size(0), q.size(1), q.size(2), q.size(3));
    }

    /** Which keys are seen, where that is neither all nor those up to the query's own. */
    private static TensorOptional mask(Visibility visibility, long rows) {
        if (visibility.lengths() != null) {
            return new TensorOptional(
                    present(visibility.lengths(), rows).unsqueeze(1).unsqueeze(1));
        }
        if (visibility.copies() == null) {
            return new TensorOptional();
        }
        Tensor keys = torch.arange(new Scalar(rows));
        Tensor before = keys.unsqueeze(0).le(keys.unsqueeze(1)).unsqueeze(0);
        Tensor copied = present(visibility.copies(), rows).unsqueeze(1);
        return new TensorOptional(before.logical_or(copied).unsqueeze(1));
    }

    /** Which places items have: {@code [n, places]} of truth values. */
    private static Tensor present(int[] lengths, long places) {
        return torch.arange(new Scalar(places))
                .unsqueeze(0)
                .lt(AbstractTensor.create(longs(lengths), lengths.length, 1));
    }

    @Override
    public Tensor zeroBeyond(Tensor x, int @Nullable [] lengths) {
        return lengths == null
                ? x
                : x.mul(present(lengths, x.size(2)).unsqueeze(1).unsqueeze(3));
    }

    private static Tensor perHead(Tensor x, int heads) {
        return x.to(ScalarType.Float)
                .reshape(x.size(0), x.size(1) * x.size(2), heads, x.size(3) / heads)
                .transpose(1, 2);
    }

    @Override
    public Tensor dropout(Tensor x, double rate) {
        return training && rate > 0 ? torch.dropout(x, rate, true) : x;
    }
}
