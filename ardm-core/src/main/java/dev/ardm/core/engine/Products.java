package dev.ardm.core.engine;

import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layer.Conv1d;
import dev.ardm.core.network.Layer.Conv2d;
import dev.ardm.core.network.Layer.Linear;
import dev.ardm.exact.Conv1dShape;
import dev.ardm.exact.ConvShape;
import dev.ardm.exact.Epilogue;
import dev.ardm.exact.Kernels;
import dev.ardm.exact.PackedWeights;
import dev.ardm.exact.ProductOutput;
import dev.ardm.exact.Workspace;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** Convolutions and matrix products, cut into rectangles of rows and outputs for a team of threads. */
final class Products {
    /** Multiply-adds that a piece has at least, a few microseconds' work; else sharing it takes longer than doing it. */
    static final double PIECE = 150_000;

    /** Rows that the kernels compute together; pieces of a matrix product are multiples of it. */
    private static final int TILE_ROWS = 8;

    private final ExactParameters parameters;
    private final Kernels kernels;
    private final Team team;
    private final Workspace[] workspaces;
    private final Map<Size, Cut> cuts = new HashMap<>();
    private double work;

    private record Size(int rows, int columns, double workEach) {}

    Products(ExactParameters parameters, Team team, Workspace[] workspaces) {
        this.parameters = parameters;
        this.kernels = parameters.kernels();
        this.team = team;
        this.workspaces = workspaces;
    }

    /** The multiply-adds since the last call. */
    long takeWork() {
        long done = (long) work;
        work = 0;
        return done;
    }

    /** Cuts rows of outputs, the outputs in grains, and counts the work. */
    private Cut cut(int rows, int outputs, double workEach) {
        work += rows * workEach * outputs;
        int grains = (outputs + kernels.outputGrain() - 1) / kernels.outputGrain();
        Size size = new Size(rows, grains, workEach * outputs / grains);
        return cuts.computeIfAbsent(size, s -> Cut.of(s.rows, s.columns, team.size(), s.workEach, PIECE));
    }

    private ProductOutput outputs(ProductOutput out, Cut cut, int piece) {
        int grain = kernels.outputGrain();
        int end = cut.endColumn(piece);
        return out.outputs(cut.firstColumn(piece) * grain, end == cut.columns() ? out.end() : end * grain);
    }

    /**
     * Convolution of each item.
     *
     * @param epilogue that of each item
     */
    void conv2d(ExactArray x, Conv2d layer, ExactArray out, IntFunction<Epilogue> epilogue) {
        int[] s = x.shape();
        ConvShape shape = new ConvShape(s[1], s[2], layer.in(), layer.kernel(), layer.stride());
        PackedWeights weights = parameters.packed(layer);
        for (int n = 0; n < s[0]; n++) {
            int offset = n * shape.inputSize();
            ProductOutput whole = ProductOutput.of(weights, out.values(), n * shape.pixels() * layer.out())
                    .then(epilogue.apply(n));
            if (layer.kernel() == 1 && layer.stride() == 1) {
                matmul(x.values(), offset, shape.pixels(), weights, parameters.bias(layer), whole);
                continue;
            }
            Cut cut = cut(shape.outH(), layer.out(), (double) shape.outW() * shape.depth());
            team.run(
                    cut.count(),
                    (piece, thread) -> kernels.conv2d(
                            x.values(),
                            offset,
                            shape,
                            cut.firstRow(piece),
                            cut.endRow(piece),
                            weights,
                            parameters.bias(layer),
                            outputs(whole, cut, piece),
                            workspaces[thread]));
        }
    }

    /** Dilated convolution of each item. */
    void conv1d(ExactArray x, Conv1d layer, ExactArray out) {
        int places = x.places();
        Conv1dShape shape = new Conv1dShape(places, layer.in(), layer.kernel(), layer.dilation(), layer.causal());
        PackedWeights weights = parameters.packed(layer);
        int tiles = (places + TILE_ROWS - 1) / TILE_ROWS;
        Cut cut = cut(tiles, layer.out(), (double) TILE_ROWS * shape.depth());
        for (int n = 0; n < x.shape()[0]; n++) {
            int offset = n * shape.inputSize();
            ProductOutput whole = ProductOutput.of(weights, out.values(), n * places * layer.out());
            team.run(
                    cut.count(),
                    (piece, thread) -> kernels.conv1d(
                            x.values(),
                            offset,
                            shape,
                            cut.firstRow(piece) * TILE_ROWS,
                            Math.min(places, cut.endRow(piece) * TILE_ROWS),
                            weights,
                            parameters.bias(layer),
                            outputs(whole, cut, piece),
                            workspaces[thread]));
        }
    }

    /** An affine map of all rows. */
    void linear(ExactArray x, Linear layer, ExactArray out, Epilogue epilogue) {
        PackedWeights weights = parameters.packed(layer);
        ProductOutput whole = ProductOutput.of(weights, out.values(), 0).then(epilogue);
        matmul(x.values(), 0, x.size() / layer.in(), weights, parameters.bias(layer), whole);
    }

    /**
     * The chains of a layer on rows of its depth.
     *
     * @param at where the outputs of the first row go
     */
    void rows(float[] x, int rows, Layer layer, ExactArray out, int at, Epilogue epilogue) {
        PackedWeights weights = parameters.packed(layer);
        matmul(
                x,
                0,
                rows,
                weights,
                parameters.bias(layer),
                ProductOutput.of(weights, out.values(), at).then(epilogue));
    }

    private void matmul(float[] x, int offset, int rows, PackedWeights weights, float[] bias, ProductOutput whole) {
        int depth = weights.depth();
        int tiles = (rows + TILE_ROWS - 1) / TILE_ROWS;
        Cut cut = cut(tiles, weights.outputs(), (double) TILE_ROWS * depth);
        team.run(cut.count(), (piece, thread) -> {
            int first = cut.firstRow(piece) * TILE_ROWS;
            int count = Math.min(rows, cut.endRow(piece) * TILE_ROWS) - first;
            ProductOutput out = outputs(whole, cut, piece).fromRow(first);
            kernels.matmul(x, offset + first * depth, count, weights, bias, out, workspaces[thread]);
        });
    }

    /** The chains of a 1x1 convolution over its first input channels, as many as {@code x} has, from the bias on. */
    void firstChannels(ExactArray x, Conv2d layer, ExactArray out) {
        PackedWeights weights = parameters.packedChannels(layer, 0, x.last());
        ProductOutput whole = ProductOutput.of(weights, out.values(), 0);
        matmul(x.values(), 0, x.size() / x.last(), weights, parameters.bias(layer), whole);
    }

    /**
     * The rest of these chains over the channels of {@code x}, for each place from the chains of the place at half its row and column.
     *
     * @param begun {@code [n, (h + 1) / 2, (w + 1) / 2, out]}
     * @param x {@code [n, h, w, c]}
     */
    void otherChannels(ExactArray begun, ExactArray x, Conv2d layer, ExactArray out) {
        int[] s = x.shape();
        int[] coarse = begun.shape();
        int width = layer.out();
        int line = s[2] * s[3];
        PackedWeights weights = parameters.packedChannels(layer, layer.in() - s[3], layer.in());
        // Rows of all items follow each other.
        Cut cut = Cut.of(s[0] * s[1], 1, team.size(), (double) line * width, PIECE);
        team.run(cut.count(), (piece, thread) -> {
            int first = cut.firstRow(piece);
            int end = cut.endRow(piece);
            for (int row = first; row < end; row++) {
                int from = (row / s[1] * coarse[1] + row % s[1] / 2) * coarse[2];
                for (int column = 0; column < s[2]; column++) {
                    int to = (row * s[2] + column) * width;
                    System.arraycopy(begun.values(), (from + column / 2) * width, out.values(), to, width);
                }
            }
            ProductOutput to = ProductOutput.of(weights, out.values(), first * s[2] * width)
                    .accumulating();
            kernels.matmul(x.values(), first * line, (end - first) * s[2], weights, null, to, workspaces[thread]);
        });
    }
}
