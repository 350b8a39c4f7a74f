package dev.ardm.exact;

import static dev.ardm.exact.Numbers.assertSameBits;
import static dev.ardm.exact.Numbers.untouched;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ardm.exact.Attention.Keys;
import dev.ardm.exact.Attention.Output;
import dev.ardm.exact.Attention.Queries;
import dev.ardm.exact.Norm.Groups;
import dev.ardm.exact.Norm.Rows;
import dev.ardm.exact.Norm.Scaling;
import dev.ardm.exact.Norm.Statistics;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong arguments of operations in pieces are refused before anything is written, and right ones at the edge are not. */
class RefusalsTest {
    private static final int OUTPUTS = 70;

    private final float[] x = new float[400];
    private final float[] row = new float[24];
    private final Workspace workspace = new Workspace();

    static List<Kernels> all() {
        return Numbers.ALL;
    }

    private static void refused(String what, float[] out, Runnable call) {
        Throwable thrown = catchThrowable(call::run);
        assertThat(thrown)
                .as(what)
                .isInstanceOfAny(IllegalArgumentException.class, IndexOutOfBoundsException.class)
                // An exception of the checks, which name the argument, not of an array in the middle of the work.
                .isNotInstanceOf(ArrayIndexOutOfBoundsException.class);
        assertSameBits(out, untouched(out.length), what);
    }

    @ParameterizedTest
    @MethodSource("all")
    void outputsOfProducts(Kernels kernels) {
        float[] out = untouched(1000);
        PackedWeights w = kernels.pack(new float[OUTPUTS * 9], OUTPUTS, 9);
        ProductOutput whole = ProductOutput.of(w, out, 0).withStep(75);
        int grain = kernels.outputGrain();
        int rows = 13; // 12 * 75 + 70 = 970 floats
        ConvShape shape = new ConvShape(13, 1, 1, 3, 1);
        List<UnaryOperator<ProductOutput>> wrong = List.of(
                to -> to.withStep(69),
                to -> to.withStep(-75),
                to -> to.withStep(78), // the last row does not fit
                to -> to.withStep(Integer.MAX_VALUE),
                to -> to.outputs(-grain, OUTPUTS),
                to -> to.outputs(0, OUTPUTS + grain),
                to -> to.outputs(0, OUTPUTS + 1),
                to -> to.outputs(grain, 0),
                to -> to.fromRow(1),
                to -> new ProductOutput(out, 31, 75, 0, OUTPUTS, false, Epilogue.NONE),
                to -> new ProductOutput(out, -1, 75, 0, OUTPUTS, true, Epilogue.NONE),
                to -> to.then(Epilogue.add(new float[969], 0, 75)),
                to -> to.then(Epilogue.add(new float[970], 1, 75)),
                to -> to.then(Epilogue.add(new float[970], -1, 75)),
                to -> to.then(Epilogue.add(new float[970], 0, -1)),
                to -> to.then(Epilogue.add(new float[69], 0, 0)),
                to -> to.then(Epilogue.add(new float[970], 0, Integer.MAX_VALUE)),
                to -> new ProductOutput(x, 0, 70, 0, 0, false, Epilogue.NONE));
        for (int i = 0; i < wrong.size(); i++) {
            ProductOutput to = wrong.get(i).apply(whole);
            String what = kernels.name() + ", case " + i;
            refused(what, out, () -> kernels.matmul(x, 0, rows, w, null, to, workspace));
            refused(what, out, () -> kernels.conv2d(x, 0, shape, 0, rows, w, null, to, workspace));
        }
        if (grain > 1) {
            ProductOutput from = whole.outputs(1, OUTPUTS);
            ProductOutput until = whole.outputs(0, grain - 1);
            refused("first", out, () -> kernels.matmul(x, 0, rows, w, null, from, workspace));
            refused("end", out, () -> kernels.matmul(x, 0, rows, w, null, until, workspace));
        }
        kernels.matmul(x, 0, rows, w, null, whole.then(Epilogue.add(new float[970], 0, 75)), workspace);
        kernels.conv2d(x, 0, shape, 0, 13, w, null, whole.withStep(77), workspace);
        assertThat(out[0]).isZero();
    }

    @ParameterizedTest
    @MethodSource("all")
    void inputsAndRowsOfProducts(Kernels kernels) {
        float[] out = untouched(1000);
        PackedWeights w = kernels.pack(new float[OUTPUTS * 9], OUTPUTS, 9);
        ProductOutput whole = ProductOutput.of(w, out, 0);
        ConvShape shape = new ConvShape(13, 1, 1, 3, 1);
        float[] narrow = new float[OUTPUTS - 1];
        float[] one = new float[9];
        refused("rows", out, () -> kernels.matmul(x, 0, -1, w, null, whole, workspace));
        refused("x", out, () -> kernels.matmul(one, 1, 1, w, null, whole, workspace));
        refused("x", out, () -> kernels.matmul(one, 0, 2, w, null, whole, workspace));
        refused("bias", out, () -> kernels.matmul(x, 0, 1, w, narrow, whole, workspace));
        refused("bias", out, () -> kernels.matmul(x, 0, 1, w, narrow, whole.accumulating(), workspace));
        refused("x", out, () -> kernels.conv2d(new float[12], 0, shape, 0, 1, w, null, whole, workspace));
        refused("x", out, () -> kernels.conv2d(new float[13], 1, shape, 0, 1, w, null, whole, workspace));
        for (int[] r : new int[][] {{-1, 3}, {4, 3}, {0, 14}, {14, 14}}) {
            refused("rows", out, () -> kernels.conv2d(x, 0, shape, r[0], r[1], w, null, whole, workspace));
        }
        ConvShape deeper = new ConvShape(13, 1, 2, 3, 1);
        refused("depth", out, () -> kernels.conv2d(x, 0, deeper, 0, 1, w, null, whole, workspace));
        kernels.matmul(one, 0, 1, w, new float[OUTPUTS], whole, workspace);
        assertThat(out[OUTPUTS - 1]).isZero();
    }

    @ParameterizedTest
    @MethodSource("all")
    void normalisations(Kernels kernels) {
        float[] out = untouched(48);
        float[] narrow = new float[23];
        for (int[] g : new int[][] {{3, -1, 1}, {3, 2, 1}, {3, 0, 4}, {5, 0, 1}, {0, 0, 0}, {-3, 0, 1}}) {
            refused(
                    "groups",
                    out,
                    () -> kernels.groupStatistics(
                            new Rows(x, 0, 2, 24),
                            new Groups(g[0], g[1], g[2]),
                            row,
                            0f,
                            new Statistics(out, new float[24]),
                            workspace));
        }
        BiConsumer<Integer, float[]> statistics = (at, gamma) -> kernels.groupStatistics(
                new Rows(x, at, 2, 24), new Groups(3, 0, 3), gamma, 0f, new Statistics(out, new float[24]), workspace);
        refused("x", out, () -> statistics.accept(353, row));
        refused("x", out, () -> statistics.accept(-1, row));
        refused("gamma", out, () -> statistics.accept(0, narrow));
        refused(
                "mean",
                out,
                () -> kernels.groupStatistics(
                        new Rows(x, 0, 2, 24), new Groups(3, 0, 3), row, 0f, new Statistics(narrow, out), workspace));
        refused(
                "scale",
                out,
                () -> kernels.groupStatistics(
                        new Rows(x, 0, 2, 24), new Groups(3, 0, 3), row, 0f, new Statistics(out, narrow), workspace));
        refused(
                "spatial",
                out,
                () -> kernels.groupStatistics(
                        new Rows(x, 0, -1, 24), new Groups(3, 0, 3), row, 0f, new Statistics(out, row), workspace));
        refused(
                "rows",
                out,
                () -> kernels.normalise(new Rows(x, 0, -1, 24), new Statistics(row, row), row, true, out, 0));
        refused(
                "x",
                out,
                () -> kernels.normalise(new Rows(x, 353, 2, 24), new Statistics(row, row), row, true, out, 0));
        refused(
                "out",
                out,
                () -> kernels.normalise(new Rows(x, 0, 2, 24), new Statistics(row, row), row, true, out, 1));
        refused(
                "mean",
                out,
                () -> kernels.normalise(new Rows(x, 0, 2, 24), new Statistics(narrow, row), row, false, out, 0));
        refused(
                "scale",
                out,
                () -> kernels.normalise(new Rows(x, 0, 2, 24), new Statistics(row, narrow), row, false, out, 0));
        refused(
                "beta",
                out,
                () -> kernels.normalise(new Rows(x, 0, 2, 24), new Statistics(row, row), narrow, false, out, 0));
        refused(
                "gamma",
                out,
                () -> kernels.layerNorm(new Rows(x, 0, 2, 24), new Scaling(narrow, row, 0f), out, 0, workspace));
        refused(
                "beta",
                out,
                () -> kernels.layerNorm(new Rows(x, 0, 2, 24), new Scaling(row, narrow, 0f), out, 0, workspace));
        statistics.accept(352, row);
        assertThat(out[23]).isZero();
    }

    @ParameterizedTest
    @MethodSource("all")
    void attention(Kernels kernels) {
        float[] out = untouched(48);
        // q offset, queries, kv offset, tokens, heads, head width, first head, end head, out offset
        int[][] wrong = {
            {0, -1, 0, 2, 3, 8, 0, 3, 0},
            {0, 2, 0, -1, 3, 8, 0, 3, 0},
            {0, 2, 0, 0, 3, 8, 0, 3, 0},
            {0, 2, 0, 2, 0, 8, 0, 0, 0},
            {0, 2, 0, 2, 3, 0, 0, 3, 0},
            {0, 2, 0, 2, 3, 8, -1, 3, 0},
            {0, 2, 0, 2, 3, 8, 2, 1, 0},
            {0, 2, 0, 2, 3, 8, 0, 4, 0},
            {353, 2, 0, 2, 3, 8, 0, 3, 0},
            {-1, 2, 0, 2, 3, 8, 0, 3, 0},
            {0, 2, 353, 2, 3, 8, 0, 3, 0},
            {0, 2, -1, 2, 3, 8, 0, 3, 0},
            {0, 2, 0, 2, 3, 8, 0, 3, 1},
            {0, 3, 0, 2, 3, 8, 0, 1, 0},
            {0, 1, 0, 2, 1 << 16, 1 << 16, 0, 1, 0},
        };
        for (int[] a : wrong) {
            refused(java.util.Arrays.toString(a), out, () -> attention(kernels, a, out));
        }
        refused(
                "q is out",
                out,
                () -> kernels.attention(
                        new Queries(out, 0, 1, VisibleKeys.ALL),
                        new Keys(x, x, 0, 2, 3, 8),
                        new Output(out, 24, 0, 3),
                        workspace));
        refused(
                "k is out",
                out,
                () -> kernels.attention(
                        new Queries(x, 0, 1, VisibleKeys.ALL),
                        new Keys(out, x, 0, 2, 3, 8),
                        new Output(out, 24, 0, 3),
                        workspace));
        refused(
                "v is out",
                out,
                () -> kernels.attention(
                        new Queries(x, 0, 1, VisibleKeys.ALL),
                        new Keys(x, out, 0, 2, 3, 8),
                        new Output(out, 24, 0, 3),
                        workspace));
        attention(kernels, new int[] {352, 2, 352, 2, 3, 8, 0, 3, 0}, out);
        assertThat(out).containsOnly(0f);
    }

    private void attention(Kernels kernels, int[] a, float[] out) {
        kernels.attention(
                new Queries(x, a[0], a[1], VisibleKeys.ALL),
                new Keys(x, x, a[2], a[3], a[4], a[5]),
                new Output(out, a[8], a[6], a[7]),
                workspace);
    }
}
