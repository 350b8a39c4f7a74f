package dev.ardm.core.network;

import static dev.ardm.core.network.CausalKernel.within;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sizes of a causal {@link Transformer} with rotary positions, of sequences or of other items whose values come one after the other.
 *
 * @param layers blocks of attention and MLP, in [1, 256]
 * @param width features of each place, a multiple of twice the heads, at most 4096
 * @param heads attention heads
 * @param hidden width of the hidden layer of each MLP, at most 16384
 * @param bigrams rows of a hashed table of embeddings of the last two values, at most 2^20; 0 for none
 * @param counts whether it is told what a model of counts says of each value, and corrects that
 * @param dropout dropout rate on each residual branch, in [0, 1), training only
 * @param places whether it has an embedding of each place, as items need whose places mean something by themselves: columns, pixels
 * @param ahead how many values after each place are shown to it at once if there are copies of them, as infilling networks need, which would
 *     else have to find them by attention; in [0, 8]
 */
public record CausalTransformerConfig(
        int layers,
        int width,
        int heads,
        int hidden,
        int bigrams,
        boolean counts,
        double dropout,
        boolean places,
        int ahead)
        implements NetworkConfig {
    /** Sizes of a network of sequences of any length, which has no embeddings of places. */
    public CausalTransformerConfig(
            int layers, int width, int heads, int hidden, int bigrams, boolean counts, double dropout) {
        this(layers, width, heads, hidden, bigrams, counts, dropout, false);
    }

    /** Sizes of a network that is not shown what comes. */
    public CausalTransformerConfig(
            int layers, int width, int heads, int hidden, int bigrams, boolean counts, double dropout, boolean places) {
        this(layers, width, heads, hidden, bigrams, counts, dropout, places, 0);
    }

    /** Checks the sizes. */
    public CausalTransformerConfig {
        within("layers", layers, 1, 256);
        within("width", width, 2, 4096);
        within("heads", heads, 1, width);
        if (width % (2 * heads) != 0) {
            throw new IllegalArgumentException(
                    "width must be a multiple of twice the heads, got " + width + " and " + heads);
        }
        within("hidden", hidden, 1, 16384);
        within("bigrams", bigrams, 0, 1 << 20);
        within("ahead", ahead, 0, 8);
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout must be in [0, 1), got " + dropout);
        }
    }

    @Override
    public CausalTransformerConfig withCounts() {
        return new CausalTransformerConfig(layers, width, heads, hidden, bigrams, true, dropout, places, ahead);
    }

    /** The same sizes, with embeddings of places or without. */
    public CausalTransformerConfig withPlaces(boolean wanted) {
        return new CausalTransformerConfig(layers, width, heads, hidden, bigrams, counts, dropout, wanted, ahead);
    }

    /** The same sizes, shown so many copied values after each place. */
    public CausalTransformerConfig withAhead(int values) {
        return new CausalTransformerConfig(layers, width, heads, hidden, bigrams, counts, dropout, places, values);
    }

    @Override
    public void write(ObjectNode json) {
        json.put("layers", layers);
        json.put("width", width);
        json.put("heads", heads);
        json.put("hidden", hidden);
        json.put("bigrams", bigrams);
        json.put("counts", counts);
        json.put("dropout", dropout);
        if (places) {
            json.put("places", true);
        }
        if (ahead > 0) {
            json.put("ahead", ahead);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static CausalTransformerConfig read(JsonNode json) {
        return new CausalTransformerConfig(
                json.path("layers").asInt(0),
                json.path("width").asInt(0),
                json.path("heads").asInt(0),
                json.path("hidden").asInt(0),
                json.path("bigrams").asInt(-1),
                json.path("counts").asBoolean(false),
                json.path("dropout").asDouble(-1),
                json.path("places").asBoolean(false),
                json.path("ahead").asInt(0));
    }
}
