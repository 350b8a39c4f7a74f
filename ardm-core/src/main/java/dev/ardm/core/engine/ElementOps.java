package dev.ardm.core.engine;

import dev.ardm.core.network.Ops;
import dev.ardm.core.network.Rotation;
import dev.ardm.exact.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operations on single elements and columns, and the arrays that results are in. */
abstract class ElementOps implements Ops<ExactArray> {
    /** How much longer a rotation of a float takes than copying it. */
    private static final int ROTARY_WORK = 4;

    private final Kernels kernels;
    private final RowPieces rows;
    private final ArrayPool pool;

    ElementOps(Kernels kernels, RowPieces rows, ArrayPool pool) {
        this.kernels = kernels;
        this.rows = rows;
        this.pool = pool;
    }

    final RowPieces rows() {
        return rows;
    }

    /** Takes back all arrays handed out since the last call. */
    final void recycle() {
        pool.recycle();
    }

    final ExactArray array(int... shape) {
        return pool.array(shape);
    }

    /** An array of the same extents but the last. */
    final ExactArray resized(ExactArray x, int last) {
        return resized(x.shape(), last);
    }

    final ExactArray resized(int[] shape, int last) {
        int[] resized = shape.clone();
        resized[resized.length - 1] = last;
        return array(resized);
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
    public ExactArray scalePerPlace(ExactArray x, ExactArray factors) {
        int channels = x.last();
        ExactArray out = resized(x, channels);
        rows.run(x.size() / channels, channels, (first, end, workspace) -> {
            for (int row = first; row < end; row++) {
                kernels.scale(
                        x.values(), row * channels, channels, factors.values()[row], out.values(), row * channels);
            }
        });
        return out;
    }

    @Override
    public ExactArray gatedTanh(ExactArray x) {
        int channels = x.last() / 2;
        ExactArray out = resized(x, channels);
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
    public ExactArray rotary(ExactArray x, int heads, int @Nullable [] places, float length) {
        int width = x.last();
        int each = x.places();
        int all = x.size() / width;
        int most =
                places == null ? each : 1 + Arrays.stream(places, 0, all).max().orElse(0);
        float[] table = Rotation.table(width / heads / 2, most);
        ExactArray out = resized(x, width);
        rows.run(all, ROTARY_WORK * width, (first, end, workspace) -> {
            for (int row = first; row < end; row++) {
                int place = places == null ? row % each : places[row];
                rotate(x.values(), row * width, width, heads, table, place, length, out.values());
            }
        });
        return out;
    }

    /** One row. The sum of squares has one order: pair by pair, the two of a pair first. */
    private static void rotate(
            float[] x, int from, int width, int heads, float[] table, int place, float length, float[] out) {
        int half = width / heads / 2;
        int turn = 2 * half * place;
        for (int a = from; a < from + width; a += 2 * half) {
            float sum = 0f;
            for (int i = a; i < a + half; i++) {
                sum += x[i] * x[i] + x[i + half] * x[i + half];
            }
            float factor = (float) (length / Math.sqrt(sum + ROTARY_EPSILON));
            for (int i = 0; i < half; i++) {
                float one = x[a + i];
                float other = x[a + half + i];
                float cosine = table[turn + i];
                float sine = table[turn + half + i];
                out[a + i] = (one * cosine - other * sine) * factor;
                out[a + half + i] = (other * cosine + one * sine) * factor;
            }
        }
    }

    @Override
    public ExactArray concat(ExactArray a, ExactArray b) {
        int left = a.last();
        int right = b.last();
        ExactArray out = resized(a, left + right);
        rows.run(a.size() / left, left + right, (first, end, workspace) -> {
            a.copyColumns(first, end, 0, left, out, 0);
            b.copyColumns(first, end, 0, right, out, left);
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
            ExactArray part = resized(x, width);
            int from = column;
            rows.run(x.size() / all, width, (first, end, workspace) -> x.copyColumns(first, end, from, width, part, 0));
            parts.add(part);
            column += width;
        }
        if (column != all) {
            throw new IllegalArgumentException("parts of " + column + " together of " + all);
        }
        return parts;
    }
}
