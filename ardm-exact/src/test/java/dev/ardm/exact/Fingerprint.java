package dev.ardm.exact;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/** Prints the name of the kernels in use and a hash of what they make of fixed inputs. */
final class Fingerprint {
    static final String LABEL = "bits: ";

    private final Kernels kernels;
    private final Random random = new Random(2022);
    private final Workspace workspace = new Workspace();
    private final MessageDigest digest;

    private Fingerprint(Kernels kernels) {
        this.kernels = kernels;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    public static void main(String[] args) {
        Kernels kernels = Kernels.best();
        System.out.println(LABEL + kernels.name() + " " + of(kernels));
    }

    static String of(Kernels kernels) {
        return new Fingerprint(kernels).run();
    }

    private String run() {
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
            kernels.groupNorm(x, 0, s[0], s[1], s[2], s[3], gamma, beta, 1e-5f, false, out, 0, workspace);
            add(out);
            kernels.groupNorm(x, 0, s[0], s[1], s[2], s[3], gamma, beta, 1e-5f, true, out, 0, workspace);
            add(out);
            kernels.layerNorm(x, 0, s[0] * s[1], s[2], gamma, beta, 1e-6f, out, 0, workspace);
            add(out);
            kernels.softmaxRows(x, 0, s[0] * s[1], s[2], out, 0);
            add(out);
        }
        float[] q = inputs(2 * 21 * 3 * 10, 2);
        float[] attended = new float[q.length];
        kernels.attention(q, inputs(q.length, 2), inputs(q.length, 1), 2, 21, 3, 10, attended, workspace);
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
        return HexFormat.of().formatHex(digest.digest());
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
        for (float value : values) {
            int bits = Float.floatToRawIntBits(value);
            for (int shift = 0; shift < 32; shift += 8) {
                digest.update((byte) (bits >>> shift));
            }
        }
    }
}
