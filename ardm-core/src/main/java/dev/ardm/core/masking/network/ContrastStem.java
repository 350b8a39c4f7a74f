package dev.ardm.core.masking.network;

import dev.ardm.core.Space;
import dev.ardm.core.masking.output.LogisticMixture.Centre;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.network.CausalConfig;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layer.CausalConv2d;
import dev.ardm.core.network.Layer.Init;
import dev.ardm.core.network.Layer.Linear;
import dev.ardm.core.network.Ops;
import java.util.List;

/**
 * The values before each place of a photograph, as differences in units of the {@link LocalContrast}: a causal convolution whose weights
 * add up to zero, divided by the contrast, and the contrast's numbers. Mixtures start at its predictions, in its units. So a network
 * learns at once for all brightnesses and contrasts.
 */
final class ContrastStem implements Stem {
    private final int variables;
    private final int categories;
    private final int middle;
    private final int height;
    private final int width;
    private final CausalConfig config;
    private final LocalContrast local;
    private final CausalConv2d valueIn;
    private final Linear numbersIn;

    /** @param process of images of one number of ordered categories, whose units are all variables of a place */
    ContrastStem(Process process, CausalConfig config) {
        Space space = process.space();
        this.config = config;
        height = space.extent(0);
        width = space.extent(1);
        variables = space.extent(2);
        categories = space.maxCategories();
        middle = categories / 2;
        local = new LocalContrast(height, width, variables, categories);
        valueIn = new CausalConv2d("in.value", variables, config.width(), config.first(), true, Init.FAN_IN);
        numbersIn = new Linear("in.numbers", local.features(), config.width(), Init.FAN_IN);
    }

    @Override
    public List<Layer> layers() {
        return List.of(valueIn, numbersIn);
    }

    @Override
    public int variables() {
        return variables;
    }

    @Override
    public boolean contrasts() {
        return true;
    }

    @Override
    public boolean stepwise() {
        return true;
    }

    @Override
    public int slope() {
        return config.slope();
    }

    /** Numbers of places, one after the other. */
    private final class Numbers {
        private final float[] contrasts;
        private final float[] inverse;
        private final int[] predictions;
        private final float[] features;
        private int row;

        Numbers(int rows) {
            contrasts = new float[rows];
            inverse = new float[rows];
            predictions = new int[rows * variables];
            features = new float[rows * local.features()];
        }

        void add(int[] values, int place) {
            float contrast = local.contrast(values, place);
            contrasts[row] = contrast;
            inverse[row] = 1 / contrast;
            for (int variable = 0; variable < variables; variable++) {
                predictions[row * variables + variable] = local.prediction(values, place, variable);
            }
            local.features(values, place, contrast, features, row * local.features());
            row++;
        }
    }

    private <T> T features(Ops<T> ops, T seen, Numbers numbers, int... shape) {
        T x = ops.scalePerPlace(ops.causalConv2d(seen, valueIn), ops.input(numbers.inverse, last(shape, 1)));
        return ops.linearAdd(ops.input(numbers.features, last(shape, local.features())), numbersIn, x);
    }

    private static int[] last(int[] shape, int extent) {
        return new int[] {shape[0], shape[1], shape[2], extent};
    }

    /** Where mixtures start at the wanted places, which are rows of the numbers. */
    private final class Start implements Centre {
        private final Numbers numbers;
        private final int[] wanted;

        Start(Numbers numbers, int[] wanted) {
            this.numbers = numbers;
            this.wanted = wanted;
        }

        @Override
        public float at(int site, int variable) {
            return NetworkInput.scaled(numbers.predictions[wanted[site] * variables + variable], categories);
        }

        @Override
        public float unit(int site) {
            return 2 * numbers.contrasts[wanted[site]] / (categories - 1);
        }
    }

    @Override
    public <T> Features<T> features(Ops<T> ops, NetworkInput input, int[] places) {
        int n = input.batch();
        int size = height * width;
        int each = size * variables;
        float[] seen = new float[n * each];
        int[] values = new int[each];
        Numbers numbers = new Numbers(n * size);
        for (int item = 0; item < n; item++) {
            for (int i = 0; i < each; i++) {
                int value = input.least(item * each + i);
                values[i] = value < 0 ? middle : value;
                seen[item * each + i] = values[i] - middle;
            }
            for (int place = 0; place < size; place++) {
                numbers.add(values, place);
            }
        }
        T x = features(ops, ops.input(seen, n, height, width, variables), numbers, n, height, width);
        return new Features<>(x, null, places, new Start(numbers, places));
    }

    @Override
    public <T> Features<T> features(Ops<T> ops, StepInput step) {
        float[] seen = new float[step.revealed() * variables];
        Numbers numbers = new Numbers(step.rows());
        int revealed = 0;
        for (StepInput.Item item : step.items()) {
            for (int place : item.revealed()) {
                for (int variable = 0; variable < variables; variable++) {
                    seen[revealed++] = item.values()[place * variables + variable] - middle;
                }
            }
            for (int place : item.places()) {
                numbers.add(item.values(), place);
            }
        }
        T x = features(ops, ops.input(seen, 1, 1, step.revealed(), variables), numbers, 1, 1, step.rows());
        return new Features<>(x, null, step.wanted(), new Start(numbers, step.wanted()));
    }
}
