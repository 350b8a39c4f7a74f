package dev.ardm.core.masking.network;

import dev.ardm.core.Space;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.network.CausalConfig;
import dev.ardm.core.network.CausalKernel;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layer.Init;
import dev.ardm.core.network.Layer.Linear;
import dev.ardm.core.network.Ops;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * The values before each place of a photograph, relative to what is predicted there and in units of the differences around
 * ({@link LocalContrast}): so a network learns once what is alike in dark and bright, flat and lively parts. Next to them other
 * predictions, the prediction and the unit themselves, and where the place is.
 */
final class ContrastStem implements Stem {
    /** Coordinates, whether it is the first row, and the logarithm of the unit. */
    private static final int COMMON = 4;

    /** For each variable the prediction, and four others relative to it. */
    private static final int EACH = 5;

    /** Other predictions are no further away than that. */
    private static final float MOST = 4;

    private final int height;
    private final int width;
    private final int variables;
    private final int categories;
    private final CausalConfig config;
    /** Of each tap, places to the right and rows above. */
    private final int[][] taps;

    private final Linear in;

    /** @param process of images of ordered values of one number of categories, whose units are all variables of a place */
    ContrastStem(Process process, CausalConfig config) {
        Space space = process.space();
        this.config = config;
        height = space.extent(0);
        width = space.extent(1);
        variables = space.extent(2);
        categories = space.maxCategories();
        CausalKernel kernel = config.first();
        taps = new int[kernel.taps()][];
        int next = 0;
        for (int above = kernel.rows(); above >= 0; above--) {
            for (int tap = 0; tap < kernel.tapsInRow(above); tap++) {
                taps[next++] = new int[] {tap - kernel.reach(), above};
            }
        }
        in = new Linear("in.contrast", inputs(), config.width(), Init.FAN_IN);
    }

    private int inputs() {
        return COMMON + variables * (EACH + taps.length);
    }

    @Override
    public List<Layer> layers() {
        return List.of(in);
    }

    @Override
    public int variables() {
        return variables;
    }

    @Override
    public boolean expects() {
        return true;
    }

    @Override
    public boolean stepwise() {
        return true;
    }

    @Override
    public int slope() {
        // The prediction and the unit look at the place above and to the right.
        return Math.max(2, config.slope());
    }

    private LocalContrast contrast() {
        return new LocalContrast(width, variables, categories / 2);
    }

    private static float coordinate(int index, int extent) {
        return extent == 1 ? 0 : NetworkInput.scaled(index, extent);
    }

    /** The numbers of a place. */
    private void put(LocalContrast contrast, int place, float[] out, int at) {
        float scale = contrast.scale();
        out[at] = coordinate(place % width, width);
        out[at + 1] = coordinate(place / width, height);
        out[at + 2] = place < width ? 1 : 0;
        out[at + 3] = contrast.logScale() - 2;
        int next = at + COMMON;
        for (int v = 0; v < variables; v++) {
            int prediction = contrast.prediction(v);
            int left = contrast.value(-1, 0, v);
            int above = contrast.value(0, 1, v);
            int slope = contrast.value(1, 1, v) - contrast.value(-1, 1, v);
            out[next] = 2 * NetworkInput.scaled(prediction, categories);
            out[next + 1] = limited((left - prediction) / scale);
            out[next + 2] = limited((above - prediction) / scale);
            out[next + 3] = limited((2 * (left + above - 2 * prediction) + slope) / (4 * scale));
            out[next + 4] = limited((left + contrast.value(1, 1, v) - above - prediction) / scale);
            next += EACH;
        }
        for (int[] tap : taps) {
            for (int v = 0; v < variables; v++) {
                out[next++] = (contrast.value(tap[0], tap[1], v) - contrast.prediction(v)) / scale;
            }
        }
    }

    private static float limited(float x) {
        return Math.max(-MOST, Math.min(MOST, x));
    }

    @Override
    public <T> Features<T> features(Ops<T> ops, NetworkInput input, int[] places) {
        int n = input.batch();
        int size = height * width;
        float[] seen = new float[n * size * inputs()];
        Expected[] all = new Expected[n * size];
        LocalContrast contrast = contrast();
        for (int place = 0; place < n * size; place++) {
            int first = place / size * size * variables;
            contrast.at(i -> Math.max(0, input.least(first + i)), place % size);
            put(contrast, place % size, seen, place * inputs());
            all[place] = expected(contrast);
        }
        T x = ops.linear(ops.input(seen, n, height, width, inputs()), in);
        return new Features<>(x, null, places, null, all);
    }

    @Override
    public <T> Features<T> features(Ops<T> ops, StepInput step) {
        float[] seen = new float[step.rows() * inputs()];
        Expected[] all = new Expected[step.rows()];
        LocalContrast contrast = contrast();
        int row = 0;
        for (StepInput.Item item : step.items()) {
            IntUnaryOperator values = i -> item.values()[i];
            for (int place : item.places()) {
                contrast.at(values, place);
                put(contrast, place, seen, row * inputs());
                all[row++] = expected(contrast);
            }
        }
        T x = ops.linear(ops.input(seen, 1, 1, row, inputs()), in);
        return new Features<>(x, null, step.wanted(), null, all);
    }

    private Expected expected(LocalContrast contrast) {
        float[] means = new float[variables];
        for (int v = 0; v < variables; v++) {
            means[v] = NetworkInput.scaled(contrast.prediction(v), categories);
        }
        return new Expected(means, contrast.scale(), contrast.logScale());
    }
}
