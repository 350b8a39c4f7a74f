package dev.ardm.core.masking.network;

import dev.ardm.core.Space;
import dev.ardm.core.masking.output.LogisticMixture.Centre;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layer.Affine;
import dev.ardm.core.network.Layer.Conv1d;
import dev.ardm.core.network.Layer.Conv2d;
import dev.ardm.core.network.Layer.Embedding;
import dev.ardm.core.network.Layer.Init;
import dev.ardm.core.network.Layer.Linear;
import dev.ardm.core.network.Ops;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a place of an image or a sequence together: as numbers next to their mask, and as embedded ids (Hoogeboom et
 * al. 2022, section 5); with interpolation, also predictions from the known values around each value. For a causal process each place
 * shows the values of the place before, and no mask.
 *
 * <p>With ends, two more numbers: 1 at each place that the item has, and the inverse distance to the first place that it has not, 0 if it
 * has all of the space, since then nothing says whether it goes on.
 */
final class PlaceStem implements Stem {
    /** Numbers at each place that say where the item ends. */
    private static final int END_WIDTH = 2;

    private final Process process;
    private final ValueIds ids;
    /** Rows of an image; 0 for a sequence. */
    private final int height;

    private final int variables;
    private final boolean interpolation;
    private final boolean ends;
    private final Conditioning conditioning;
    private final Affine valueIn;
    private final @Nullable Embedding embedding;
    private final @Nullable Affine embeddingIn;

    /**
     * @param process of images, or of sequences along the first axis, whose variables of a place are along the second, if there is one
     * @param width features of each place
     * @param embedding width of the embedding of each value, 0 for none
     * @param ends whether sequences may be shorter than the space
     */
    PlaceStem(
            Process process, int width, int embedding, boolean interpolation, boolean ends, Conditioning conditioning) {
        Space space = process.space();
        this.process = process;
        this.ids = new ValueIds(space);
        this.height = space.rank() == 3 ? space.extent(0) : 0;
        this.variables = space.rank() == 1 ? 1 : space.extent(space.rank() - 1);
        this.interpolation = interpolation;
        this.ends = ends;
        this.conditioning = conditioning;
        int inputs = (ends ? END_WIDTH : 0)
                + (process.causal()
                        ? variables
                        : NetworkInput.valuesAndMaskWidth(process, variables) + interpolatedWidth());
        int embedded = embedding > 0 ? width / 4 : 0;
        valueIn = height > 0
                ? new Conv2d("in.value", inputs, width - embedded, 3, 1, Init.FAN_IN)
                : new Conv1d("in.value", inputs, width - embedded, 3, 1, process.causal(), Init.FAN_IN);
        this.embedding = embedding > 0 ? new Embedding("in.embedding", ids.rows(), embedding) : null;
        embeddingIn = embedding == 0
                ? null
                : height > 0
                        ? new Conv2d("in.embedded", variables * embedding, embedded, 1, 1, Init.FAN_IN)
                        : new Linear("in.embedded", variables * embedding, embedded, Init.FAN_IN);
    }

    /** Numbers that are interpolated at each place. */
    private int interpolatedWidth() {
        return interpolation ? variables * (height > 0 ? Interpolation.WIDTH : LineInterpolation.WIDTH) : 0;
    }

    @Override
    public List<Layer> layers() {
        List<Layer> layers = new ArrayList<>();
        layers.add(valueIn);
        if (embedding != null) {
            layers.add(embedding);
            layers.add(Objects.requireNonNull(embeddingIn));
        }
        layers.addAll(conditioning.layers());
        return layers;
    }

    @Override
    public int variables() {
        return variables;
    }

    @Override
    public boolean ends() {
        return ends;
    }

    @Override
    public boolean interpolates() {
        return interpolation;
    }

    @Override
    public <T> Features<T> features(Ops<T> ops, NetworkInput input, int[] places) {
        @Nullable
        T perItem = conditioning.vectors(ops, input).stream().reduce(ops::add).orElse(null);
        int length = input.space().dimensions() / variables / Math.max(1, height);
        if (process.causal()) {
            // No output sees a later place.
            int shown =
                    1 + Arrays.stream(places).map(place -> place % length).max().orElse(0);
            int[] sites = Arrays.stream(places)
                    .map(place -> place / length * shown + place % length)
                    .toArray();
            return new Features<>(shifted(ops, input, length, shown), perItem, sites, null);
        }
        float[] numbers = input.valuesAndMask(variables);
        Centre centre = null;
        if (interpolation) {
            float[] around = height > 0 ? input.interpolated() : input.lines(variables);
            numbers = sideBySide(numbers, around, around.length / interpolatedWidth());
            centre = (site, variable) -> around[places[site] * interpolatedWidth() + variable];
        }
        return new Features<>(
                features(ops, withEnd(numbers, input, length), input.absorbedIds(), input.batch(), length),
                perItem,
                places,
                centre);
    }

    @Override
    public boolean stepwise() {
        return process.causal();
    }

    @Override
    public <T> Features<T> features(Ops<T> ops, StepInput step) {
        float[] values = new float[step.rows() * variables];
        int[] shiftedIds = new int[values.length];
        float[] end = new float[ends ? END_WIDTH * step.rows() : 0];
        int row = 0;
        for (StepInput.Item item : step.items()) {
            for (int place : item.places()) {
                for (int variable = 0; variable < variables; variable++) {
                    int before = (place - 1) * variables + variable;
                    int to = row * variables + variable;
                    values[to] = place == 0
                            ? 0
                            : NetworkInput.scaled(
                                    item.values()[before], process.space().maxCategories());
                    shiftedIds[to] = place == 0 ? ids.absorbing(variable) : ids.of(before, item.values()[before]);
                }
                if (ends) {
                    putEnd(end, row, item.values().length, place);
                }
                row++;
            }
        }
        float[] numbers = ends ? sideBySide(values, end, row) : values;
        return new Features<>(features(ops, numbers, shiftedIds, 1, row), null, step.wanted(), null);
    }

    /** Where an item of so many places ends, seen from a place of it. */
    private void putEnd(float[] end, int row, int places, int place) {
        int after = places - place;
        if (after > 0) {
            end[END_WIDTH * row] = 1;
            end[END_WIDTH * row + 1] = places == process.space().dimensions() ? 0 : 1f / after;
        }
    }

    /** The values of the place before, at the first {@code shown} places. */
    private <T> T shifted(Ops<T> ops, NetworkInput input, int length, int shown) {
        int width = NetworkInput.valuesAndMaskWidth(process, variables);
        float[] seen = input.valuesAndMask(variables);
        int[] seenIds = input.absorbedIds();
        float[] values = new float[input.batch() * shown * variables];
        int[] shiftedIds = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            int variable = i % variables;
            int place = i / variables % shown;
            int before = i / variables / shown * length + place - 1;
            values[i] = place == 0 ? 0 : seen[before * width + variable];
            shiftedIds[i] = place == 0 ? ids.absorbing(variable) : seenIds[before * variables + variable];
        }
        return features(ops, withEnd(values, input, shown), shiftedIds, input.batch(), shown);
    }

    /** The numbers of the first places of each item, and where it ends. */
    private float[] withEnd(float[] numbers, NetworkInput input, int shown) {
        if (!ends) {
            return numbers;
        }
        float[] end = new float[END_WIDTH * input.batch() * shown];
        for (int i = 0; i < input.batch() * shown; i++) {
            putEnd(end, i, input.length(i / shown), i % shown);
        }
        return sideBySide(numbers, end, input.batch() * shown);
    }

    private <T> T features(Ops<T> ops, float[] numbers, int[] valueIds, int batch, int columns) {
        int rows = Math.max(1, height);
        int inputs = numbers.length / (batch * rows * columns);
        T x = valueIn.apply(ops, ops.input(numbers, batch, rows, columns, inputs));
        if (embedding == null || embeddingIn == null) {
            return x;
        }
        // The embeddings of a place's variables are contiguous.
        T embedded = ops.embedding(valueIds, embedding, batch, rows, columns, variables);
        return ops.concat(x, embeddingIn.apply(ops, embedded));
    }

    /** The numbers of each place in a, then those in b. */
    private static float[] sideBySide(float[] a, float[] b, int places) {
        int widthA = a.length / places;
        int widthB = b.length / places;
        float[] out = new float[a.length + b.length];
        for (int place = 0; place < places; place++) {
            System.arraycopy(a, place * widthA, out, place * (widthA + widthB), widthA);
            System.arraycopy(b, place * widthB, out, place * (widthA + widthB) + widthA, widthB);
        }
        return out;
    }
}
