package dev.ardm.core.prediction;

import dev.ardm.core.Space;
import dev.ardm.core.model.ArithmeticVersions;
import dev.ardm.core.model.DefinitionJson;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelId;
import dev.ardm.core.model.SafeTensors.Tensor;
import dev.ardm.core.model.SafeTensors.Type;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layer.Parameter;
import dev.ardm.core.network.Weights;
import dev.ardm.exact.Kernels;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model of signals such as sound. Linear predictors of several orders and speeds learn each item anew while it is coded; a small network,
 * which was trained, says from what they predict, and from how far they were off, how the next sample is distributed. Immutable.
 */
public final class PredictionModel implements Model {
    /** Fewest categories of a value. */
    public static final int FEWEST_CATEGORIES = 3;

    /** Most categories of a value. */
    public static final int MOST_CATEGORIES = 1 << 16;

    /** Most channels of a signal. */
    public static final int MOST_CHANNELS = 8;

    /** Version of what is computed. */
    static final int VERSION = 1;

    /** The tensor of how many items have how many unused bits. */
    static final String UNUSED = "unused_bits";

    private final Space space;
    private final int channels;
    private final PredictionNetwork network;
    private final Weights weights;
    private final float[] unused;
    private final String data;
    private final Map<String, String> provenance;
    private final Map<String, Tensor> tensors;
    private final byte[] id;

    /**
     * A model.
     *
     * @param space of signals, see {@link #takes}; its length is that of items whose length is not their own
     * @param channels interleaved in an item, at most {@link #MOST_CHANNELS}
     * @param unused how many items had 0, 1, ... low bits that none of their values uses, see {@link #unusedBits}
     * @param data how files become items, as JSON of the data format; empty if the space suffices
     * @param provenance where the model comes from, for people
     * @throws IllegalArgumentException if these do not fit each other
     */
    public PredictionModel(
            Space space,
            int channels,
            PredictionNetwork network,
            Weights weights,
            float[] unused,
            String data,
            Map<String, String> provenance) {
        if (channels < 1 || channels > MOST_CHANNELS) {
            throw new IllegalArgumentException("a signal of 1 to " + MOST_CHANNELS + " channels, not " + channels);
        }
        this.space = requireSpace(space);
        this.channels = channels;
        this.network = network;
        this.weights = weights;
        this.unused = unused.clone();
        this.data = data;
        this.provenance = Map.copyOf(provenance);
        unusedStarts(); // refuses counts that are none
        this.tensors = tensors(network, weights, unused);
        this.id = ModelId.of(definitionJson(), tensors);
    }

    private static Map<String, Tensor> tensors(PredictionNetwork network, Weights weights, float[] unused) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put(UNUSED, new Tensor(new int[] {unused.length}, unused, Type.F32));
        for (Layer layer : network.layers()) {
            for (Parameter parameter : layer.parameters()) {
                float[] values = weights.get(parameter.name());
                if (values.length != parameter.size()) {
                    throw new IllegalArgumentException("parameter " + parameter.name() + " has " + values.length
                            + " values, expected " + parameter.size());
                }
                tensors.put(parameter.name(), new Tensor(parameter.shape(), values, Type.F32));
            }
        }
        return Collections.unmodifiableMap(tensors);
    }

    /** Whether the values of a space can be a signal: along one axis, ordered, alike, and of 3 to 65,536 categories. */
    public static boolean takes(Space space) {
        int categories = space.maxCategories();
        if (space.rank() != 1
                || space.scale() != Space.Scale.ORDERED
                || categories < FEWEST_CATEGORIES
                || categories > MOST_CATEGORIES) {
            return false;
        }
        for (int each : space.categories()) {
            if (each != categories) {
                return false;
            }
        }
        return true;
    }

    static Space requireSpace(Space space) {
        if (!takes(space)) {
            throw new IllegalArgumentException("a model of signals takes sequences of ordered values of "
                    + FEWEST_CATEGORIES + " to " + MOST_CATEGORIES + " categories, not " + space);
        }
        return space;
    }

    /** How many items have how many low bits that no value of theirs uses. */
    public static float[] unusedBits(Space space, List<int[]> items) {
        float[] counts = new float[SignalScale.sizes(space.maxCategories())];
        for (int[] item : items) {
            counts[SignalScale.of(space.maxCategories(), item, item.length).unused()]++;
        }
        return counts;
    }

    /** The slots of each number of unused bits, each of which has some. */
    private int[] unusedStarts() {
        int[] starts = new int[unused.length + 1];
        double total = 0;
        for (float count : unused) {
            if (!(count >= 0 && count <= 1e9)) {
                throw new IllegalArgumentException("a count of " + count + " items");
            }
            total += count + 0.5;
        }
        double sum = 0;
        for (int k = 0; k < unused.length; k++) {
            sum += unused[k] + 0.5;
            // A slot for each case, and the others in proportion.
            starts[k + 1] = k + 1 + (int) (((1 << 16) - unused.length) * (sum / total));
        }
        starts[unused.length] = 1 << 16;
        return starts;
    }

    @Override
    public PredictionFamily family() {
        return new PredictionFamily();
    }

    @Override
    public int arithmetic() {
        return ArithmeticVersions.NEWEST;
    }

    @Override
    public Space space() {
        return space;
    }

    @Override
    public String data() {
        return data;
    }

    @Override
    public String definitionJson() {
        ObjectNode json = DefinitionJson.JSON.createObjectNode();
        json.put("family", PredictionFamily.KIND);
        json.put("arithmetic", arithmetic());
        DefinitionJson.putSpace(json, space);
        json.put("version", VERSION);
        json.put("channels", channels);
        json.put("width", network.width());
        DefinitionJson.putData(json, data);
        return DefinitionJson.JSON.writeValueAsString(json);
    }

    @Override
    public Map<String, Tensor> tensors() {
        return tensors;
    }

    @Override
    public Map<String, String> entries() {
        return Map.of();
    }

    @Override
    public Map<String, String> provenance() {
        return provenance;
    }

    @Override
    public PredictionModel withProvenance(Map<String, String> entries) {
        return new PredictionModel(space, channels, network, weights, unused, data, entries);
    }

    @Override
    public byte[] id() {
        return id.clone();
    }

    @Override
    public LikelihoodModel open(int threads) {
        return open(threads, Kernels.best());
    }

    @Override
    public LikelihoodModel open(int threads, Kernels kernels) {
        return new PredictionLikelihood(this, kernels, threads);
    }

    int channels() {
        return channels;
    }

    PredictionNetwork network() {
        return network;
    }

    Weights weights() {
        return weights;
    }

    /** A copy, for a predictor. */
    int[] slots() {
        return unusedStarts();
    }
}
