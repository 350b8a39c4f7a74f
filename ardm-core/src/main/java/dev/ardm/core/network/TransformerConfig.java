package dev.ardm.core.network;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sizes of a {@link Transformer}.
 *
 * @param layers blocks of attention and MLP, in [1, 256]
 * @param width features of each place, a multiple of the heads, at most 4096
 * @param heads attention heads
 * @param hidden width of the hidden layer of each MLP, at most 16384
 * @param time width of the time embedding, even and at most 4096, or 0 for a network that does not see the time
 * @param dropout dropout rate on each residual branch, in [0, 1), training only
 * @param ends whether it sees how far the end of its sequence is, which may be shorter than the model's
 */
public record TransformerConfig(int layers, int width, int heads, int hidden, int time, double dropout, boolean ends)
        implements NetworkConfig {
    /** Sizes of a network that takes items of one length. */
    public TransformerConfig(int layers, int width, int heads, int hidden, int time, double dropout) {
        this(layers, width, heads, hidden, time, dropout, false);
    }

    /** Checks the sizes against each other. */
    public TransformerConfig {
        if (layers < 1 || layers > 256) {
            throw new IllegalArgumentException("layers must be in [1, 256], got " + layers);
        }
        if (heads < 1 || width < 1 || width > 4096 || width % heads != 0) {
            throw new IllegalArgumentException(
                    "width must be in [1, 4096] and a multiple of the heads, got " + width + " and " + heads);
        }
        if (hidden < 1 || hidden > 16384) {
            throw new IllegalArgumentException("hidden must be in [1, 16384], got " + hidden);
        }
        if (time < 0 || time > 4096 || time % 2 != 0) {
            throw new IllegalArgumentException("time must be even and in [0, 4096], got " + time);
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout must be in [0, 1), got " + dropout);
        }
    }

    @Override
    public TransformerConfig withoutEnds() {
        return withEnds(false);
    }

    /** The same sizes, with ends or without. */
    public TransformerConfig withEnds(boolean wanted) {
        return new TransformerConfig(layers, width, heads, hidden, time, dropout, wanted);
    }

    @Override
    public void write(ObjectNode json) {
        json.put("layers", layers);
        json.put("width", width);
        json.put("heads", heads);
        json.put("hidden", hidden);
        json.put("time", time);
        json.put("dropout", dropout);
        if (ends) {
            json.put("ends", true);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static TransformerConfig read(JsonNode json) {
        return new TransformerConfig(
                json.path("layers").asInt(0),
                json.path("width").asInt(0),
                json.path("heads").asInt(0),
                json.path("hidden").asInt(0),
                json.path("time").asInt(-1),
                json.path("dropout").asDouble(-1),
                json.path("ends").asBoolean(false));
    }
}
