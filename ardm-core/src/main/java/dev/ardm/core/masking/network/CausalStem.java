package dev.ardm.core.masking.network;

import dev.ardm.core.Space;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.network.CausalConfig;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layer.CausalConv2d;
import dev.ardm.core.network.Layer.Embedding;
import dev.ardm.core.network.Layer.Init;
import dev.ardm.core.network.Layer.Linear;
import dev.ardm.core.network.Ops;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values before each place of an image, by a causal convolution that does not see the place itself, and where the place is, as powers
 * of its coordinates. Ordered values are numbers, which may have flags of the least and the largest values next to them; others are as
 * many flags as there are categories.
 */
final class CausalStem implements Stem {
    /** Part of the range that counts as the largest value: white is not always the last of them. */
    private static final int LARGEST_PART = 64;

    /** Column, row, their squares and their product. */
    private static final int POSITION = 5;

    private final CausalConfig config;
    private final int height;
    private final int width;
    private final int variables;
    private final int planes;
    /** The numbers of each value. */
    private final float[] numbers;

    private final float[] positions;
    private final CausalConv2d valueIn;
    private final Linear positionIn;
    private final ValueIds ids;
    private final @Nullable Embedding embedding;
    private final @Nullable CausalConv2d embeddedIn;

    /** @param process of images of one number of categories, whose units are all variables of a place */
    CausalStem(Process process, CausalConfig config) {
        Space space = process.space();
        this.config = config;
        ids = new ValueIds(space);
        height = space.extent(0);
        width = space.extent(1);
        variables = space.extent(2);
        numbers = numbers(space, config.extremes());
        planes = numbers.length / space.maxCategories();
        positions = positions(height, width);
        valueIn = new CausalConv2d("in.value", variables * planes, config.width(), config.first(), Init.FAN_IN);
        positionIn = new Linear("in.position", POSITION, config.width(), Init.FAN_IN);
        int each = config.embedding();
        embedding = each == 0 ? null : new Embedding("in.embedding", ids.rows(), each);
        embeddedIn = each == 0
                ? null
                : new CausalConv2d("in.embedded", variables * each, config.width(), config.embedded(), Init.FAN_IN);
    }

    private static float[] numbers(Space space, boolean extremes) {
        int k = space.maxCategories();
        boolean ordered = space.scale() == Space.Scale.ORDERED;
        int planes = !ordered ? k : extremes ? 3 : 1;
        float[] numbers = new float[k * planes];
        for (int value = 0; value < k; value++) {
            if (!ordered) {
                numbers[value * planes + value] = 1;
                continue;
            }
            // From 0, so that what lies beyond the image is as what is empty.
            numbers[value * planes] = value / (k - 1f);
            if (extremes) {
                numbers[value * planes + 1] = value == 0 ? 1 : 0;
                numbers[value * planes + 2] = value >= k - Math.max(1, k / LARGEST_PART) ? 1 : 0;
            }
        }
        return numbers;
    }

    private static float[] positions(int height, int width) {
        float[] positions = new float[height * width * POSITION];
        for (int place = 0; place < height * width; place++) {
            float x = NetworkInput.coordinate(place % width, width);
            float y = NetworkInput.coordinate(place / width, height);
            int at = place * POSITION;
            positions[at] = x;
            positions[at + 1] = y;
            positions[at + 2] = x * x;
            positions[at + 3] = y * y;
            positions[at + 4] = x * y;
        }
        return positions;
    }

    @Override
    public List<Layer> layers() {
        List<Layer> layers = new ArrayList<>(List.of(valueIn, positionIn));
        if (embedding != null && embeddedIn != null) {
            layers.add(embedding);
            layers.add(embeddedIn);
        }
        return layers;
    }

    @Override
    public List<Embedding> valueTables() {
        return embedding == null ? List.of() : List.of(embedding);
    }

    @Override
    public int variables() {
        return variables;
    }

    @Override
    public boolean stepwise() {
        return true;
    }

    @Override
    public int slope() {
        return config.slope();
    }

    private void putNumbers(float[] out, int at, int value) {
        System.arraycopy(numbers, value * planes, out, at, planes);
    }

    @Override
    public <T> Features<T> features(Ops<T> ops, NetworkInput input, int[] places) {
        int n = input.batch();
        int size = height * width;
        float[] seen = new float[n * size * variables * planes];
        for (int i = 0; i < n * size * variables; i++) {
            int value = input.least(i);
            if (value >= 0) {
                putNumbers(seen, i * planes, value);
            }
        }
        float[] at = new float[n * positions.length];
        for (int item = 0; item < n; item++) {
            System.arraycopy(positions, 0, at, item * positions.length, positions.length);
        }
        T x = ops.causalConv2d(ops.input(seen, n, height, width, variables * planes), valueIn);
        if (embedding != null && embeddedIn != null) {
            T embedded = ops.embedding(input.absorbedIds(), embedding, n, height, width, variables);
            x = ops.causalConv2dAdd(embedded, embeddedIn, x);
        }
        x = ops.linearAdd(ops.input(at, n, height, width, POSITION), positionIn, x);
        return new Features<>(x, null, places, null);
    }

    @Override
    public <T> Features<T> features(Ops<T> ops, StepInput step) {
        int width1 = variables * planes;
        float[] seen = new float[step.revealed() * width1];
        int[] shown = new int[step.revealed() * variables];
        float[] at = new float[step.rows() * POSITION];
        int revealed = 0;
        int row = 0;
        for (StepInput.Item item : step.items()) {
            for (int place : item.revealed()) {
                for (int variable = 0; variable < variables; variable++) {
                    int value = item.values()[place * variables + variable];
                    putNumbers(seen, revealed + variable * planes, value);
                    shown[revealed / planes + variable] = ids.of(variable, value);
                }
                revealed += width1;
            }
            for (int place : item.places()) {
                System.arraycopy(positions, place * POSITION, at, row++ * POSITION, POSITION);
            }
        }
        T x = ops.causalConv2d(ops.input(seen, 1, 1, step.revealed(), width1), valueIn);
        if (embedding != null && embeddedIn != null) {
            T embedded = ops.embedding(shown, embedding, 1, 1, step.revealed(), variables);
            x = ops.causalConv2dAdd(embedded, embeddedIn, x);
        }
        x = ops.linearAdd(ops.input(at, 1, 1, row, POSITION), positionIn, x);
        return new Features<>(x, null, step.wanted(), null);
    }
}
