package dev.ardm.exact;

import dev.ardm.exact.Attention.Keys;
import dev.ardm.exact.Attention.Output;
import dev.ardm.exact.Attention.Queries;
import dev.ardm.exact.Norm.Groups;
import dev.ardm.exact.Norm.Images;
import dev.ardm.exact.Norm.Rows;
import dev.ardm.exact.Norm.Scaling;
import dev.ardm.exact.Norm.Statistics;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/**
 * Hashes of what kernels make of fixed inputs. All kernels on all machines give the same ones, which are written down here: a different hash
 * is a fault, or a new arithmetic version with constants of its own.
 */
public final class KernelFingerprint {
    /** {@link #ofOperations} in arithmetic version 1. Never to be changed. */
    public static final String OPERATIONS_1 = "66b3c8ae90879fa436df0a658da8b581d7ad4eb73645cfa15afa0f26daee3a2a";

    /** {@link #ofPieces} in arithmetic version 1. Never to be changed. */
    public static final String PIECES_1 = "d7d078fbda07eb9f3b2eb39035fa0932bc6290de454f26db687d4d292a6d1938";

    /** {@link #ofSequences} in arithmetic version 1. Never to be changed. */
    public static final String SEQUENCES_1 = "7618e70420145e9df48e70ac76c27f2b62c78520ab3b81ad92726c6e2210e882";

    /** {@link #ofElements} in arithmetic version 1. Never to be changed. */
    public static final String ELEMENTS_1 = "da39fd5ea6054ee8b205ed01a6b702511aba58cbaee57beff68dedcf12a337bb";

    /** What is between the outputs; no operation may touch it. */
    private static final float UNTOUCHED = 12345.678f;

    private final Kernels kernels;
    private final Random random = new Random(2022);
    private final Workspace workspace = new Workspace();
    private final MessageDigest digest;

    private KernelFingerprint(Kernels kernels) {
        this.kernels = kernels;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** SHA-256, in hexadecimal, over the results of every operation as a whole. */
    public static String ofOperations(Kernels kernels) {
        KernelFingerprint fingerprint = new KernelFingerprint(kernels);
        fingerprint.operations();
        return fingerprint.text();
    }

    /**
     * SHA-256, in hexadecimal, over the results of operations that are computed in pieces, as threads share them, and with what may follow or
     * precede them.
     */
    public static String ofPieces(Kernels kernels) {
        KernelFingerprint fingerprint = new KernelFingerprint(kernels);
        int[][] products = {{5, 7, 130, 130}, {3, 40, 140, 151}, {1, 129, 64, 70}, {2, 33, 5, 9}};
        for (int[] p : products) {
            fingerprint.product(p[0], p[1], p[2], p[3]);
        }
        int[][] convolutions = {{4, 5, 5, 3, 130, 1}, {5, 6, 9, 3, 67, 2}, {6, 3, 2, 5, 33, 1}, {3, 4, 40, 1, 66, 1}};
        for (int[] c : convolutions) {
            fingerprint.convolution(new ConvShape(c[0], c[1], c[2], c[3], c[5]), c[4]);
        }
        fingerprint.norm(130, 24, 6);
        fingerprint.norm(63, 12, 4);
        fingerprint.attention(37, 11, 3, 10, false);
        fingerprint.attention(5, 70, 4, 16, false);
        return fingerprint.text();
    }

    /**
     * SHA-256, in hexadecimal, over the results of the operations that came later, for networks over sequences: dilated convolutions, the gated
     * activation, attention to the first keys, whole and in pieces.
     */
    public static String ofSequences(Kernels kernels) {
        KernelFingerprint fingerprint = new KernelFingerprint(kernels);
        Conv1dShape[] convolutions = {
            new Conv1dShape(1, 3, 3, 1, false),
            new Conv1dShape(29, 5, 3, 4, false),
            new Conv1dShape(17, 24, 3, 16, false),
            new Conv1dShape(50, 7, 5, 2, false),
            new Conv1dShape(23, 9, 2, 3, true),
            new Conv1dShape(40, 4, 3, 8, true),
        };
        int[] outputs = {6, 20, 67, 130, 33, 8};
        for (int i = 0; i < convolutions.length; i++) {
            fingerprint.convolution(convolutions[i], outputs[i]);
        }
        fingerprint.attention(37, 50, 3, 10, true);
        fingerprint.attention(70, 70, 2, 16, true);
        fingerprint.attention(130, 9, 1, 40, true);
        float[] x = fingerprint.inputs(2 * 61 * 41, 12);
        float[] out = new float[61 * 41];
        fingerprint.kernels.gatedTanh(x, 0, 61, 41, out, 0);
        fingerprint.add(out);
        fingerprint.kernels.gatedTanh(fingerprint.inputs(2 * 2 * 1030, 0.01f), 0, 2, 1030, out, 0);
        fingerprint.add(out);
        fingerprint.kernels.relu(x, 0, x.length, x, 0);
        fingerprint.add(x);
        fingerprint.kernels.scale(x, 0, x.length, 0.70710677f, x, 0);
        fingerprint.add(x);
        return fingerprint.text();
    }

    /**
     * SHA-256, in hexadecimal, over the results of the elementwise operations that came last: products, logarithms and the logistic function,
     * over numbers of all sizes and in lengths that no vector divides.
     */
    public static String ofElements(Kernels kernels) {
        KernelFingerprint fingerprint = new KernelFingerprint(kernels);
        for (float scale : new float[] {1e-30f, 1e-3f, 1f, 30f, 1e30f}) {
            float[] a = fingerprint.inputs(1031, scale);
            float[] b = fingerprint.inputs(1031, 1f);
            float[] out = new float[1031];
            kernels.multiply(a, 0, b, 0, 1031, out, 0);
            fingerprint.add(out);
            kernels.sigmoid(a, 0, 1031, out, 0);
            fingerprint.add(out);
            for (int i = 0; i < a.length; i++) {
                a[i] = Math.abs(a[i]);
            }
            kernels.log(a, 0, 1031, out, 0);
            fingerprint.add(out);
        }
        // Every exponent, subnormal numbers included.
        float[] all = new float[0xFF00];
        for (int i = 0; i < all.length; i++) {
            all[i] = Float.intBitsToFloat((i << 15) + (i & 0x7FFF));
        }
        kernels.log(all, 1, all.length - 1, all, 1);
        fingerprint.add(all);
        return fingerprint.text();
    }

    /** A dilated convolution in pieces of places and outputs, with each epilogue. */
    private void convolution(Conv1dShape shape, int outputs) {
        float[] x = inputs(shape.inputSize(), 1);
        PackedWeights w = kernels.pack(inputs(shape.depth() * outputs, 1), outputs, shape.depth());
        float[] bias = inputs(outputs, 1);
        float[] addend = inputs(shape.length() * outputs, 1);
        int step = outputs + 3;
        for (Epilogue epilogue : epilogues(addend, outputs)) {
            float[] values = untouched(shape.length() * step);
            ProductOutput out = ProductOutput.of(w, values, 0).withStep(step).then(epilogue);
            for (int piece = 2; piece >= 0; piece--) {
                ProductOutput part = out.outputs(bound(piece, outputs), bound(piece + 1, outputs));
                for (int place = 0; place < shape.length(); place += 11) {
                    int end = Math.min(place + 11, shape.length());
                    kernels.conv1d(x, 0, shape, place, end, w, bias, part, workspace);
                }
            }
            add(values);
        }
    }

    private void operations() {
        int[][] products = {{1, 1, 1}, {3, 17, 5}, {19, 9, 33}, {7, 40, 67}, {9, 400, 16}};
        for (int[] p : products) {
            float[] x = inputs(p[0] * p[1], 1);
            PackedWeights w = kernels.pack(inputs(p[1] * p[2], 1), p[2], p[1]);
            float[] out = new float[p[0] * p[2]];
            kernels.matmul(x, 0, p[0], w, inputs(p[2], 1), out, 0, workspace);
            add(out);
        }
        int[][] convolutions = {
            {2, 5, 7, 3, 3, 9, 1},
            {1, 9, 9, 2, 3, 33, 2},
            {2, 4, 4, 20, 3, 40, 1},
            {1, 6, 6, 8, 1, 8, 1},
            {1, 7, 3, 5, 5, 4, 2},
            {1, 1, 1, 6, 3, 6, 1},
            {1, 4, 19, 1, 3, 17, 1},
        };
        for (int[] c : convolutions) {
            int depth = c[4] * c[4] * c[3];
            float[] x = inputs(c[0] * c[1] * c[2] * c[3], 1);
            PackedWeights w = kernels.pack(inputs(depth * c[5], 1), c[5], depth);
            int pixels = Kernels.convOutput(c[1], c[4], c[6]) * Kernels.convOutput(c[2], c[4], c[6]);
            float[] out = new float[c[0] * pixels * c[5]];
            kernels.conv2d(x, 0, c[0], c[1], c[2], c[3], w, inputs(c[5], 1), c[4], c[6], out, 0, workspace);
            add(out);
        }
        int[][] norms = {{1, 1, 4, 2}, {2, 130, 6, 3}, {1, 49, 48, 8}, {1, 70, 81, 1}};
        for (int[] s : norms) {
            float[] x = inputs(s[0] * s[1] * s[2], 4);
            float[] out = new float[x.length];
            float[] gamma = inputs(s[2], 2);
            float[] beta = inputs(s[2], 1);
            kernels.groupNorm(
                    new Images(x, 0, s[0], s[1], s[2], s[3]),
                    new Scaling(gamma, beta, 1e-5f),
                    false,
                    out,
                    0,
                    workspace);
            add(out);
            kernels.groupNorm(
                    new Images(x, 0, s[0], s[1], s[2], s[3]), new Scaling(gamma, beta, 1e-5f), true, out, 0, workspace);
            add(out);
            kernels.layerNorm(new Rows(x, 0, s[0] * s[1], s[2]), new Scaling(gamma, beta, 1e-6f), out, 0, workspace);
            add(out);
            kernels.softmaxRows(x, 0, s[0] * s[1], s[2], out, 0);
            add(out);
        }
        float[] q = inputs(2 * 21 * 3 * 10, 2);
        float[] attended = new float[q.length];
        kernels.attention(q, new Keys(inputs(q.length, 2), inputs(q.length, 1), 0, 21, 3, 10), 2, attended, workspace);
        add(attended);
        float[] x = inputs(5003, 100);
        float[] out = new float[x.length];
        kernels.exp(x, 0, x.length, out, 0);
        add(out);
        kernels.silu(x, 0, x.length, out, 0);
        add(out);
        kernels.gelu(x, 0, x.length, out, 0);
        add(out);
        kernels.add(x, 0, out, 0, x.length, out, 0);
        add(out);
    }

    /**
     * A product whose outputs are computed in three pieces and whose rows in two, with each epilogue, and one that continues where another
     * ended.
     *
     * @param step floats between rows
     */
    private void product(int rows, int depth, int outputs, int step) {
        float[] x = inputs(rows * depth, 1);
        float[] more = inputs(rows * depth, 1);
        PackedWeights w = kernels.pack(inputs(depth * outputs, 1), outputs, depth);
        PackedWeights second = kernels.pack(inputs(depth * outputs, 1), outputs, depth);
        float[] bias = inputs(outputs, 1);
        float[] addend = inputs(rows * outputs, 1);
        for (Epilogue epilogue : epilogues(addend, outputs)) {
            float[] values = untouched(rows * step);
            ProductOutput out = ProductOutput.of(w, values, 0).withStep(step);
            int cut = rows / 2;
            for (int piece = 2; piece >= 0; piece--) {
                ProductOutput part = out.outputs(bound(piece, outputs), bound(piece + 1, outputs));
                kernels.matmul(x, 0, cut, w, bias, part, workspace);
                kernels.matmul(x, cut * depth, rows - cut, w, bias, part.fromRow(cut), workspace);
            }
            kernels.matmul(more, 0, rows, second, null, out.accumulating().then(epilogue), workspace);
            add(values);
            Arrays.fill(values, UNTOUCHED);
            for (int piece = 0; piece < 3; piece++) {
                ProductOutput part = out.outputs(bound(piece, outputs), bound(piece + 1, outputs))
                        .then(epilogue);
                kernels.matmul(x, cut * depth, rows - cut, w, null, part.fromRow(cut), workspace);
                kernels.matmul(x, 0, cut, w, null, part, workspace);
            }
            add(values);
        }
    }

    /** A convolution in pieces of rows and outputs, with each epilogue. */
    private void convolution(ConvShape shape, int outputs) {
        float[] x = inputs(shape.inputSize(), 1);
        PackedWeights w = kernels.pack(inputs(shape.depth() * outputs, 1), outputs, shape.depth());
        float[] bias = inputs(outputs, 1);
        float[] addend = inputs(shape.pixels() * outputs, 1);
        int step = outputs + 3;
        for (Epilogue epilogue : epilogues(addend, outputs)) {
            float[] values = untouched(shape.pixels() * step);
            ProductOutput out = ProductOutput.of(w, values, 0).withStep(step).then(epilogue);
            for (int piece = 2; piece >= 0; piece--) {
                ProductOutput part = out.outputs(bound(piece, outputs), bound(piece + 1, outputs));
                for (int row = 0; row < shape.outH(); row += 2) {
                    int end = Math.min(row + 2, shape.outH());
                    kernels.conv2d(x, 0, shape, row, end, w, bias, part, workspace);
                }
            }
            add(values);
        }
    }

    private static Epilogue[] epilogues(float[] addend, int outputs) {
        return new Epilogue[] {
            Epilogue.NONE, Epilogue.SILU, Epilogue.GELU, Epilogue.add(addend, 0, outputs), Epilogue.add(addend, 0, 0)
        };
    }

    /** Where one of three pieces of the outputs begins, or the last one ends. */
    private int bound(int piece, int outputs) {
        int grain = kernels.outputGrain();
        return piece == 3 ? outputs : outputs * piece / 3 / grain * grain;
    }

    /** Group normalisation: some groups, then the others, then the rows in two pieces, without and with SiLU. */
    private void norm(int spatial, int channels, int groups) {
        float[] x = inputs(spatial * channels, 4);
        float[] gamma = inputs(channels, 2);
        float[] beta = inputs(channels, 1);
        float[] mean = untouched(channels);
        float[] scale = untouched(channels);
        int cut = groups / 3;
        kernels.groupStatistics(
                new Rows(x, 0, spatial, channels),
                new Groups(groups, cut, groups),
                gamma,
                1e-5f,
                new Statistics(mean, scale),
                workspace);
        add(mean);
        add(scale);
        kernels.groupStatistics(
                new Rows(x, 0, spatial, channels),
                new Groups(groups, 0, cut),
                gamma,
                1e-5f,
                new Statistics(mean, scale),
                workspace);
        add(mean);
        add(scale);
        int rows = spatial / 3;
        int at = rows * channels;
        for (boolean silu : new boolean[] {false, true}) {
            float[] out = untouched(x.length);
            kernels.normalise(
                    new Rows(x, at, spatial - rows, channels), new Statistics(mean, scale), beta, silu, out, at);
            kernels.normalise(new Rows(x, 0, rows, channels), new Statistics(mean, scale), beta, silu, out, 0);
            add(out);
        }
    }

    /** Attention of some queries at a time, for some heads at a time, to all tokens or of each query to some of the first. */
    private void attention(int tokens, int queries, int heads, int headWidth, boolean toFirst) {
        int row = heads * headWidth;
        float[] q = inputs(queries * row, 2);
        float[] k = inputs(tokens * row, 2);
        float[] v = inputs(tokens * row, 1);
        VisibleKeys visible = toFirst ? VisibleKeys.first(counts(tokens, queries), 0) : VisibleKeys.ALL;
        float[] out = untouched(queries * row);
        int cut = queries / 3;
        int[][] pieces = toFirst
                ? new int[][] {{cut, queries, 1, heads}, {0, cut, 0, heads}, {cut, queries, 0, 1}}
                : new int[][] {{cut, queries, 1, heads}, {0, cut, 0, 1}, {0, cut, 1, heads}, {cut, queries, 0, 1}};
        for (int[] p : pieces) {
            int at = p[0] * row;
            kernels.attention(
                    new Queries(q, at, p[1] - p[0], visible.from(p[0])),
                    new Keys(k, v, 0, tokens, heads, headWidth),
                    new Output(out, at, p[2], p[3]),
                    workspace);
            add(out);
        }
    }

    private int[] counts(int tokens, int queries) {
        int[] counts = new int[queries];
        for (int i = 0; i < queries; i++) {
            counts[i] = queries == tokens ? i + 1 : 1 + random.nextInt(tokens);
        }
        return counts;
    }

    private static float[] untouched(int length) {
        float[] values = new float[length];
        Arrays.fill(values, UNTOUCHED);
        return values;
    }

    /** Numbers between minus and plus {@code scale}, from integers: Java fixes every step. */
    private float[] inputs(int length, float scale) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextInt() * 0x1p-31f * scale;
        }
        return values;
    }

    private void add(float[] values) {
        byte[] bytes = new byte[4 * values.length];
        for (int i = 0; i < values.length; i++) {
            int bits = Float.floatToRawIntBits(values[i]);
            for (int b = 0; b < 4; b++) {
                bytes[4 * i + b] = (byte) (bits >>> 8 * b);
            }
        }
        digest.update(bytes);
    }

    private String text() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
