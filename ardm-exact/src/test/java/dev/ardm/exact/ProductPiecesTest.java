package dev.ardm.exact;

import static dev.ardm.exact.Numbers.ALL;
import static dev.ardm.exact.Numbers.SCALAR;
import static dev.ardm.exact.Numbers.assertSameBits;
import static dev.ardm.exact.Numbers.random;
import static dev.ardm.exact.Numbers.rounds;
import static dev.ardm.exact.Numbers.untouched;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Products and convolutions in pieces of rows and outputs, in any order, with rows apart, with an epilogue, and with chains that continue, against
 * the reference's whole operation and what the definitions say follows it.
 */
class ProductPiecesTest {
    private final Random random = new Random(11);
    private final Workspace workspace = new Workspace();

    void all() {
        productsInPieces();
        convolutionsInPieces();
        chainsGoOnOverMoreInputs();
        convolutionsGoOnFromWhatIsThere();
    }

    /** Some rows and some outputs of a product. */
    private record Piece(int firstRow, int endRow, int first, int end) {}

    private int upTo(int max) {
        return 1 + random.nextInt(max);
    }

    /** A random cut of [0, size) at multiples of a grain, now and then with empty ranges. */
    private List<int[]> ranges(int size, int grain) {
        List<int[]> ranges = new ArrayList<>();
        int from = 0;
        while (from < size) {
            int end = (int) Math.min(size, from + (long) grain * random.nextInt(1 + Math.max(2, size / grain)));
            ranges.add(new int[] {from, end});
            from = end;
        }
        return ranges;
    }

    /** Rectangles that cover rows and outputs, in random order. Each strip of rows is cut in its own way. */
    private List<Piece> pieces(int rows, int outputs, int grain) {
        List<Piece> pieces = new ArrayList<>();
        for (int[] strip : ranges(rows, 1)) {
            for (int[] columns : ranges(outputs, grain)) {
                pieces.add(new Piece(strip[0], strip[1], columns[0], columns[1]));
            }
        }
        Collections.shuffle(pieces, random);
        return pieces;
    }

    /** An epilogue, and what it makes of complete results. */
    private Epilogue epilogue(int rows, int outputs, int step) {
        int kind = random.nextInt(6);
        if (kind < 3) {
            int[] steps = {0, outputs, step};
            int offset = random.nextInt(5);
            float[] addend = random(random, offset + Math.max(0, rows - 1) * steps[kind] + outputs, 1);
            return Epilogue.add(addend, offset, steps[kind]);
        }
        return kind == 3 ? Epilogue.SILU : kind == 4 ? Epilogue.GELU : Epilogue.NONE;
    }

    private static float finished(Epilogue epilogue, float value, int row, int output) {
        return switch (epilogue.kind()) {
            case NONE -> value;
            case SILU -> ScalarMath.silu(value);
            case GELU -> ScalarMath.gelu(value);
            case ADD -> epilogue.addend()[epilogue.addendOffset() + row * epilogue.addendStep() + output] + value;
        };
    }

    /** Rows of the whole operation, finished and laid out with gaps between them that nobody may touch. */
    private static float[] laidOut(float[] whole, int rows, int outputs, int offset, int step, Epilogue epilogue) {
        float[] out = untouched(offset + rows * step + 3);
        for (int r = 0; r < rows; r++) {
            for (int o = 0; o < outputs; o++) {
                out[offset + r * step + o] = finished(epilogue, whole[r * outputs + o], r, o);
            }
        }
        return out;
    }

    private float @Nullable [] bias(int outputs) {
        return random.nextBoolean() ? random(random, outputs + random.nextInt(3), 1) : null;
    }

    @Test
    void productsInPieces() {
        for (int round = 0; round < rounds(150); round++) {
            int rows = round % 10 == 0 ? upTo(300) : upTo(30);
            int depth = upTo(round % 4 == 0 ? 500 : 40);
            int outputs = upTo(round % 3 == 0 ? 20 : 150);
            int step = outputs + (random.nextBoolean() ? 0 : random.nextInt(20));
            int xOffset = random.nextInt(5);
            int offset = random.nextInt(5);
            float[] x = random(random, xOffset + rows * depth, 1);
            float[] w = random(random, outputs * depth, 0.3);
            float[] bias = bias(outputs);
            Epilogue epilogue = epilogue(rows, outputs, step);
            float[] whole = new float[rows * outputs];
            SCALAR.matmul(x, xOffset, rows, SCALAR.pack(w, outputs, depth), bias, whole, 0, workspace);
            float[] expected = laidOut(whole, rows, outputs, offset, step, epilogue);
            for (Kernels kernels : ALL) {
                PackedWeights packed = kernels.pack(w, outputs, depth);
                float[] actual = untouched(expected.length);
                ProductOutput out =
                        ProductOutput.of(packed, actual, offset).withStep(step).then(epilogue);
                for (Piece p : pieces(rows, outputs, kernels.outputGrain())) {
                    ProductOutput to = out.outputs(p.first, p.end).fromRow(p.firstRow);
                    int from = xOffset + p.firstRow * depth;
                    kernels.matmul(x, from, p.endRow - p.firstRow, packed, bias, to, workspace);
                }
                assertSameBits(
                        actual,
                        expected,
                        kernels.name() + " matmul " + rows + "x" + depth + "x" + outputs + ", step " + step + ", "
                                + epilogue.kind());
            }
        }
    }

    @Test
    void convolutionsInPieces() {
        int[] kernelSizes = {1, 3, 3, 3, 5, 2, 4};
        for (int round = 0; round < rounds(150); round++) {
            int kernel = kernelSizes[random.nextInt(kernelSizes.length)];
            int h = upTo(12);
            int w = round % 5 == 0 ? upTo(50) : upTo(9);
            ConvShape shape = new ConvShape(h, w, upTo(9), kernel, upTo(3));
            int outputs = upTo(round % 2 == 0 ? 12 : 80);
            int step = outputs + (random.nextBoolean() ? 0 : random.nextInt(20));
            int xOffset = random.nextInt(5);
            int offset = random.nextInt(5);
            float[] x = random(random, xOffset + shape.inputSize(), 1);
            float[] weights = random(random, outputs * shape.depth(), 0.3);
            float[] bias = bias(outputs);
            int pixels = shape.pixels();
            Epilogue epilogue = epilogue(pixels, outputs, step);
            float[] whole = new float[pixels * outputs];
            PackedWeights reference = SCALAR.pack(weights, outputs, shape.depth());
            SCALAR.conv2d(
                    x, xOffset, 1, h, w, shape.cin(), reference, bias, kernel, shape.stride(), whole, 0, workspace);
            float[] expected = laidOut(whole, pixels, outputs, offset, step, epilogue);
            for (Kernels kernels : ALL) {
                PackedWeights packed = kernels.pack(weights, outputs, shape.depth());
                float[] actual = untouched(expected.length);
                ProductOutput out =
                        ProductOutput.of(packed, actual, offset).withStep(step).then(epilogue);
                for (Piece p : pieces(shape.outH(), outputs, kernels.outputGrain())) {
                    ProductOutput to = out.outputs(p.first, p.end);
                    kernels.conv2d(x, xOffset, shape, p.firstRow, p.endRow, packed, bias, to, workspace);
                }
                assertSameBits(
                        actual,
                        expected,
                        kernels.name() + " " + shape + " to " + outputs + ", step " + step + ", " + epilogue.kind());
            }
        }
    }

    /** A chain over the first inputs, and then over the others, is the chain over all of them. */
    @Test
    void chainsGoOnOverMoreInputs() {
        for (int round = 0; round < rounds(100); round++) {
            int rows = upTo(30);
            int depthA = upTo(round % 3 == 0 ? 300 : 30);
            int depthB = upTo(round % 4 == 0 ? 300 : 30);
            int depth = depthA + depthB;
            int outputs = upTo(100);
            int step = outputs + random.nextInt(4);
            float[] x = random(random, rows * depth, 1);
            float[] w = random(random, outputs * depth, 0.3);
            float[] bias = bias(outputs);
            Epilogue epilogue = epilogue(rows, outputs, step);
            float[] whole = new float[rows * outputs];
            SCALAR.matmul(x, 0, rows, SCALAR.pack(w, outputs, depth), bias, whole, 0, workspace);
            float[] expected = laidOut(whole, rows, outputs, 0, step, epilogue);
            float[] xA = columns(x, rows, depth, 0, depthA);
            float[] xB = columns(x, rows, depth, depthA, depth);
            for (Kernels kernels : ALL) {
                PackedWeights a = kernels.pack(columns(w, outputs, depth, 0, depthA), outputs, depthA);
                PackedWeights b = kernels.pack(columns(w, outputs, depth, depthA, depth), outputs, depthB);
                float[] actual = untouched(expected.length);
                ProductOutput out = ProductOutput.of(a, actual, 0).withStep(step);
                kernels.matmul(xA, 0, rows, a, bias, out, workspace);
                ProductOutput more = out.accumulating().then(epilogue);
                // What continues has a beginning already: the bias does not count.
                float[] ignored = random.nextBoolean() ? random(random, outputs, 1) : null;
                for (Piece p : pieces(rows, outputs, kernels.outputGrain())) {
                    ProductOutput to = more.outputs(p.first, p.end).fromRow(p.firstRow);
                    kernels.matmul(xB, p.firstRow * depthB, p.endRow - p.firstRow, b, ignored, to, workspace);
                }
                assertSameBits(actual, expected, kernels.name() + " " + depthA + " and " + depthB + " inputs");
            }
        }
    }

    private static float[] columns(float[] matrix, int rows, int width, int first, int end) {
        float[] some = new float[rows * (end - first)];
        for (int r = 0; r < rows; r++) {
            System.arraycopy(matrix, r * width + first, some, r * (end - first), end - first);
        }
        return some;
    }

    @Test
    void convolutionsGoOnFromWhatIsThere() {
        for (int round = 0; round < rounds(100); round++) {
            ConvShape shape = new ConvShape(upTo(8), upTo(8), upTo(6), upTo(5), upTo(2));
            int outputs = upTo(70);
            int step = outputs + random.nextInt(4);
            float[] x = random(random, shape.inputSize(), 1);
            float[] w = random(random, outputs * shape.depth(), 0.3);
            float[] there = random(random, shape.pixels() * step + 3, 1);
            float[] expected = there.clone();
            for (int pixel = 0; pixel < shape.pixels(); pixel++) {
                // The beginning of the chains, as the bias of a convolution of which one place counts.
                float[] bias = Arrays.copyOfRange(there, pixel * step, pixel * step + outputs);
                float[] one = new float[shape.pixels() * outputs];
                int row = pixel / shape.outW();
                PackedWeights packed = SCALAR.pack(w, outputs, shape.depth());
                SCALAR.conv2d(x, 0, shape, row, row + 1, packed, bias, ProductOutput.of(packed, one, 0), workspace);
                System.arraycopy(one, pixel * outputs, expected, pixel * step, outputs);
            }
            for (Kernels kernels : ALL) {
                PackedWeights packed = kernels.pack(w, outputs, shape.depth());
                float[] actual = there.clone();
                ProductOutput out =
                        ProductOutput.of(packed, actual, 0).withStep(step).accumulating();
                for (Piece p : pieces(shape.outH(), outputs, kernels.outputGrain())) {
                    ProductOutput to = out.outputs(p.first, p.end);
                    kernels.conv2d(x, 0, shape, p.firstRow, p.endRow, packed, null, to, workspace);
                }
                assertSameBits(actual, expected, kernels.name() + " " + shape + " to " + outputs);
            }
        }
    }
}
