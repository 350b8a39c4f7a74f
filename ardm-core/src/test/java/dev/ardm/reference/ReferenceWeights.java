package dev.ardm.reference;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads coded weights (arithmetic.md, Coded weights). */
final class ReferenceWeights {
    private static final int BLOCK = 1 << 20;

    /** The p and n of each class. */
    private final Map<List<Integer>, int[]> classes = new HashMap<>();

    private ReferenceCoder stack = new ReferenceCoder(1);
    private int exponent;
    private long mean;

    private ReferenceWeights() {}

    /** Reads the tensors of some shapes. */
    static Map<String, float[]> read(byte[] bytes, Map<String, int[]> shapes) throws IOException {
        ReferenceWeights weights = new ReferenceWeights();
        ReferenceInput in = new ReferenceInput(bytes, 0, bytes.length);
        Map<String, float[]> tensors = new LinkedHashMap<>();
        long inBlock = BLOCK;
        for (Map.Entry<String, int[]> shape : shapes.entrySet()) {
            if (inBlock >= BLOCK) {
                weights.open(in);
                inBlock = 0;
            }
            float[] values = weights.tensor(shape.getValue());
            tensors.put(shape.getKey(), values);
            inBlock += values.length;
        }
        if (!weights.stack.isAt(1) || in.remaining() > 0) {
            throw new IOException("the coded weights are damaged");
        }
        return tensors;
    }

    private void open(ReferenceInput in) throws IOException {
        if (!stack.isAt(1)) {
            throw new IOException("a block of coded weights is damaged");
        }
        byte[] block = new byte[(int) in.unsigned(4)];
        for (int i = 0; i < block.length; i++) {
            block[i] = (byte) in.unsigned(1);
        }
        stack = ReferenceCoder.of(block);
    }

    private boolean decide(int probability) {
        return stack.pop(ReferenceDistribution.ofFrequencies(16, probability, 65_536 - probability)) == 0;
    }

    private boolean even() {
        return decide(32_768);
    }

    private boolean decide(int least, Integer... name) {
        int[] state = classes.computeIfAbsent(List.of(name), none -> new int[] {1 << 21, 0});
        boolean happens = decide(Math.max(least, Math.min(65_536 - least, state[0] >> 6)));
        int target = happens ? (1 << 22) - 1 : 0;
        state[0] += 2 * (target - state[0]) / (2 * state[1] + 3);
        state[1] = Math.min(250, state[1] + 1);
        return happens;
    }

    private int number(int kind) {
        int length = 0;
        while (decide(1, kind, length)) {
            length++;
        }
        int number = Math.min(length, 1);
        for (int k = 1; k < length; k++) {
            boolean one = k == 1 ? decide(1, kind, 32 + length) : even();
            number = 2 * number + (one ? 1 : 0);
        }
        return number;
    }

    private float[] tensor(int[] shape) {
        int count = 1;
        for (int extent : shape) {
            count *= extent;
        }
        int width = shape.length == 1 ? count : count / shape[0];
        return decide(1, (int) 'A') ? multiples(count, width) : floats(count);
    }

    private float[] multiples(int count, int width) {
        int f = number('B');
        int d = number('C');
        exponent += d % 2 == 0 ? d / 2 : -(d + 1) / 2;
        double step = (2.0 * f + 1) * Math.pow(2, exponent);
        float[] values = new float[count];
        Map<Integer, Long> columns = new HashMap<>();
        long recent = mean;
        long sum = mean;
        for (int i = 0; i < count; i++) {
            long above = columns.getOrDefault(i % width, recent);
            int q = multiple((int) (sum / (i + 1) + recent + 2 * above >> 2));
            values[i] = (float) (q * step);
            long v = 256L * Math.abs(q);
            recent += v - recent >> 4;
            columns.put(i % width, above + (v - above >> 3));
            sum += v;
        }
        mean = sum / (count + 1);
        return values;
    }

    private int multiple(int x) {
        int y = x + 2;
        int l = 31 - Integer.numberOfLeadingZeros(y);
        int g = 2 * (l - 1) + (y >> l - 1 & 1);
        if (!decide(4096, (int) 'D', g)) {
            return 0;
        }
        boolean negative = even();
        int length = 0;
        while (decide(1, (int) 'E', g, length)) {
            length++;
        }
        int q = 1;
        int node = 1;
        for (int k = 0; k < length; k++) {
            boolean one = k < 3 ? decide(1, (int) 'F', g, length, node) : even();
            node = 2 * node + (one ? 1 : 0);
            q = 2 * q + (one ? 1 : 0);
        }
        return negative ? -q : q;
    }

    private float[] floats(int count) {
        int size = number('G');
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            int field = even() ? 1 : 0;
            int before = 1;
            for (int k = 0; k < 8; k++) {
                before = 2 * before + (decide(1, (int) 'H', before) ? 1 : 0);
            }
            field = field << 8 | before - 256;
            for (int k = 0; k < size; k++) {
                field = 2 * field + (even() ? 1 : 0);
            }
            values[i] = Float.intBitsToFloat(field << 23 - size);
        }
        return values;
    }
}
