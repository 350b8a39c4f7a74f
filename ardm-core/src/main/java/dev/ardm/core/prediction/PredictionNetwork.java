package dev.ardm.core.prediction;

import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layer.Init;
import dev.ardm.core.network.Layer.Linear;
import dev.ardm.core.network.Layered;
import dev.ardm.core.network.Ops;
import dev.ardm.core.network.Weights;
import java.util.List;

/**
 * From the numbers of samples to mixtures of logistic distributions: two layers of a width, the second of which is added to the first. Each
 * sample is by itself.
 */
public final class PredictionNetwork implements Layered {
    /** Components of a mixture. */
    public static final int COMPONENTS = 4;

    /** Outputs of a sample: of each component the logit of its weight, then all means, then all logarithms of scales. */
    public static final int OUTPUTS = 3 * COMPONENTS;

    /** Numbers of a sample that it sees. */
    public static final int INPUTS = ChannelFeatures.COUNT;

    /** The layer that makes the outputs. */
    public static final String HEAD = "head.out";

    /** The layer that sees the numbers. */
    public static final String STEM = "in.numbers";

    private static final int MOST_WIDTH = 1024;

    private final int width;
    private final Linear numbersIn;
    private final Linear hidden;
    private final Linear head;

    /**
     * A network.
     *
     * @param width of its layers, from 1 to 1024
     */
    public PredictionNetwork(int width) {
        if (width < 1 || width > MOST_WIDTH) {
            throw new IllegalArgumentException("a width from 1 to " + MOST_WIDTH + " is needed, got " + width);
        }
        this.width = width;
        numbersIn = new Linear(STEM, INPUTS, width, Init.FAN_IN);
        hidden = new Linear("hidden", width, width, Init.FAN_IN);
        head = new Linear(HEAD, width, OUTPUTS, Init.ZERO);
    }

    /** Width of the layers. */
    public int width() {
        return width;
    }

    @Override
    public List<Layer> layers() {
        return List.of(numbersIn, hidden, head);
    }

    /** Weights to begin with: all mixtures are the same, of components of different scales. */
    public Weights initial(long seed) {
        float[] bias = new float[OUTPUTS];
        for (int k = 0; k < COMPONENTS; k++) {
            bias[2 * COMPONENTS + k] = 0.6f * k - 1.3f;
        }
        return Weights.initial(this, seed).with(HEAD + ".bias", bias);
    }

    /**
     * The outputs of samples.
     *
     * @param numbers {@code [1, 1, n, INPUTS]}
     * @return {@code [1, 1, n, OUTPUTS]}
     */
    public <T> T outputs(Ops<T> ops, T numbers) {
        T x = ops.silu(ops.linear(numbers, numbersIn));
        return ops.linear(ops.add(x, ops.silu(ops.linear(x, hidden))), head);
    }
}
