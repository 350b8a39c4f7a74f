package dev.ardm.core.network;

import dev.ardm.core.Space;
import dev.ardm.core.network.Layer.Conv1d;
import dev.ardm.core.network.Layer.Embedding;
import dev.ardm.core.network.Layer.Init;
import dev.ardm.core.network.Layer.Linear;
import dev.ardm.core.output.LogisticMixture;
import dev.ardm.core.output.OutputDistribution;
import dev.ardm.core.process.Autoregressive;
import dev.ardm.core.process.Process;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A network of dilated convolutions over sequences (audio, long signals): DiffWave (Kong et al. 2021), a WaveNet (van den Oord et al. 2016) that
 * looks in both directions, as Hoogeboom et al. 2022, section 5, use for audio; for an autoregressive process the causal WaveNet itself. The
 * first axis is that of the sequence, a second one has the variables of a place. Values enter as numbers beside their mask, and as embedded ids
 * if asked for; each block adds the time, convolves, gates, and goes into a residual and a skip. A causal network sees the values shifted by
 * one place, and neither mask nor time.
 */
public final class DilatedNetwork implements Network {
    /** Floats of the longest padded sequence: what one array can hold, with room to spare. */
    private static final long MAX_FEATURES = 1L << 28;

    private static final float HALF_ROOT = (float) Math.sqrt(0.5);

    private final Process process;
    private final OutputDistribution output;
    private final Space space;
    private final DilatedConfig config;
    private final boolean causal;
    private final int variables;
    private final ValueIds ids;
    private final List<Layer> layers = new ArrayList<>();

    private final Conv1d valueIn;
    private @Nullable Embedding embedding;
    private @Nullable Linear embeddingIn;
    private final List<Linear> time = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final Linear headHidden;
    private final Linear headOut;

    /**
     * @throws IllegalArgumentException if it is not for sequences of one number of categories, too long ones, or generated in an
     *     order other than the natural one by a causal process, or if items have labels
     */
    public DilatedNetwork(Process process, OutputDistribution output, DilatedConfig config) {
        this.process = process;
        this.output = output;
        this.space = process.space();
        this.config = config;
        this.causal = process.causal();
        output.check(process);
        if (space.rank() > 2 || space.categories().length != 1) {
            throw new IllegalArgumentException(
                    "a dilated network needs sequences of one number of categories, got " + space);
        }
        if (space.rank() == 1 && process.unitSize() != 1) {
            throw new IllegalArgumentException("variables that become known together need an axis of their own, got "
                    + process.unitSize() + " of " + space);
        }
        if (process instanceof Autoregressive order && order.permuted()) {
            throw new IllegalArgumentException("a causal dilated network knows the natural order only");
        }
        if (process.classes() > 0) {
            throw new IllegalArgumentException("a dilated network is not told labels, got " + process.classes()
                    + " classes: a U-Net or a transformer is");
        }
        if (causal && config.time() > 0) {
            throw new IllegalArgumentException("a causal network must not be told the time, got time " + config.time());
        }
        if (config.interpolation() && (causal || space.scale() != Space.Scale.ORDERED)) {
            throw new IllegalArgumentException("interpolation is for ordered values and processes that are not causal");
        }
        long span = (config.kernel() - 1L) * config.dilation(Math.min(config.blocks(), config.cycle()) - 1);
        if ((space.extent(0) + span) * 2 * config.channels() > MAX_FEATURES) {
            throw new IllegalArgumentException(
                    "a dilated network of " + config.channels() + " channels is too large for " + space);
        }
        this.variables = space.rank() == 1 ? 1 : space.extent(1);
        this.ids = new ValueIds(space);
        int channels = config.channels();
        int inputs = causal ? variables : NetworkInput.valuesAndMaskWidth(process, variables) + lineInputs();
        int embedded = config.embedding() > 0 ? channels / 4 : 0;
        valueIn = layer(new Conv1d("in.value", inputs, channels - embedded, 3, 1, causal, Init.FAN_IN));
        if (embedded > 0) {
            embedding = layer(new Embedding("in.embedding", ids.rows(), config.embedding()));
            embeddingIn = layer(new Linear("in.embedded", variables * config.embedding(), embedded, Init.FAN_IN));
        }
        if (config.time() > 0) {
            time.add(layer(new Linear("time.0", config.time(), 2 * config.time(), Init.FAN_IN)));
            time.add(layer(new Linear("time.1", 2 * config.time(), 2 * config.time(), Init.FAN_IN)));
        }
        for (int i = 0; i < config.blocks(); i++) {
            blocks.add(new Block(i));
        }
        headHidden = layer(new Linear("head.hidden", config.skip(), config.skip(), Init.FAN_IN));
        headOut = layer(new Linear("head.out", config.skip(), unitsPerPlace() * output.outputs(), Init.ZERO));
    }

    private <L extends Layer> L layer(L layer) {
        layers.add(layer);
        return layer;
    }

    /** Numbers at each place that {@link LineInterpolation} gives. */
    private int lineInputs() {
        return config.interpolation() ? LineInterpolation.WIDTH * variables : 0;
    }

    @Override
    public Process process() {
        return process;
    }

    @Override
    public OutputDistribution output() {
        return output;
    }

    /** The sizes. */
    public DilatedConfig config() {
        return config;
    }

    @Override
    public List<Layer> layers() {
        return List.copyOf(layers);
    }

    @Override
    public int unitsPerPlace() {
        return variables / process.unitSize();
    }

    @Override
    public String logitBias() {
        return headOut.name() + ".bias";
    }

    @Override
    public <T> T logits(Ops<T> ops, NetworkInput input, int[] places) {
        int length = space.extent(0);
        int[] sites = places;
        float[] lines = config.interpolation() ? input.lines(variables) : new float[0];
        T x;
        if (causal) {
            int last = Arrays.stream(places).map(place -> place % length).max().orElse(0);
            // No output sees a later place.
            int shown = last + 1;
            sites = Arrays.stream(places)
                    .map(place -> place / length * shown + place % length)
                    .toArray();
            x = shifted(ops, input, shown);
        } else {
            x = seen(ops, input, lines);
        }
        T t = time.isEmpty() ? null : time(ops, input);
        T sum = null;
        for (Block block : blocks) {
            T gated = block.gated(ops, x, t);
            sum = block.skip(ops, ops.sites(gated, sites), sum);
            x = block.residual(ops, gated, x);
        }
        T features = ops.scale(Objects.requireNonNull(sum), (float) (1 / Math.sqrt(config.blocks())));
        T outputs = ops.linear(ops.relu(ops.linear(features, headHidden)), headOut);
        if (config.interpolation() && output instanceof LogisticMixture mixture) {
            float[] centres = mixture.centred(
                    places.length,
                    variables,
                    process.unitSize(),
                    (place, variable) -> lines[places[place] * lineInputs() + variable]);
            return ops.add(outputs, ops.input(centres, 1, 1, places.length, unitsPerPlace() * output.outputs()));
        }
        return outputs;
    }

    private <T> T time(Ops<T> ops, NetworkInput input) {
        T t = ops.input(TimeEmbedding.of(input.progress(), config.time()), input.batch(), config.time());
        return ops.silu(ops.linear(ops.silu(ops.linear(t, time.get(0))), time.get(1)));
    }

    /** What is known at each place. */
    private <T> T seen(Ops<T> ops, NetworkInput input, float[] lines) {
        int length = space.extent(0);
        float[] numbers = input.valuesAndMask(variables);
        float[] shown =
                config.interpolation() ? NetworkInput.sideBySide(numbers, lines, input.batch() * length) : numbers;
        T values = ops.input(shown, input.batch(), 1, length, valueIn.in());
        return withEmbedding(ops, values, input.absorbedIds(), input.batch(), length);
    }

    /** The values of the place before, at the first {@code shown} places. */
    private <T> T shifted(Ops<T> ops, NetworkInput input, int shown) {
        int length = space.extent(0);
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
        T x = ops.input(values, input.batch(), 1, shown, variables);
        return withEmbedding(ops, x, shiftedIds, input.batch(), shown);
    }

    private <T> T withEmbedding(Ops<T> ops, T values, int[] valueIds, int batch, int length) {
        T x = ops.conv1d(values, valueIn);
        if (embedding == null || embeddingIn == null) {
            return x;
        }
        // The embeddings of a place's variables lie side by side.
        T embedded = ops.embedding(valueIds, embedding, batch, 1, length, variables);
        return ops.concat(x, ops.linear(embedded, embeddingIn));
    }

    /** A dilated convolution of what came in and the time, gated; from there to a residual and, at chosen places, to a skip. */
    private final class Block {
        private final @Nullable Linear timeIn;
        private final Conv1d dilated;
        private final @Nullable Linear residual;
        private final Linear skip;

        Block(int index) {
            String name = "block" + index;
            int channels = config.channels();
            timeIn = config.time() > 0
                    ? layer(new Linear(name + ".time", 2 * config.time(), channels, Init.FAN_IN))
                    : null;
            dilated = layer(new Conv1d(
                    name + ".dilated",
                    channels,
                    2 * channels,
                    config.kernel(),
                    config.dilation(index),
                    causal,
                    Init.FAN_IN));
            // Nothing comes after the last one.
            residual = index + 1 < config.blocks()
                    ? layer(new Linear(name + ".residual", channels, channels, Init.FAN_IN))
                    : null;
            skip = layer(new Linear(name + ".skip", channels, config.skip(), Init.FAN_IN));
        }

        <T> T gated(Ops<T> ops, T x, @Nullable T embeddedTime) {
            T h = timeIn == null || embeddedTime == null ? x : ops.addPerItem(x, ops.linear(embeddedTime, timeIn));
            return ops.gatedTanh(ops.conv1d(h, dilated));
        }

        <T> T residual(Ops<T> ops, T gated, T x) {
            return residual == null ? x : ops.scale(ops.linearAdd(gated, residual, x), HALF_ROOT);
        }

        <T> T skip(Ops<T> ops, T gated, @Nullable T sum) {
            return sum == null ? ops.linear(gated, skip) : ops.linearAdd(gated, skip, sum);
        }
    }
}
